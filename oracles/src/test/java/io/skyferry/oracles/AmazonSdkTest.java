package io.skyferry.oracles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.simulators.s3.S3Rules;
import io.skyferry.simulators.s3.S3Simulator;
import io.skyferry.storage.Body;
import io.skyferry.storage.ByteRange;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.ListPage;
import io.skyferry.storage.ListRequest;
import io.skyferry.storage.Part;
import io.skyferry.storage.PendingUpload;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.Upload;
import io.skyferry.storage.WriteOptions;
import io.skyferry.storage.WriteOptions.Condition;
import io.skyferry.storages.s3.S3Provider;
import io.skyferry.testkit.BytesContent;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/// Amazon's own client and our adapter at one server.
@Tag("slow")
class AmazonSdkTest {
    private static final String BUCKET = "shared";
    private static final Instant TIME = Instant.parse("2024-03-04T05:06:07.123456789Z");
    private static final int PART = 5 << 20;

    private final S3Simulator server = new S3Simulator(S3Rules.AMAZON.paged(7), Instant::now).withBucket(BUCKET);
    private final Storage ours = ours(Map.of());
    private final S3Client theirs =
            theirs(RequestChecksumCalculation.WHEN_REQUIRED, ResponseChecksumValidation.WHEN_REQUIRED);

    private Storage ours(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "path",
                BUCKET,
                "endpoint",
                server.address().toString(),
                "provider",
                "minio",
                "region",
                "us-east-1",
                "access-key-id",
                S3Simulator.KEY_ID,
                "secret-access-key",
                S3Simulator.SECRET,
                "part-size",
                String.valueOf(PART)));
        settings.putAll(more);
        return new S3Provider().open(settings);
    }

    private S3Client theirs(RequestChecksumCalculation requests, ResponseChecksumValidation responses) {
        return S3Client.builder()
                .endpointOverride(server.address())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(S3Simulator.KEY_ID, S3Simulator.SECRET)))
                .httpClient(Apache5HttpClient.create())
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(true)
                        .chunkedEncodingEnabled(false)
                        .build())
                .requestChecksumCalculation(requests)
                .responseChecksumValidation(responses)
                .build();
    }

    @AfterEach
    void stop() {
        assertThat(server.complaints()).isEmpty();
        theirs.close();
        ours.close();
        server.close();
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    private ResponseBytes<GetObjectResponse> readByThem(String key) {
        return theirs.getObjectAsBytes(request -> request.bucket(BUCKET).key(key));
    }

    private byte[] readByUs(String path) throws IOException {
        var seen = (Entry.File) ours.stat(new RelPath(path)).orElseThrow();
        try (Body body = ours.read(seen, ByteRange.ALL)) {
            return body.stream().readAllBytes();
        }
    }

    private List<String> listedByUs() {
        List<String> files = new ArrayList<>();
        ListRequest request = ListRequest.tree(RelPath.ROOT);
        while (true) {
            ListPage page = ours.list(request);
            page.entries().stream()
                    .filter(Entry.File.class::isInstance)
                    .forEach(entry -> files.add(entry.path().text()));
            if (page.next().isEmpty()) {
                return files;
            }
            request = request.goOnAfter(page.next().orElseThrow());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 128 * 1024, 128 * 1024 + 1, 3_000_000})
    void theyReadWhatWeWrite(int count) {
        Entry.File made =
                ours.write(new RelPath("a folder/file"), BytesContent.of(bytes(count)), WriteOptions.PLAIN.at(TIME));
        ResponseBytes<GetObjectResponse> read = readByThem("a folder/file");
        assertThat(read.asByteArray()).isEqualTo(bytes(count));
        assertThat(read.response().metadata()).containsEntry("mtime", "1709528767.123456789");
        assertThat(read.response().eTag())
                .isEqualTo('"' + made.version().orElseThrow().text() + '"');
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3_000_000})
    void weReadWhatTheyWrite(int count) throws IOException {
        theirs.putObject(
                request -> request.bucket(BUCKET).key("x/y").metadata(Map.of("mtime", "1709528767.123456789")),
                RequestBody.fromBytes(bytes(count)));
        assertThat(readByUs("x/y")).isEqualTo(bytes(count));
        assertThat(((Entry.File) ours.stat(new RelPath("x/y")).orElseThrow())
                        .modTime()
                        .known())
                .contains(TIME);
    }

    @Test
    void bothListTheSameKeysWhateverTheirNames() {
        List<String> names = List.of(
                "plain",
                "a b",
                "a+b",
                "a%20b",
                "a&b=c",
                "\u00e4\u00f6\u00fc",
                "cafe\u0301",
                "\uD83D\uDE00",
                "q?r#s",
                "~(t)*!'",
                "deep/er/still",
                "tab\tin",
                "semi;colon",
                "quote\"s",
                "<xml>",
                "z/1",
                "z-1",
                "z.1");
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (i % 2 == 0) {
                ours.write(new RelPath(name), BytesContent.of(name), WriteOptions.PLAIN);
            } else {
                theirs.putObject(request -> request.bucket(BUCKET).key(name), RequestBody.fromString(name));
            }
        }
        List<String> byThem = theirs.listObjectsV2Paginator(request -> request.bucket(BUCKET)).contents().stream()
                .map(S3Object::key)
                .toList();
        assertThat(byThem).containsExactlyInAnyOrderElementsOf(names);
        assertThat(listedByUs()).isEqualTo(byThem);
        for (String name : names) {
            assertThat(readByThem(name).asUtf8String()).isEqualTo(name);
        }
    }

    @Test
    void filesOfPartsAreTheSameWhoeverSentThem() throws IOException {
        byte[] whole = bytes(PART + 1000);
        var content = BytesContent.of(whole);
        Upload upload = ours.beginUpload(new RelPath("ours"), content, WriteOptions.PLAIN.at(TIME));
        List<Part> parts = new ArrayList<>();
        for (int number = 1; number <= upload.rules().count(); number++) {
            parts.add(ours.putPart(upload, number, ours.promise(upload, number, content), content));
        }
        assertThat(theirs.listMultipartUploads(request -> request.bucket(BUCKET))
                        .uploads())
                .singleElement()
                .satisfies(one -> assertThat(one.key()).isEqualTo("ours"));
        ours.finishUpload(upload, parts);
        assertThat(readByThem("ours").asByteArray()).isEqualTo(whole);

        String id = theirs.createMultipartUpload(request ->
                        request.bucket(BUCKET).key("theirs").metadata(Map.of("mtime", "1709528767.123456789")))
                .uploadId();
        List<PendingUpload> pending = ours.listUploads(new RelPath("theirs"));
        assertThat(pending)
                .singleElement()
                .satisfies(one -> assertThat(one.id()).isEqualTo(id));
        List<CompletedPart> sent = new ArrayList<>();
        for (int number = 1; number <= 2; number++) {
            int at = number;
            byte[] part = number == 1 ? bytes(PART) : bytes(1000);
            String tag = theirs.uploadPart(
                            request -> request.bucket(BUCKET)
                                    .key("theirs")
                                    .uploadId(id)
                                    .partNumber(at),
                            RequestBody.fromBytes(part))
                    .eTag();
            sent.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
        }
        theirs.completeMultipartUpload(
                request -> request.bucket(BUCKET).key("theirs").uploadId(id).multipartUpload(all -> all.parts(sent)));
        byte[] read = readByUs("theirs");
        assertThat(read).hasSize(PART + 1000).startsWith(bytes(PART)).endsWith(bytes(1000));
        assertThat(((Entry.File) ours.stat(new RelPath("theirs")).orElseThrow())
                        .modTime()
                        .known())
                .contains(TIME);
    }

    @Test
    void conditionsOfOneHoldAgainstTheOther() {
        Entry.File made = ours.write(new RelPath("file"), BytesContent.of("ours"), WriteOptions.PLAIN);
        assertThatThrownBy(() -> theirs.putObject(
                        request -> request.bucket(BUCKET).key("file").ifNoneMatch("*"), RequestBody.fromString("x")))
                .isInstanceOfSatisfying(
                        S3Exception.class,
                        refused -> assertThat(refused.statusCode()).isEqualTo(412));
        theirs.putObject(
                request -> request.bucket(BUCKET)
                        .key("file")
                        .ifMatch('"' + made.version().orElseThrow().text() + '"'),
                RequestBody.fromString("theirs"));
        var stale = new Condition.Matches(made.version().orElseThrow());
        for (Condition condition : List.of(stale, new Condition.Absent())) {
            assertThatThrownBy(() -> ours.write(
                            new RelPath("file"), BytesContent.of("again"), WriteOptions.PLAIN.under(condition)))
                    .isInstanceOfSatisfying(
                            StorageException.class,
                            refused -> assertThat(refused.kind())
                                    .isIn(ErrorKind.PRECONDITION_FAILED, ErrorKind.ALREADY_EXISTS));
        }
        assertThat(readByThem("file").asUtf8String()).isEqualTo("theirs");
    }

    @Test
    void copiesAndDeletesOfOneAreSeenByTheOther() throws IOException {
        Entry.File made = ours.write(new RelPath("from"), BytesContent.of("bytes"), WriteOptions.PLAIN.at(TIME));
        theirs.copyObject(request -> request.sourceBucket(BUCKET)
                .sourceKey("from")
                .destinationBucket(BUCKET)
                .destinationKey("by them"));
        ours.copy(made, new RelPath("by us"), WriteOptions.PLAIN);
        assertThat(readByUs("by them")).asString().isEqualTo("bytes");
        for (String key : List.of("by them", "by us")) {
            assertThat(readByThem(key).response().metadata()).containsEntry("mtime", "1709528767.123456789");
        }
        ours.delete(made);
        theirs.deleteObject(request -> request.bucket(BUCKET).key("by us"));
        assertThat(listedByUs()).containsExactly("by them");
        assertThat(ours.stat(new RelPath("by us"))).isEmpty();
    }

    private S3Client theirsWithChecksums() {
        return theirs(RequestChecksumCalculation.WHEN_SUPPORTED, ResponseChecksumValidation.WHEN_SUPPORTED);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 128 * 1024 + 1, 3_000_000})
    void checksumsOfOneAreCheckedByTheOther(int count) throws IOException {
        try (Storage checked = ours(Map.of("checksum", "crc32c"));
                S3Client checking = theirsWithChecksums()) {
            checked.write(new RelPath("ours"), BytesContent.of(bytes(count)), WriteOptions.PLAIN);
            ResponseBytes<GetObjectResponse> read = checking.getObjectAsBytes(
                    request -> request.bucket(BUCKET).key("ours").checksumMode(ChecksumMode.ENABLED));
            assertThat(read.asByteArray()).isEqualTo(bytes(count));
            assertThat(read.response().checksumCRC32C()).hasSize(8);

            checking.putObject(
                    request -> request.bucket(BUCKET).key("theirs").checksumAlgorithm(ChecksumAlgorithm.CRC32_C),
                    RequestBody.fromBytes(bytes(count)));
            var seen = (Entry.File) checked.stat(new RelPath("theirs")).orElseThrow();
            try (Body body = checked.read(seen, ByteRange.ALL)) {
                assertThat(body.stream().readAllBytes()).isEqualTo(bytes(count));
            }
        }
    }

    @Test
    void checksumOfAFileOfPartsIsTheOneThatTheyCompute() {
        byte[] whole = bytes(PART + 1000);
        try (Storage checked = ours(Map.of("checksum", "crc32c"));
                S3Client checking = theirsWithChecksums()) {
            var content = BytesContent.of(whole);
            Upload upload = checked.beginUpload(new RelPath("ours"), content, WriteOptions.PLAIN);
            checked.finishUpload(
                    upload, List.of(checked.putPart(upload, 1, "", content), checked.putPart(upload, 2, "", content)));
            checking.putObject(
                    request -> request.bucket(BUCKET).key("theirs").checksumAlgorithm(ChecksumAlgorithm.CRC32_C),
                    RequestBody.fromBytes(whole));

            List<String> sums = new ArrayList<>();
            for (String key : List.of("ours", "theirs")) {
                sums.add(checking.headObject(
                                request -> request.bucket(BUCKET).key(key).checksumMode(ChecksumMode.ENABLED))
                        .checksumCRC32C());
            }
            assertThat(sums.getFirst()).hasSize(8).isEqualTo(sums.getLast());
        }
    }
}
