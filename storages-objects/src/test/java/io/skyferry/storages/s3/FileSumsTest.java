package io.skyferry.storages.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.hash.Hasher;
import io.skyferry.simulators.s3.S3Fault;
import io.skyferry.simulators.s3.S3Rules;
import io.skyferry.simulators.s3.S3Rules.Quirk;
import io.skyferry.storage.Body;
import io.skyferry.storage.ByteRange;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.HashType;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.WriteOptions;
import io.skyferry.testkit.BytesContent;
import io.skyferry.testkit.Failures;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Checksums of files that go over at once, at servers that keep them and at those that do not.
final class FileSumsTest extends SumsTest {
    private static final byte[] BYTES = bytes(Sent.HELD + 1);

    private static Entry.File written(Storage storage) {
        return storage.write(FILE, Simulated.onDisk(BYTES), WriteOptions.PLAIN);
    }

    private static byte[] read(Storage storage) throws IOException {
        Entry.File file = (Entry.File) storage.stat(FILE).orElseThrow();
        try (Body body = storage.read(file, ByteRange.ALL)) {
            return body.stream().readAllBytes();
        }
    }

    private static String hex(HashType type) {
        return Hasher.hex(type, BYTES);
    }

    @Test
    void fileOfADiskGoesWithItsChecksumAndIsReadByIt() throws IOException {
        Simulated server = server(S3Rules.AMAZON);
        Storage storage = open(server);

        Entry.File first = written(storage);
        Entry.File second = written(storage);

        assertThat(first.hashes()).containsEntry(HashType.CRC32C, hex(HashType.CRC32C));
        assertThat(second.hashes())
                .containsEntry(HashType.MD5, hex(HashType.MD5))
                .containsEntry(HashType.XXH128, hex(HashType.XXH128));
        assertThat(server.server().headers(Simulated.BUCKET, "file"))
                .containsEntry(KEPT, Checksum.base64(hex(HashType.CRC32C)));
        assertThat(read(storage)).isEqualTo(BYTES);
        server.server().faults().next("GetObject", new S3Fault.Corrupts());
        assertThatThrownBy(() -> read(storage))
                .isInstanceOfSatisfying(
                        IOException.class,
                        failure -> assertThat(StorageException.inStream(failure).getMessage())
                                .contains("CRC32C"));
    }

    @Test
    void fileFromElsewhereIsReadOnce() {
        Simulated server = server(S3Rules.AMAZON);
        Storage storage = open(server);

        storage.write(FILE, BytesContent.of(BYTES), WriteOptions.PLAIN);

        assertThat(server.server().headers(Simulated.BUCKET, "file")).doesNotContainKey(KEPT);
    }

    @ParameterizedTest
    @EnumSource(
            value = Quirk.class,
            names = {"KEEPS_NO_SUMS", "REFUSES_SUMS"})
    void serverThatKeepsNoneStoresAndGivesTheFileAllTheSame(Quirk quirk) throws IOException {
        Simulated server = server(S3Rules.AMAZON.with(quirk));
        Storage storage = open(server);

        written(storage);
        assertThat(written(storage).hashes()).containsEntry(HashType.MD5, hex(HashType.MD5));

        assertThat(read(storage)).isEqualTo(BYTES);
        server.server().faults().next("PutObject", new S3Fault.Damages());
        assertThatThrownBy(() -> written(storage)).satisfies(Failures.ofKind(ErrorKind.CORRUPT));
    }

    @Test
    void refusalOfAReadIsMetOnce() throws IOException {
        Simulated server = server(S3Rules.AMAZON.with(Quirk.REFUSES_SUMS));
        server.server().put(Simulated.BUCKET, "file", BYTES, Map.of());
        Storage storage = open(server);

        assertThat(read(storage)).isEqualTo(BYTES);
        assertThat(read(storage)).isEqualTo(BYTES);

        assertThat(server.server().counts()).containsEntry("GetObject", 3L);
    }

    @ParameterizedTest
    @CsvSource({"400, EntityTooLarge, TOO_LARGE", "403, AccessDenied, FORBIDDEN", "400, Odd, UNEXPECTED"})
    void otherRefusalsAreTold(int status, String code, ErrorKind kind) {
        Simulated server = server(S3Rules.AMAZON);
        Storage storage = open(server);
        server.server().faults().next(2, "PutObject", new S3Fault.Refuses(status, code, Optional.empty()));

        assertThatThrownBy(() -> written(storage)).satisfies(Failures.ofKind(kind));
    }

    @Test
    void sourceThatChangedWhileItWasSentIsNamed() {
        Simulated server = server(S3Rules.AMAZON);
        Storage storage = open(server);
        byte[] other = BYTES.clone();
        other[100] ^= 1;

        assertThatThrownBy(() -> storage.write(
                        FILE, new Turning(Simulated.onDisk(BYTES), Simulated.onDisk(other)), WriteOptions.PLAIN))
                .satisfies(Failures.ofKind(ErrorKind.SOURCE_FAILED))
                .hasMessageContaining("changed");
        assertThat(storage.stat(FILE)).isEmpty();
    }

    @Test
    void tagThatIsNoMd5IsFoundOutWhereTheChecksumTells() {
        Storage storage = open(server(S3Rules.AMAZON.with(Quirk.TAGS_ANYHOW)));

        Entry.File made = written(storage);
        Entry.File again = written(storage);

        assertThat(made.hashes()).containsEntry(HashType.MD5, hex(HashType.MD5));
        assertThat(again.hashes()).doesNotContainKey(HashType.MD5).containsEntry(HashType.XXH128, hex(HashType.XXH128));
    }

    @ParameterizedTest
    @CsvSource({"403, SignatureDoesNotMatch", "403, AccessDenied", "501, NotImplemented", "400, InvalidArgument"})
    void serverThatRefusesChecksumsInItsOwnWordsIsSentThemNoMore(int status, String code) {
        Simulated server = server(S3Rules.AMAZON);
        Storage storage = open(server);
        server.server().faults().next("PutObject", new S3Fault.Refuses(status, code, Optional.empty()));

        written(storage);
        written(storage);

        assertThat(server.server().counts()).containsEntry("PutObject", 3L);
        assertThat(server.server().headers(Simulated.BUCKET, "file")).doesNotContainKey(KEPT);
    }

    @Test
    void writeThatMayHaveBeenDoneIsNotSaidAgainBlindly() {
        Simulated server = server(S3Rules.AMAZON);
        Storage storage = open(server);
        server.server().faults().next("PutObject", new S3Fault.FailsAfter(520, ""));

        assertThatThrownBy(() -> written(storage)).isInstanceOf(StorageException.class);
        assertThat(server.server().counts()).containsEntry("PutObject", 1L);
    }

    @Test
    void checksumOfPartsIsNotTakenForThatOfTheFile() throws IOException {
        Simulated server = server(S3Rules.AMAZON);
        server.server()
                .put(Simulated.BUCKET, "file", BYTES, Map.of(KEPT, "AAAAAA==", "x-amz-checksum-type", "COMPOSITE"));

        assertThat(read(open(server))).isEqualTo(BYTES);
    }

    @Test
    void replyWithoutTheChecksumThatWasToldBeforeIsNotBelieved() {
        Simulated server = server(S3Rules.AMAZON);
        Storage storage = open(server);
        written(storage);
        server.server().faults().next("PutObject", new S3Fault.DamagesInSilence());

        assertThatThrownBy(() -> written(storage)).satisfies(Failures.ofKind(ErrorKind.CORRUPT));
    }

    @Test
    void smallFileBehindALargeOneIsReadOnce() {
        Storage storage = open(server(S3Rules.AMAZON));
        written(storage);

        Entry.File small = storage.write(
                new RelPath("small"),
                new Turning(Simulated.onDisk(new byte[1]), Simulated.onDisk(new byte[] {1})),
                WriteOptions.PLAIN);

        assertThat(small.hashes()).containsEntry(HashType.MD5, Hasher.hex(HashType.MD5, new byte[1]));
    }
}
