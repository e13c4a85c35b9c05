package io.skyferry.storages.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.skyferry.http.ChannelTransport;
import io.skyferry.http.TransportSettings;
import io.skyferry.simulators.s3.S3Fault;
import io.skyferry.simulators.s3.S3Rules;
import io.skyferry.simulators.s3.S3Simulator;
import io.skyferry.storage.Body;
import io.skyferry.storage.ByteRange;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.ListRequest;
import io.skyferry.storage.Part;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageException.Effect;
import io.skyferry.storage.Upload;
import io.skyferry.storage.WriteOptions;
import io.skyferry.storage.WriteOptions.Condition;
import io.skyferry.storages.s3.credential.Credentials;
import io.skyferry.storages.s3.sign.Access;
import io.skyferry.testkit.BytesContent;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a server does wrong, and what becomes of it.
class TroubleTest {
    private static final RelPath FILE = new RelPath("a/file");
    private static final WriteOptions ABSENT =
            WriteOptions.PLAIN.under(new Condition.Absent()).at(Instant.parse("2026-01-02T03:04:05.6Z"));

    private static final Credentials LASTING =
            new Credentials.Fixed(Access.lasting(S3Simulator.KEY_ID, S3Simulator.SECRET));

    private final Simulated simulated = new Simulated(S3Rules.AMAZON);
    private final Storage storage = simulated.open(Simulated.BUCKET);

    @AfterEach
    void stop() {
        storage.close();
        simulated.close();
    }

    private static StorageException failureOf(ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        assertThat(thrown).isInstanceOf(StorageException.class);
        return (StorageException) thrown;
    }

    private Entry.File write(String text) {
        return storage.write(FILE, BytesContent.of(text), WriteOptions.PLAIN);
    }

    @Test
    void serverThatAsksForFewerRequestsIsLimitedAndChangedNothing() {
        simulated
                .server()
                .faults()
                .next("PutObject", new S3Fault.Refuses(429, "TooManyRequests", Optional.of(Duration.ofSeconds(7))));
        StorageException failure = failureOf(() -> write("x"));
        assertThat(failure.kind()).isEqualTo(ErrorKind.RATE_LIMITED);
        assertThat(failure.effect()).isEqualTo(Effect.NONE);
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
        simulated.server().faults().next("ListObjectsV2", S3Fault.slowDown());
        assertThat(failureOf(() -> storage.list(ListRequest.tree(RelPath.ROOT))).kind())
                .isEqualTo(ErrorKind.RATE_LIMITED);
    }

    @Test
    void replyBehindALongerOneAndBehindACutOneIsReadRight() {
        for (int i = 0; i < 300; i++) {
            simulated.server().put(Simulated.BUCKET, "many/" + i, new byte[1], Map.of());
        }
        for (int i = 0; i < 3; i++) {
            assertThat(storage.list(ListRequest.tree(RelPath.ROOT)).entries()).hasSize(301);
            assertThat(storage.list(ListRequest.children(RelPath.ROOT)).entries())
                    .hasSize(1);
            simulated.server().faults().next("ListObjectsV2", new S3Fault.Cuts());
            assertThat(failureOf(() -> storage.list(ListRequest.tree(RelPath.ROOT)))
                            .kind())
                    .isEqualTo(ErrorKind.UNAVAILABLE);
        }
    }

    @Test
    void serverThatFailsAfterTheEffectLeavesItUnknownAndIsAskedAgain() {
        simulated.server().faults().next("PutObject", S3Fault.internalError());
        StorageException failure = failureOf(() -> storage.write(FILE, BytesContent.of("x"), ABSENT));
        assertThat(failure.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN);
        assertThat(storage.write(FILE, BytesContent.of("x"), ABSENT).size()).isEqualTo(1);
    }

    @Test
    void lostReplyOfAWriteIsNoConflictWhenItIsMadeAgain() {
        simulated.server().faults().next("PutObject", new S3Fault.LosesReply());
        StorageException failure = failureOf(() -> storage.write(FILE, BytesContent.of("x"), ABSENT));
        assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN);
        assertThat(storage.write(FILE, BytesContent.of("x"), ABSENT).size()).isEqualTo(1);
        assertThat(failureOf(() -> storage.write(FILE, BytesContent.of("y"), ABSENT))
                        .kind())
                .isEqualTo(ErrorKind.ALREADY_EXISTS);
    }

    @Test
    void lostReplyOfTheEndOfAnUploadIsNoLoss() {
        byte[] bytes = new byte[(int) S3Settings.MIN_PART + 5];
        Upload upload = storage.beginUpload(FILE, BytesContent.of(bytes), ABSENT);
        List<Part> parts = new ArrayList<>();
        for (int number = 1; number <= 2; number++) {
            parts.add(storage.putPart(upload, number, "", BytesContent.of(bytes)));
        }
        simulated.server().faults().next("CompleteMultipartUpload", new S3Fault.LosesReply());
        failureOf(() -> storage.finishUpload(upload, parts));
        assertThat(storage.finishUpload(upload, parts).size()).isEqualTo(bytes.length);
    }

    @Test
    void endOfAnUploadThatFailsBehindA200IsAFailure() {
        byte[] bytes = {1, 2, 3};
        Upload upload = storage.beginUpload(FILE, BytesContent.of(bytes), WriteOptions.PLAIN);
        List<Part> parts = List.of(storage.putPart(upload, 1, "", BytesContent.of(bytes)));
        simulated.server().faults().next("CompleteMultipartUpload", new S3Fault.FailsAfter(200, "InternalError"));
        assertThat(failureOf(() -> storage.finishUpload(upload, parts)).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(storage.finishUpload(upload, parts).size()).isEqualTo(3);
    }

    @Test
    void copyThatFailsBehindA200IsAFailure() {
        Entry.File seen = write("x");
        simulated.server().faults().next("CopyObject", new S3Fault.FailsAfter(200, "SlowDown"));
        assertThat(failureOf(() -> storage.copy(seen, new RelPath("b"), WriteOptions.PLAIN))
                        .kind())
                .isEqualTo(ErrorKind.RATE_LIMITED);
    }

    @Test
    void bodyThatIsCutOffIsAnError() {
        Entry.File seen = write("some text that is longer than nothing");
        simulated.server().faults().next("GetObject", new S3Fault.Cuts());
        assertThat(readFailure(seen, ByteRange.ALL)).isEqualTo(ErrorKind.UNAVAILABLE);
        simulated.server().faults().next("GetObject", new S3Fault.Cuts());
        assertThat(readFailure(seen, new ByteRange(3, 20))).isEqualTo(ErrorKind.UNAVAILABLE);
    }

    @Test
    void bodyThatArrivesChangedIsCorrupt() {
        Entry.File seen = write("some text that is longer than nothing");
        simulated.server().faults().next("GetObject", new S3Fault.Corrupts());
        assertThat(readFailure(seen, ByteRange.ALL)).isEqualTo(ErrorKind.CORRUPT);
    }

    private ErrorKind readFailure(Entry.File seen, ByteRange range) {
        try (Body body = storage.read(seen, range)) {
            body.stream().readAllBytes();
        } catch (IOException broken) {
            return StorageException.inStream(broken).kind();
        }
        throw new AssertionError("It was read whole");
    }

    @Test
    void fileThatIsStoredDamagedIsNotLeftThere() {
        byte[] bytes = new byte[300_000];
        try (Storage plain = simulated.open(Simulated.BUCKET, S3Settings.CHECKSUM, "md5")) {
            simulated.server().faults().next("PutObject", new S3Fault.Damages());
            assertThat(failureOf(() -> plain.write(FILE, BytesContent.of(bytes), ABSENT))
                            .kind())
                    .isEqualTo(ErrorKind.CORRUPT);
            assertThat(simulated.server().keys(Simulated.BUCKET)).isEmpty();
            assertThat(plain.write(FILE, BytesContent.of(bytes), ABSENT).size()).isEqualTo(bytes.length);
            assertThat(simulated.server().bytes(Simulated.BUCKET, "a/file")).isEqualTo(bytes);
        }
    }

    @Test
    void damagedFileThatCannotBeRemovedIsToldToBeThere() {
        try (Storage plain = simulated.open(Simulated.BUCKET, S3Settings.CHECKSUM, "md5")) {
            simulated.server().faults().next("PutObject", new S3Fault.Damages());
            simulated
                    .server()
                    .faults()
                    .next("DeleteObject", new S3Fault.Refuses(403, "AccessDenied", Optional.empty()));
            StorageException failure =
                    failureOf(() -> plain.write(FILE, BytesContent.of(new byte[300_000]), WriteOptions.PLAIN));
            assertThat(failure.kind()).isEqualTo(ErrorKind.CORRUPT);
            assertThat(failure).hasMessageContaining("MD5").hasMessageContaining("It is there still");
        }
    }

    @Test
    void listingThatIsCutOffIsNoListing() {
        for (int i = 0; i < 20; i++) {
            storage.write(new RelPath("f" + i), BytesContent.of("x"), WriteOptions.PLAIN);
        }
        simulated.server().faults().next("ListObjectsV2", new S3Fault.Cuts());
        assertThat(failureOf(() -> storage.list(ListRequest.tree(RelPath.ROOT))).kind())
                .isEqualTo(ErrorKind.UNAVAILABLE);
    }

    @Test
    void resetConnectionIsPassingTrouble() {
        simulated.server().faults().next(3, "PutObject", new S3Fault.Resets());
        assertThat(failureOf(() -> write("x")).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
    }

    private S3Api api(Credentials credentials, InstantSource clock) {
        return new S3Api(
                S3Settings.of(simulated.settings(Simulated.BUCKET)),
                new ChannelTransport(TransportSettings.defaults(), System::nanoTime),
                credentials,
                clock);
    }

    private S3Api lateBy(Duration late) {
        return api(LASTING, () -> simulated.clock().get().minus(late));
    }

    @Test
    void clockThatGoesWrongIsPutRightByTheServers() {
        try (Storage other = new S3Storage(lateBy(Duration.ofDays(3)))) {
            other.write(FILE, BytesContent.of("x"), WriteOptions.PLAIN);
            simulated.server().resetCounts();
            other.write(FILE, BytesContent.of("y"), WriteOptions.PLAIN);
            assertThat(simulated.server().counts()).containsExactlyEntriesOf(Map.of("PutObject", 1L));
        }
    }

    @Test
    void clockThatIsWrongIsPutRightWhereTheReplyHasNoWords() {
        write("x");
        try (Storage other = new S3Storage(lateBy(Duration.ofMinutes(-16)))) {
            assertThat(other.stat(FILE)).isPresent();
            simulated.server().resetCounts();
            assertThat(other.stat(FILE)).isPresent();
            assertThat(simulated.server().counts()).containsExactlyEntriesOf(Map.of("HeadObject", 1L));
        }
    }

    @Test
    void requestThatWentOutByTheWrongClockBesideTheOneThatPutItRightIsPutRightToo() {
        write("x");
        var beside = new Beside(() -> simulated.clock().get().minus(Duration.ofDays(3)));
        try (Storage other = new S3Storage(api(LASTING, beside))) {
            beside.request = () -> assertThat(other.stat(FILE)).isPresent();
            assertThat(other.stat(FILE)).isPresent();
            assertThat(beside.isMade()).isTrue();
        }
    }

    /// A clock that makes another request, whole, while the first one is about to be signed.
    private static final class Beside implements InstantSource {
        private final InstantSource clock;
        private @Nullable Runnable request;

        Beside(InstantSource clock) {
            this.clock = clock;
        }

        @Override
        public Instant instant() {
            Runnable now = request;
            request = null;
            if (now != null) {
                now.run();
            }
            return clock.instant();
        }

        boolean isMade() {
            return request == null;
        }
    }

    @Test
    void requestThatWentToTheWrongRegionBesideTheOneThatFoundTheRightOneIsPutRightToo() {
        try (var elsewhere = new Simulated(S3Rules.AMAZON.in("eu-south-2"))) {
            var beside = new Beside(elsewhere.clock()::get);
            var api = new S3Api(
                    S3Settings.of(elsewhere.settings(Simulated.BUCKET)),
                    new ChannelTransport(TransportSettings.defaults(), System::nanoTime),
                    LASTING,
                    beside);
            try (Storage other = new S3Storage(api)) {
                beside.request = () -> other.write(FILE, BytesContent.of("x"), WriteOptions.PLAIN);
                assertThat(other.stat(new RelPath("nothing"))).isEmpty();
                assertThat(beside.isMade()).isTrue();
                assertThat(other.stat(FILE)).isPresent();
            }
        }
    }

    /// Keys whose token is another after each renewal; one renewal finds a newer one.
    private static final class Sessions implements Credentials {
        private int renewals;

        @Override
        public Access access() {
            return new Access(
                    S3Simulator.KEY_ID, S3Simulator.SECRET, Optional.of("session" + renewals), Optional.empty());
        }

        @Override
        public boolean renewed(Access refused) {
            renewals++;
            return renewals == 1;
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    @Test
    void keyThatEndedIsRenewedOnce() {
        var sessions = new Sessions();
        simulated.server().expire("session0");
        try (Storage other = new S3Storage(api(sessions, simulated.clock()::get))) {
            other.write(FILE, BytesContent.of("x"), WriteOptions.PLAIN);
            assertThat(sessions.renewals).isEqualTo(1);
            simulated.server().expire("session1");
            assertThat(failureOf(() -> other.list(ListRequest.tree(RelPath.ROOT)))
                            .kind())
                    .isEqualTo(ErrorKind.UNAUTHENTICATED);
        }
    }

    @Test
    void keyThatEndedIsRenewedWhereTheReplyHasNoWords() {
        write("x");
        var sessions = new Sessions();
        simulated.server().expire("session0");
        try (Storage other = new S3Storage(api(sessions, simulated.clock()::get))) {
            assertThat(other.stat(FILE)).isPresent();
            assertThat(sessions.renewals).isEqualTo(1);
        }
    }

    @Test
    void wrongSecretIsNotLetInAndNotTold() {
        var wrong = new Credentials.Fixed(Access.lasting(S3Simulator.KEY_ID, "wrong secret"));
        try (Storage other = new S3Storage(simulated.api(simulated.settings(Simulated.BUCKET), wrong))) {
            StorageException failure = failureOf(() -> other.list(ListRequest.tree(RelPath.ROOT)));
            assertThat(failure.kind()).isEqualTo(ErrorKind.UNAUTHENTICATED);
            assertThat(failure).message().doesNotContain("wrong secret").doesNotContain(S3Simulator.SECRET);
        }
    }

    @Test
    void archivedFileSaysSo() {
        simulated.server().put(Simulated.BUCKET, "a/file", new byte[3], Map.of("x-amz-storage-class", "GLACIER"));
        Entry.File seen = (Entry.File) storage.stat(FILE).orElseThrow();
        StorageException failure = failureOf(() -> storage.read(seen, ByteRange.ALL));
        assertThat(failure.kind()).isEqualTo(ErrorKind.ARCHIVED);
        assertThat(failure).hasMessageContaining("restored");
    }

    @Test
    void missingBucketIsNothingToLookAtAndNothingToWriteTo() {
        try (Storage other = simulated.open("no-such-bucket")) {
            assertThat(other.stat(RelPath.ROOT)).isEmpty();
            assertThat(failureOf(() -> other.list(ListRequest.tree(RelPath.ROOT)))
                            .kind())
                    .isEqualTo(ErrorKind.NOT_FOUND);
            assertThat(failureOf(() -> other.write(FILE, BytesContent.of("x"), WriteOptions.PLAIN))
                            .kind())
                    .isEqualTo(ErrorKind.MISCONFIGURED);
        }
    }

    @Test
    void missingBucketIsMadeWhereThatIsWanted() {
        try (Storage other = simulated.open("a-new-bucket", S3Settings.CREATE_BUCKET, "on")) {
            other.write(FILE, BytesContent.of("x"), WriteOptions.PLAIN);
            assertThat(simulated.server().keys("a-new-bucket")).containsExactly("a/file");
        }
    }
}
