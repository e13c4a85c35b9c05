package io.skyferry.storages.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.simulators.s3.S3Fault;
import io.skyferry.simulators.s3.S3Rules;
import io.skyferry.storage.Body;
import io.skyferry.storage.ByteRange;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.ListRequest;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.Verb;
import io.skyferry.storage.WriteOptions;
import io.skyferry.storages.s3.wire.Replies;
import io.skyferry.testkit.BytesContent;
import io.skyferry.testkit.Failures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The account: its buckets as directories.
class S3AccountTest {
    private final Simulated simulated = new Simulated(S3Rules.AMAZON);
    private final Storage account = account();

    private Storage account(String... more) {
        return new S3Account(simulated.api(S3Settings.ofAccount(simulated.settings("", more))));
    }

    @AfterEach
    void stop() {
        account.close();
        simulated.close();
    }

    private static List<String> paths(Storage storage, String directory) {
        return storage.list(ListRequest.children(new RelPath(directory))).entries().stream()
                .map(entry -> entry.path() + (entry instanceof Entry.Directory ? "/" : ""))
                .toList();
    }

    @Test
    void bucketsAreDirectoriesAndWhatTheyHoldLiesBelow() throws IOException {
        simulated.server().withBucket("another");
        try (Storage bucket = simulated.open("bucket")) {
            bucket.write(new RelPath("a/b c"), BytesContent.of("bytes"), WriteOptions.PLAIN);
        }
        assertThat(paths(account, "")).containsExactly("another/", "bucket/");
        assertThat(paths(account, "bucket")).containsExactly("bucket/a/");
        assertThat(paths(account, "bucket/a")).containsExactly("bucket/a/b c");
        Entry seen = account.stat(new RelPath("bucket/a/b c")).orElseThrow();
        try (Body body = account.read((Entry.File) seen, ByteRange.ALL)) {
            assertThat(body.stream().readAllBytes())
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("bytes");
            assertThat(body.file()).isEqualTo(seen);
        }
        assertThat(account.stat(new RelPath("bucket"))).containsInstanceOf(Entry.Directory.class);
        assertThat(account.stat(new RelPath("no-such-bucket"))).isEmpty();
        assertThat(account.stat(new RelPath("not a name"))).isEmpty();
    }

    @Test
    void whatFailsIsToldWithTheWholePath() {
        assertThatThrownBy(() -> paths(account, "bucket/nothing"))
                .isInstanceOfSatisfying(StorageException.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(ErrorKind.NOT_FOUND);
                    assertThat(failure.where())
                            .isEqualTo(new StorageException.Where("s3:", Verb.LIST, new RelPath("bucket/nothing")));
                });
        assertThatThrownBy(() -> account.write(new RelPath("bucket/x"), BytesContent.of(""), WriteOptions.PLAIN))
                .hasMessageContaining("s3:bucket/path");
    }

    @Test
    void bucketIsMadeOnceAndAgainIsFine() {
        account.makeDirectory(new RelPath("new-bucket"));
        account.makeDirectory(new RelPath("new-bucket"));
        account.makeDirectory(RelPath.ROOT);
        assertThat(paths(account, "")).containsExactly("bucket/", "new-bucket/");
        assertThat(simulated.server().counts())
                .containsEntry("CreateBucket", 2L)
                .containsEntry("HeadBucket", 1L);
        assertThat(simulated.server().complaints()).isEmpty();
    }

    @Test
    void bucketOfSomebodyElseIsToldAsSuch() {
        var server = simulated.server();
        server.faults().next("CreateBucket", new S3Fault.Refuses(409, "BucketAlreadyExists", Optional.empty()));
        server.faults().next("HeadBucket", new S3Fault.Refuses(403, "", Optional.empty()));
        assertThatThrownBy(() -> account.makeDirectory(new RelPath("theirs")))
                .hasMessageContaining("somebody else has one")
                .satisfies(Failures.ofKind(ErrorKind.ALREADY_EXISTS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab", "Upper", "under_score", "-hyphen", "dots..two", "192.168.0.1", "xn--puny", "a.-b"})
    void nameIsLookedAtBeforeAnybodyIsAsked(String name) {
        assertThatThrownBy(() -> account.makeDirectory(new RelPath(name))).hasMessageContaining(name);
        assertThatThrownBy(() -> account.makeDirectory(new RelPath("bucket/below")))
                .satisfies(Failures.ofKind(ErrorKind.UNSUPPORTED));
        assertThat(simulated.server().counts()).isEmpty();
    }

    @Test
    void listsOfBucketsHavePages() {
        byte[] page =
                "<ListAllMyBucketsResult><Owner><ID>1</ID><DisplayName>Name</DisplayName></Owner><Buckets><Bucket><CreationDate>2024-01-01T00:00:00Z</CreationDate><Name>one</Name></Bucket><Bucket><Name>two</Name></Bucket></Buckets><ContinuationToken>more</ContinuationToken></ListAllMyBucketsResult>"
                        .getBytes(StandardCharsets.UTF_8);
        assertThat(Replies.buckets(page, page.length))
                .isEqualTo(new Replies.Buckets(List.of("one", "two"), Optional.of("more")));
    }
}
