package io.skyferry.crypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.crypt.name.CryptOptions;
import io.skyferry.storage.Body;
import io.skyferry.storage.ByteRange;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.ListRequest;
import io.skyferry.storage.Part;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.Upload;
import io.skyferry.storage.WriteOptions;
import io.skyferry.testkit.BytesContent;
import io.skyferry.testkit.Failures;
import io.skyferry.testkit.MemoryStorage;
import io.skyferry.testkit.Traits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a loss of power left of encrypted files.
class DamagedTest {
    private static final RelPath FILE = new RelPath("file");
    private static final RelPath STORED = new RelPath("file.bin");
    private static final byte[] CONTENT = Hex.line(1000, 3, 7);
    private static final WriteOptions ABSENT = WriteOptions.PLAIN.under(new WriteOptions.Condition.Absent());

    private final MemoryStorage below = new MemoryStorage(Traits.DISK);
    private final Storage crypt =
            new CryptStorage(below, Hex.SALTED, CryptOptions.OFF, CryptStorageTest.SCALAR, new Random(1));

    private void leave(byte[] bytes) {
        crypt.write(new RelPath("other"), BytesContent.of("x"), WriteOptions.PLAIN);
        below.backdoor().put(STORED, bytes, Instant.EPOCH);
    }

    private void expectWhole() throws IOException {
        Entry.File there = (Entry.File) crypt.stat(FILE).orElseThrow();
        try (Body body = crypt.read(there, new ByteRange(0, ByteRange.TO_END))) {
            assertThat(body.stream().readAllBytes()).isEqualTo(CONTENT);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 31, 33, 48, 65_590})
    void isToldAndReplacedByWhoeverFindsNothingThere(int bytes) throws IOException {
        leave(new byte[bytes]);
        assertThat(crypt.list(ListRequest.tree(RelPath.ROOT)).entries())
                .anyMatch(entry -> entry instanceof Entry.Unusable unusable
                        && unusable.rawName().equals(STORED.text()));

        crypt.write(FILE, BytesContent.of(CONTENT), ABSENT);
        expectWhole();
    }

    @Test
    void isReplacedByALargeFileToo() throws IOException {
        leave(new byte[0]);
        Upload upload = crypt.beginUpload(FILE, BytesContent.of(CONTENT), ABSENT);
        String promise = crypt.promise(upload, 1, BytesContent.of(CONTENT));
        Part part = crypt.putPart(upload, 1, promise, BytesContent.of(CONTENT));
        crypt.finishUpload(upload, List.of(part));
        expectWhole();
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 49, 1048, 1049})
    void whatMayBeWholeStays(int bytes) {
        expectLeft(new byte[bytes]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"R", "RCLONE", "RCLONE\0x", "Notes of somebody", "\0\0\0\0\0\0\0\0\0image"})
    void whatWasNeverEncryptedStays(String text) {
        expectLeft(text.getBytes(StandardCharsets.UTF_8));
    }

    private void expectLeft(byte[] bytes) {
        leave(bytes);
        assertThatThrownBy(() -> crypt.write(FILE, BytesContent.of(CONTENT), ABSENT))
                .satisfies(Failures.ofKind(ErrorKind.ALREADY_EXISTS));
        assertThat(below.backdoor().contents().get(STORED)).isEqualTo(bytes);
    }

    @Test
    void headerThatWasCutIsReplaced() throws IOException {
        leave("RCLONE\0\0 cut".getBytes(StandardCharsets.UTF_8));
        crypt.write(FILE, BytesContent.of(CONTENT), ABSENT);
        expectWhole();
    }
}
