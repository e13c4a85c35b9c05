package io.skyferry.storages.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.hash.Hasher;
import io.skyferry.simulators.s3.S3Fault;
import io.skyferry.simulators.s3.S3Rules;
import io.skyferry.simulators.s3.S3Rules.Quirk;
import io.skyferry.storage.ByteRange;
import io.skyferry.storage.Content;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.HashType;
import io.skyferry.storage.Part;
import io.skyferry.storage.PartRules;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.Upload;
import io.skyferry.storage.WriteOptions;
import io.skyferry.testkit.BytesContent;
import io.skyferry.testkit.Failures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Checksums of parts, at servers that keep them and at those that do not.
final class PartSumsTest extends SumsTest {
    private static final byte[] WHOLE = bytes((int) S3Settings.MIN_PART * 2 + 7);

    private static List<Part> sent(Storage storage, Upload upload, Content content) {
        List<Part> parts = new ArrayList<>();
        for (int number = 1; number <= upload.rules().count(); number++) {
            parts.add(storage.putPart(upload, number, "", content));
        }
        return parts;
    }

    private static Upload begun(Storage storage) {
        return begun(storage, BytesContent.of(WHOLE));
    }

    private static Upload begun(Storage storage, Content content) {
        return storage.beginUpload(FILE, content, WriteOptions.PLAIN);
    }

    private static PartSums sums(Upload upload) {
        return UploadToken.of(upload.token()).sums();
    }

    private static String ofWhole() {
        return Checksum.base64(Hasher.hex(HashType.CRC32C, WHOLE));
    }

    @ParameterizedTest
    @CsvSource({"aws", "minio", "ceph", "s3proxy", "other"})
    void serverThatKeepsChecksumsIsGivenThem(String provider) {
        Simulated server = server(S3Rules.AMAZON);
        Storage storage = open(server, S3Settings.PROVIDER, provider);
        Upload upload = begun(storage, Simulated.onDisk(WHOLE));
        List<Part> parts = sent(storage, upload, Simulated.onDisk(WHOLE));

        assertThat(sums(upload)).isEqualTo(PartSums.OF_WHOLE);
        assertThat(storage.listParts(upload)).isEqualTo(parts);
        storage.finishUpload(upload, parts);

        assertThat(server.server().headers(Simulated.BUCKET, "file")).containsEntry(KEPT, ofWhole());
        assertThat(server.server().bytes(Simulated.BUCKET, "file")).isEqualTo(WHOLE);
    }

    @ParameterizedTest
    @CsvSource({"r2, auto", "b2, auto", "wasabi, auto", "minio, md5"})
    void serverIsNotAskedWhereThatIsKnownOrWishedFor(String provider, String checksum) {
        Storage storage = open(server(S3Rules.AMAZON), S3Settings.PROVIDER, provider, S3Settings.CHECKSUM, checksum);
        Upload upload = begun(storage, Simulated.onDisk(WHOLE));

        assertThat(sums(upload)).isEqualTo(PartSums.TAGS);
        storage.abandonUpload(upload);
    }

    /// What is known of a content, and which checksums are wished for, at servers of all kinds.
    private static Stream<Arguments> servers() {
        Content elsewhere = BytesContent.of(WHOLE);
        Stream<Arguments> unforced = Stream.of(
                        Quirk.KEEPS_NO_SUMS,
                        Quirk.REFUSES_SUMS,
                        Quirk.KEEPS_SUMS_OF_PARTS,
                        Quirk.TELLS_NO_SUMS,
                        Quirk.TELLS_NO_SUMS_BEHIND)
                .flatMap(quirk -> Stream.of(
                        Arguments.of(quirk, Named.of("elsewhere", elsewhere), "auto"),
                        Arguments.of(quirk, Named.of("on disk", Simulated.onDisk(WHOLE)), "auto")));
        Stream<Arguments> forced = Stream.of(
                        Quirk.KEEPS_NO_SUMS, Quirk.KEEPS_SUMS_OF_PARTS, Quirk.TELLS_NO_SUMS, Quirk.TELLS_NO_SUMS_BEHIND)
                .map(quirk -> Arguments.of(quirk, Named.of("elsewhere", elsewhere), "crc32c"));
        return Stream.concat(unforced, forced);
    }

    @ParameterizedTest
    @MethodSource("servers")
    void serverThatKeepsFewerStoresTheFileAllTheSame(Quirk quirk, Content content, String checksum) {
        Simulated server = server(S3Rules.AMAZON.with(quirk));
        Storage storage = open(server, S3Settings.CHECKSUM, checksum);
        Upload upload = begun(storage, content);
        List<Part> parts = sent(storage, upload, content);
        List<Part> listed = storage.listParts(upload);

        for (int i = 0; i < parts.size(); i++) {
            assertThat(parts.get(i).isListedAs(listed.get(i))).isTrue();
            assertThat(storage.held(upload, listed.get(i), "", content)).hasValue(parts.get(i));
        }
        storage.finishUpload(upload, parts);

        assertThat(server.server().bytes(Simulated.BUCKET, "file")).isEqualTo(WHOLE);
    }

    @ParameterizedTest
    @CsvSource({
        "KEEPS_NO_SUMS, TAGS",
        "REFUSES_SUMS, TAGS",
        "KEEPS_SUMS_OF_PARTS, OF_PARTS",
        "TELLS_NO_SUMS, OF_WHOLE",
        "TELLS_NO_SUMS_BEHIND, OF_WHOLE"
    })
    void serverSaysWhatItKeeps(Quirk quirk, PartSums sums) {
        Storage storage = open(server(S3Rules.AMAZON.with(quirk)));
        Upload upload = begun(storage, Simulated.onDisk(WHOLE));

        assertThat(sums(upload)).isEqualTo(sums);
        storage.abandonUpload(upload);
    }

    @Test
    void serverIsNotAskedForChecksumsBehindWhatIsReadOnce() {
        Storage storage = open(server(S3Rules.AMAZON.with(Quirk.REFUSES_SUMS)));
        Upload upload = begun(storage);

        assertThat(sums(upload)).isEqualTo(PartSums.TAGS);
        storage.abandonUpload(upload);
    }

    @Test
    void refusalIsMetOnce() {
        Simulated server = server(S3Rules.AMAZON.with(Quirk.REFUSES_SUMS));
        Storage storage = open(server);

        storage.abandonUpload(begun(storage, Simulated.onDisk(WHOLE)));
        storage.abandonUpload(begun(storage, Simulated.onDisk(WHOLE)));

        assertThat(server.server().counts()).containsEntry("CreateMultipartUpload", 3L);
    }

    @ParameterizedTest
    @CsvSource({"400, AuthorizationQueryParametersError", "403, AccessDenied"})
    void otherRefusalsAreTold(int status, String code) {
        Simulated server = server(S3Rules.AMAZON);
        Storage storage = open(server);
        server.server().faults().next(2, "CreateMultipartUpload", new S3Fault.Refuses(status, code, Optional.empty()));

        assertThatThrownBy(() -> begun(storage, Simulated.onDisk(WHOLE)))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(code);
    }

    @ParameterizedTest
    @MethodSource("servers")
    void partThatArrivedDamagedIsFound(Quirk quirk, Content content, String checksum) {
        Simulated server = server(S3Rules.AMAZON.with(quirk));
        Storage storage = open(server, S3Settings.CHECKSUM, checksum);
        Upload upload = begun(storage, content);
        storage.putPart(upload, 2, "", content);
        server.server().faults().next("UploadPart", new S3Fault.Damages());

        assertThatThrownBy(() -> storage.putPart(upload, 1, "", content)).satisfies(Failures.ofKind(ErrorKind.CORRUPT));
        storage.abandonUpload(upload);
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "5242879", "5242880", "5242881", "10485760", "10485767"})
    void checksumsOfAllPartsComeFromOnePass(int count) {
        byte[] whole = bytes(count);
        var rules = new PartRules(count, S3Settings.MIN_PART);
        var parts = new PartCrcs(rules);
        byte[] step = new byte[70_001];
        for (int at = 0; at < count; at += step.length) {
            int length = Math.min(step.length, count - at);
            System.arraycopy(whole, at, step, 0, length);
            parts.update(step, length);
        }

        for (int number = 1; number <= rules.count(); number++) {
            ByteRange range = rules.range(number);
            byte[] part = Arrays.copyOfRange(whole, (int) range.offset(), (int) (range.offset() + range.length()));
            assertThat(parts.hex(rules, number)).hasValue(Hasher.hex(HashType.CRC32C, part));
        }
        assertThat(parts.hex(new PartRules(count, S3Settings.MIN_PART, 32), 1)).isEmpty();
    }

    @Test
    void sourceThatChangedWhileAPartWasSentIsNamed() {
        Simulated server = server(S3Rules.AMAZON);
        Storage storage = open(server);
        Upload upload = storage.beginUpload(FILE, Simulated.onDisk(WHOLE), WriteOptions.PLAIN);
        byte[] other = WHOLE.clone();
        other[100] ^= 1;

        assertThatThrownBy(() -> storage.putPart(upload, 1, "", Simulated.onDisk(other)))
                .satisfies(Failures.ofKind(ErrorKind.SOURCE_FAILED))
                .hasMessageContaining("changed");
        Part part = storage.putPart(upload, 1, "", Simulated.onDisk(WHOLE));
        assertThat(storage.listParts(upload)).containsExactly(part);
        assertThat(server.server().complaints()).hasSize(1);
    }

    @Test
    void partWhoseSourceIsHiddenByNowGoesAsItsUploadWasBegun() {
        Simulated server = server(S3Rules.AMAZON.with(Quirk.TELLS_NO_SUMS_BEHIND));
        Storage storage = open(server);
        Upload upload = begun(storage, Simulated.onDisk(WHOLE));

        storage.putPart(upload, 1, "", Simulated.onDisk(WHOLE));
        server.server().faults().next("UploadPart", new S3Fault.Damages());

        // Behind the bytes no checksum would be told of it, and its tag would not be looked at any more.
        assertThatThrownBy(() -> storage.putPart(upload, 2, "", BytesContent.of(WHOLE)))
                .satisfies(Failures.ofKind(ErrorKind.CORRUPT));
    }

    @Test
    void partWithoutTheChecksumThatWasToldBeforeIsNotBelieved() {
        Simulated server = server(S3Rules.AMAZON);
        Storage storage = open(server);
        Content content = Simulated.onDisk(WHOLE);
        Upload upload = begun(storage, content);
        storage.putPart(upload, 1, "", content);
        server.server().faults().next("UploadPart", new S3Fault.DamagesInSilence());

        assertThatThrownBy(() -> storage.putPart(upload, 2, "", content)).satisfies(Failures.ofKind(ErrorKind.CORRUPT));
    }
}
