package io.skyferry.storages.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.hash.Hasher;
import io.skyferry.simulators.s3.S3Rules;
import io.skyferry.storage.ByteRange;
import io.skyferry.storage.Content;
import io.skyferry.storage.Entry;
import io.skyferry.storage.HashType;
import io.skyferry.storage.ListRequest;
import io.skyferry.storage.ModTime;
import io.skyferry.storage.Part;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageIdentity;
import io.skyferry.storage.Upload;
import io.skyferry.storage.WriteOptions;
import io.skyferry.testkit.BytesContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What goes with a file is what rclone and others put there.
class InterchangeTest {
    private static final RelPath FILE = new RelPath("file");

    private final Simulated simulated = new Simulated(S3Rules.AMAZON);

    @AfterEach
    void stop() {
        assertThat(simulated.server().complaints()).isEmpty();
        simulated.close();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-21T04:39:44.044672281Z, 1795235984.044672281",
        "2026-11-21T04:39:44Z, 1795235984",
        "2026-11-21T04:39:44.5Z, 1795235984.5",
        "1970-01-01T00:00:00Z, 0",
        "1970-01-01T00:00:00.000000001Z, 0.000000001",
        "1969-12-31T23:59:58.5Z, -1.5",
        "2001-09-09T01:46:40Z, 1000000000"
    })
    void timesAreWrittenAsRcloneWritesThem(String time, String field) {
        assertThat(Mtime.write(Instant.parse(time))).isEqualTo(field);
        assertThat(Mtime.read(field)).contains(Instant.parse(time));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "1e99", "999999999999999999999999", "0x10"})
    void whatIsNoTimeIsNone(String field) {
        assertThat(Mtime.read(field)).isEmpty();
    }

    @Test
    void fileOfRcloneIsReadWithItsTimeAndHash() {
        byte[] md5 = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
        simulated
                .server()
                .put(
                        Simulated.BUCKET,
                        "file",
                        new byte[2],
                        Map.of(
                                "x-amz-meta-mtime",
                                "1795235984.044672281",
                                "x-amz-server-side-encryption",
                                "aws:kms",
                                "x-amz-meta-md5chksum",
                                Base64.getEncoder().encodeToString(md5)));
        try (Storage storage = simulated.open(Simulated.BUCKET)) {
            Entry.File file = (Entry.File) storage.stat(FILE).orElseThrow();
            assertThat(file.modTime()).isEqualTo(new ModTime.Known(Instant.parse("2026-11-21T04:39:44.044672281Z")));
            assertThat(file.hashes()).containsEntry(HashType.MD5, "0102030405060708090a0b0c0d0e0f10");
        }
    }

    @Test
    void tagsOfFilesThatTheServerEncryptsWithItsKeysAreNoMd5() throws IOException {
        try (Storage storage = simulated.open(Simulated.BUCKET, S3Settings.SSE, "aws:kms")) {
            Entry.File file = storage.write(FILE, BytesContent.of("text"), WriteOptions.PLAIN);
            assertThat(((Entry.File) storage.stat(FILE).orElseThrow()).hashes()).isEmpty();
            try (var body = storage.read(file, ByteRange.ALL)) {
                assertThat(body.stream().readAllBytes()).asString().isEqualTo("text");
            }
        }
        assertThat(simulated.server().headers(Simulated.BUCKET, "file"))
                .containsEntry("x-amz-server-side-encryption", "aws:kms");
    }

    @Test
    void customersKeyOpensWhatItClosedInEveryCall() throws IOException {
        String key = Base64.getEncoder().encodeToString(new byte[32]);
        Map<String, String> settings = simulated.settings(Simulated.BUCKET, S3Settings.SSE_CUSTOMER_KEY, key);
        try (Storage storage = simulated.open(1000, S3Settings.MIN_PART, settings)) {
            byte[] bytes = new byte[(int) S3Settings.MIN_PART * 2 + 1];
            Upload upload = storage.beginUpload(FILE, BytesContent.of(bytes), WriteOptions.PLAIN);
            List<Part> parts = new ArrayList<>();
            for (int number = 1; number <= upload.rules().count(); number++) {
                parts.add(storage.putPart(upload, number, "", BytesContent.of(bytes)));
            }
            Entry.File made = storage.finishUpload(upload, parts);
            Entry.File copy = storage.copy(made, new RelPath("copy"), WriteOptions.PLAIN);
            Entry.File timed = storage.setModTime(copy, Instant.EPOCH);
            try (var body = storage.read(timed, new ByteRange(5, 10))) {
                assertThat(body.stream().readAllBytes()).hasSize(10);
            }
        }
        try (Storage stranger = simulated.open(Simulated.BUCKET)) {
            assertThat(stranger.list(ListRequest.tree(RelPath.ROOT)).entries()).hasSize(2);
        }
    }

    @Test
    void whatAFileIsGoesWithItHoweverItIsSent() {
        var photo = new RelPath("a/Photo.JPG");
        var film = new RelPath("film.mkv");
        byte[] bytes = new byte[(int) S3Settings.MIN_PART + 1];
        try (Storage storage = simulated.open(Simulated.BUCKET)) {
            Entry.File written = storage.write(photo, BytesContent.of("x"), WriteOptions.PLAIN);
            storage.setModTime(written, Instant.parse("2020-01-02T03:04:05Z"));
            Upload upload = storage.beginUpload(film, BytesContent.of(bytes), WriteOptions.PLAIN);
            List<Part> parts = IntStream.rangeClosed(1, 2)
                    .mapToObj(number -> storage.putPart(upload, number, "", BytesContent.of(bytes)))
                    .toList();
            storage.finishUpload(upload, parts);
            storage.write(FILE, BytesContent.of("x"), WriteOptions.PLAIN);
        }
        assertThat(typeOf("a/Photo.JPG")).isEqualTo("image/jpeg");
        assertThat(typeOf("film.mkv")).isEqualTo("video/x-matroska");
        assertThat(typeOf("file")).isEqualTo("application/octet-stream");
    }

    private String typeOf(String key) {
        return simulated.server().headers(Simulated.BUCKET, key).getOrDefault("content-type", "");
    }

    @Test
    void classAndFieldsAreKeptWhenATimeIsSet() {
        simulated
                .server()
                .put(
                        Simulated.BUCKET,
                        "file",
                        new byte[2],
                        Map.of(
                                "x-amz-meta-author", "somebody",
                                "content-type", "text/plain",
                                "cache-control", "no-cache",
                                "x-amz-storage-class", "STANDARD_IA"));
        try (Storage storage = simulated.open(Simulated.BUCKET)) {
            Entry.File file = (Entry.File) storage.stat(FILE).orElseThrow();
            storage.setModTime(file, Instant.parse("2020-01-02T03:04:05Z"));
        }
        assertThat(simulated.server().headers(Simulated.BUCKET, "file"))
                .containsEntry("x-amz-meta-author", "somebody")
                .containsEntry("content-type", "text/plain")
                .containsEntry("cache-control", "no-cache")
                .containsEntry("x-amz-storage-class", "STANDARD_IA")
                .containsEntry("x-amz-meta-mtime", "1577934245");
    }

    @Test
    void largeFilesAreCopiedPieceByPiece() throws IOException {
        byte[] bytes = new byte[(int) S3Settings.MIN_PART * 2 + 1];
        bytes[bytes.length - 1] = 7;
        Map<String, String> settings = simulated.settings(Simulated.BUCKET);
        try (Storage storage = simulated.open(1000, S3Settings.MIN_PART, settings)) {
            Entry.File file = storage.write(FILE, BytesContent.of(bytes), WriteOptions.PLAIN.at(Instant.EPOCH));
            Entry.File copy = storage.copy(file, new RelPath("copy"), WriteOptions.PLAIN);
            assertThat(simulated.server().counts()).containsEntry("UploadPartCopy", 3L);
            assertThat(simulated.server().bytes(Simulated.BUCKET, "copy")).isEqualTo(bytes);
            assertThat(copy.version())
                    .isEqualTo(((Entry.File) storage.stat(new RelPath("copy")).orElseThrow()).version());
            assertThat(((Entry.File) storage.stat(new RelPath("copy")).orElseThrow()).modTime())
                    .isEqualTo(new ModTime.Known(Instant.EPOCH));
        }
    }

    @Test
    void fileOfThisMachineThatGoesInPartsTakesItsMd5Along() {
        byte[] bytes = "of this machine".getBytes(StandardCharsets.UTF_8);
        try (Storage storage = simulated.open(Simulated.BUCKET)) {
            Content here = new Here(BytesContent.of(bytes));
            Upload upload = storage.beginUpload(FILE, here, WriteOptions.PLAIN);
            storage.finishUpload(upload, List.of(storage.putPart(upload, 1, "", here)));
            Entry.File file = (Entry.File) storage.stat(FILE).orElseThrow();
            assertThat(file.hashes())
                    .containsEntry(HashType.MD5, Hasher.hex(HashType.MD5, bytes))
                    .containsEntry(HashType.CRC32C, Hasher.hex(HashType.CRC32C, bytes));
            assertThat(file.version().orElseThrow().text()).endsWith("-1");
            Entry.File copy = storage.copy(file, new RelPath("copy"), WriteOptions.PLAIN);
            assertThat(((Entry.File) storage.stat(copy.path()).orElseThrow()).hashes())
                    .isEqualTo(file.hashes());
        }
    }

    @Test
    void fileOfElsewhereThatGoesInPartsTakesAlongWhatIsKnownOfIt() {
        byte[] bytes = "of another cloud".getBytes(StandardCharsets.UTF_8);
        String md5 = Hasher.hex(HashType.MD5, bytes);
        try (Storage storage = simulated.open(Simulated.BUCKET)) {
            Content content = BytesContent.of(bytes);
            Upload upload = storage.beginUpload(FILE, content, WriteOptions.PLAIN.of(Map.of(HashType.MD5, md5)));
            storage.finishUpload(upload, List.of(storage.putPart(upload, 1, "", content)));

            assertThat(((Entry.File) storage.stat(FILE).orElseThrow()).hashes()).isEqualTo(Map.of(HashType.MD5, md5));
        }
    }

    private record Here(BytesContent inner) implements Content {
        @Override
        public OptionalLong size() {
            return inner.size();
        }

        @Override
        public InputStream open(long offset, long length) {
            return inner.open(offset, length);
        }

        @Override
        public String fingerprint() {
            return inner.fingerprint();
        }

        @Override
        public Optional<Origin> origin() {
            var file = new Entry.File(
                    FILE, 1, new ModTime.NotKept(), Map.of(), Optional.empty(), Optional.empty(), Optional.empty());
            return Optional.of(new Origin(new StorageIdentity("local", "", "/", "", ""), file));
        }
    }
}
