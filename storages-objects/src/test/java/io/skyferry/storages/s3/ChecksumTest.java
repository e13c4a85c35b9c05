package io.skyferry.storages.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.hash.Hasher;
import io.skyferry.simulators.s3.S3Fault;
import io.skyferry.simulators.s3.S3Rules;
import io.skyferry.storage.Body;
import io.skyferry.storage.ByteRange;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.HashType;
import io.skyferry.storage.Part;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.Upload;
import io.skyferry.storage.WriteOptions;
import io.skyferry.testkit.BytesContent;
import io.skyferry.testkit.Failures;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Checksums that go with what is sent and are kept beside it.
class ChecksumTest {
    private static final RelPath FILE = new RelPath("file");
    private static final String[] CRC32C = {S3Settings.CHECKSUM, "crc32c"};

    private final Simulated simulated = new Simulated(S3Rules.AMAZON);
    private final Storage storage = simulated.open(Simulated.BUCKET, CRC32C);

    @AfterEach
    void stop() {
        assertThat(simulated.server().complaints()).isEmpty();
        storage.close();
        simulated.close();
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    private static String crc32c(byte[] bytes) {
        return Hasher.hex(HashType.CRC32C, bytes);
    }

    private String kept() {
        return simulated.server().headers(Simulated.BUCKET, "file").getOrDefault("x-amz-checksum-crc32c", "");
    }

    private byte[] read(Storage from) throws IOException {
        try (Body body = from.read((Entry.File) from.stat(FILE).orElseThrow(), ByteRange.ALL);
                InputStream stream = body.stream()) {
            return stream.readAllBytes();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 128 * 1024, 128 * 1024 + 1, 256 * 1024, 1_000_000})
    void serverChecksAndKeepsTheChecksumOfEachFile(int count) throws IOException {
        byte[] bytes = bytes(count);

        Entry.File made = storage.write(FILE, BytesContent.of(bytes), WriteOptions.PLAIN);

        assertThat(simulated.server().bytes(Simulated.BUCKET, "file")).isEqualTo(bytes);
        assertThat(kept()).isEqualTo(Checksum.base64(crc32c(bytes)));
        assertThat(simulated.server().headers(Simulated.BUCKET, "file")).doesNotContainKey("content-encoding");
        assertThat(made.hashes())
                .containsEntry(HashType.CRC32C, crc32c(bytes))
                .containsEntry(HashType.MD5, Hasher.hex(HashType.MD5, bytes));
        assertThat(read(storage)).isEqualTo(bytes);
    }

    @Test
    void checksumOfPartsIsThatOfTheWholeAndIsListedWithThem() throws IOException {
        byte[] whole = bytes((int) S3Settings.MIN_PART * 2 + 7);
        Upload upload = storage.beginUpload(FILE, BytesContent.of(whole), WriteOptions.PLAIN);
        List<Part> parts = new ArrayList<>();
        for (int number : new int[] {3, 1, 2}) {
            parts.add(storage.putPart(upload, number, "", BytesContent.of(whole)));
        }
        parts.sort((a, b) -> Integer.compare(a.number(), b.number()));

        assertThat(storage.listParts(upload)).isEqualTo(parts);
        storage.finishUpload(upload, parts);

        assertThat(kept()).isEqualTo(Checksum.base64(crc32c(whole)));
        assertThat(read(storage)).isEqualTo(whole);
    }

    @ParameterizedTest
    @ValueSource(strings = {"md5", "crc32c"})
    void listedPartIsKnownByItsChecksum(String checksum) throws IOException {
        byte[] whole = bytes((int) S3Settings.MIN_PART + 7);
        byte[] other = whole.clone();
        other[1000] ^= 1;
        try (Storage named = simulated.open(Simulated.BUCKET, S3Settings.CHECKSUM, checksum)) {
            Upload upload = named.beginUpload(FILE, BytesContent.of(whole), WriteOptions.PLAIN);
            named.putPart(upload, 1, "", BytesContent.of(whole));
            Part listed = named.listParts(upload).getFirst();

            assertThat(named.held(upload, listed, "", BytesContent.of(whole))).isPresent();
            assertThat(named.held(upload, listed, "", BytesContent.of(other))).isEmpty();
        }
    }

    @Test
    void uploadThatWasBegunWithoutChecksumsIsFinished() throws IOException {
        byte[] whole = bytes((int) S3Settings.MIN_PART + 7);
        try (Storage before = simulated.open(Simulated.BUCKET, S3Settings.CHECKSUM, "md5")) {
            Upload upload = before.beginUpload(FILE, BytesContent.of(whole), WriteOptions.PLAIN);
            Part first = before.putPart(upload, 1, "", BytesContent.of(whole));
            Part second = storage.putPart(upload, 2, "", BytesContent.of(whole));
            storage.finishUpload(upload, List.of(first, second));
        }
        assertThat(read(storage)).isEqualTo(whole);
    }

    @Test
    void damagedFileIsFoundWhereItsTagIsNoMd5() {
        try (Storage sealed = simulated.open(Simulated.BUCKET, S3Settings.CHECKSUM, "crc32c", "sse", "aws:kms")) {
            sealed.write(FILE, BytesContent.of(bytes(1000)), WriteOptions.PLAIN);
            simulated.server().faults().next("GetObject", new S3Fault.Corrupts());

            assertThatThrownBy(() -> read(sealed))
                    .isInstanceOfSatisfying(
                            IOException.class,
                            failure -> assertThat(
                                            StorageException.inStream(failure).kind())
                                    .isEqualTo(ErrorKind.CORRUPT));
        }
    }

    @Test
    void sourceThatIsShorterThanItSaidFailsAndStoresNothing() {
        byte[] bytes = bytes(300_000);
        var content = BytesContent.of(bytes);
        Upload upload = storage.beginUpload(FILE, content, WriteOptions.PLAIN);

        assertThatThrownBy(() -> storage.putPart(upload, 1, "", BytesContent.of(Arrays.copyOf(bytes, 200_000))))
                .satisfies(Failures.ofKind(ErrorKind.SOURCE_FAILED));
        assertThat(storage.listParts(upload)).isEmpty();
        storage.abandonUpload(upload);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 5", "5, 0", "1, 1", "1000, 70000", "5242880, 3"})
    void checksumsOfTwoStretchesGiveThatOfBoth(int first, int second) {
        byte[] both = bytes(first + second);

        String combined = Crc32cText.combined(
                crc32c(Arrays.copyOf(both, first)), crc32c(Arrays.copyOfRange(both, first, both.length)), second);

        assertThat(combined).isEqualTo(crc32c(both));
    }

    @ParameterizedTest
    @CsvSource({"sha9, auto", "crc32c, anonymous"})
    void settingThatCannotBeIsRefused(String checksum, String other) {
        Map<String, String> settings = simulated.settings(Simulated.BUCKET, S3Settings.CHECKSUM, checksum);
        if (other.equals("anonymous")) {
            settings.put(S3Settings.ANONYMOUS, "on");
        }

        assertThatThrownBy(() -> S3Settings.of(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'checksum'");
    }
}
