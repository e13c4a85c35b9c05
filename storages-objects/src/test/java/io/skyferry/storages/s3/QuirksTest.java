package io.skyferry.storages.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.simulators.s3.S3Fault;
import io.skyferry.simulators.s3.S3Rules;
import io.skyferry.simulators.s3.S3Rules.Quirk;
import io.skyferry.storage.DeleteResult;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.ListRequest;
import io.skyferry.storage.Part;
import io.skyferry.storage.PendingUpload;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.Upload;
import io.skyferry.storage.WriteOptions;
import io.skyferry.testkit.BytesContent;
import io.skyferry.testkit.Failures;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Servers that do less than they are asked for, and accounts that may do less.
class QuirksTest {
    private static final RelPath FILE = new RelPath("a/file");
    private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    private static final byte[] BYTES = "some bytes".getBytes(StandardCharsets.UTF_8);

    private static void assertMisconfigured(ThrowingCallable call) {
        assertThatThrownBy(call)
                .hasMessageContaining("customer's key")
                .hasMessageNotContaining(KEY)
                .satisfies(Failures.ofKind(ErrorKind.MISCONFIGURED));
    }

    @Test
    void serverThatForgetsTheCustomersKeyIsFoundOut() {
        try (var simulated = new Simulated(S3Rules.AMAZON.with(Quirk.IGNORES_CUSTOMER_KEYS));
                Storage storage = simulated.open(Simulated.BUCKET, S3Settings.SSE_CUSTOMER_KEY, KEY)) {
            var content = BytesContent.of(BYTES);

            assertMisconfigured(() -> storage.write(FILE, content, WriteOptions.PLAIN));
            Upload upload = storage.beginUpload(FILE, content, WriteOptions.PLAIN);
            assertMisconfigured(() -> storage.putPart(upload, 1, "", content));
        }
    }

    @Test
    void fileThatTheServerMadeOfTooFewPartsIsTakenBack() {
        int half = (int) S3Settings.MIN_PART;
        try (var simulated = new Simulated(S3Rules.AMAZON.with(Quirk.LEAVES_PARTS_OUT));
                Storage storage = simulated.open(Simulated.BUCKET)) {
            var content = BytesContent.of(new byte[2 * half]);
            Upload upload = storage.beginUpload(FILE, content, WriteOptions.PLAIN);
            List<Part> parts =
                    List.of(storage.putPart(upload, 1, "", content), storage.putPart(upload, 2, "", content));

            assertThatThrownBy(() -> storage.finishUpload(upload, parts))
                    .hasMessageContaining("%s bytes", 2 * half)
                    .hasMessageContaining("has %s", half)
                    .satisfies(Failures.ofKind(ErrorKind.CORRUPT));
            assertThat(storage.stat(FILE)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void listingThatStartsAnewAgainAndAgainEnds(String version) {
        try (var simulated = new Simulated(S3Rules.AMAZON.with(Quirk.LISTS_FROM_THE_START));
                Storage storage = simulated.open(
                        2,
                        S3Settings.MAX_PART,
                        simulated.settings(Simulated.BUCKET, S3Settings.LIST_VERSION, version))) {
            for (String key : List.of("a", "b", "c")) {
                simulated.server().put(Simulated.BUCKET, key, BYTES, Map.of());
            }
            ListRequest first = ListRequest.tree(RelPath.ROOT);
            ListRequest second = first.goOnAfter(storage.list(first).next().orElseThrow());

            assertThatThrownBy(() -> storage.list(second))
                    .hasMessageContaining("the same one again")
                    .satisfies(Failures.ofKind(ErrorKind.UNEXPECTED));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"minio", "other"})
    void uploadsBelowAFolderAreFoundWhereOnlyWholeKeysAreListed(String provider) {
        try (var simulated = new Simulated(S3Rules.AMAZON.with(Quirk.LISTS_UPLOADS_BY_KEY));
                Storage whole = simulated.open(Simulated.BUCKET);
                Storage below = simulated.open(Simulated.BUCKET + "/a", S3Settings.PROVIDER, provider)) {
            whole.beginUpload(FILE, BytesContent.of(BYTES), WriteOptions.PLAIN);
            whole.beginUpload(new RelPath("ab/other"), BytesContent.of(BYTES), WriteOptions.PLAIN);

            assertThat(below.listUploads(RelPath.ROOT))
                    .extracting(PendingUpload::file)
                    .containsExactly(new RelPath("file"));
            assertThat(below.listUploads(new RelPath("file"))).hasSize(1);
        }
    }

    @Test
    void fileIsFoundByWhoMayNotList() {
        try (var simulated = new Simulated(S3Rules.AMAZON)) {
            simulated.server().put(Simulated.BUCKET, "a/file", BYTES, Map.of());
            simulated
                    .server()
                    .faults()
                    .next(3, "ListObjectsV2", new S3Fault.Refuses(403, "AccessDenied", Optional.empty()));
            try (Storage named = simulated.open(Simulated.BUCKET + "/a/file");
                    Storage none = simulated.open(Simulated.BUCKET + "/a/none")) {
                assertThat(named.stat(RelPath.ROOT).orElseThrow()).isInstanceOf(Entry.File.class);
                assertThatThrownBy(() -> none.stat(RelPath.ROOT)).satisfies(Failures.ofKind(ErrorKind.FORBIDDEN));
            }
        }
    }

    private static List<Entry.File> three(Simulated simulated, Storage storage) {
        return Stream.of("a", "b", "c")
                .map(name -> {
                    simulated.server().put(Simulated.BUCKET, name, BYTES, Map.of());
                    return (Entry.File) storage.stat(new RelPath(name)).orElseThrow();
                })
                .toList();
    }

    @Test
    void serverThatTakesNoBatchIsAskedOnceAndDeletesOneByOne() {
        try (var simulated = new Simulated(S3Rules.AMAZON.with(Quirk.DELETES_NO_BATCH));
                Storage storage = simulated.open(Simulated.BUCKET)) {
            for (int round = 0; round < 2; round++) {
                assertThat(storage.deleteAll(three(simulated, storage)))
                        .hasSize(3)
                        .allSatisfy(one -> assertThat(one).isInstanceOf(DeleteResult.Removed.class));
                assertThat(simulated.server().keys(Simulated.BUCKET)).isEmpty();
            }
            assertThat(simulated.server().counts())
                    .containsEntry("DeleteObjects", 1L)
                    .containsEntry("DeleteObject", 6L);
        }
    }

    @Test
    void fileThatMayNotGoIsToldAloneWhereNoBatchIsTaken() {
        try (var simulated = new Simulated(S3Rules.AMAZON.with(Quirk.DELETES_NO_BATCH));
                Storage storage = simulated.open(Simulated.BUCKET)) {
            List<Entry.File> files = three(simulated, storage);
            simulated
                    .server()
                    .faults()
                    .next("DeleteObject", new S3Fault.Refuses(403, "AccessDenied", Optional.empty()));

            assertThat(storage.deleteAll(files))
                    .extracting(one -> one instanceof DeleteResult.Removed)
                    .containsExactly(false, true, true);
            assertThat(simulated.server().keys(Simulated.BUCKET)).containsExactly("a");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"DeleteObjects", "ListObjectsV2"})
    void yesThatTellsAnErrorIsTakenForTheError(String operation) {
        try (var simulated = new Simulated(S3Rules.AMAZON);
                Storage storage = simulated.open(Simulated.BUCKET)) {
            List<Entry.File> files = three(simulated, storage);
            simulated.server().faults().next(operation, new S3Fault.Refuses(200, "InternalError", Optional.empty()));

            ThrowingCallable call = operation.equals("DeleteObjects")
                    ? () -> storage.deleteAll(files)
                    : () -> storage.list(ListRequest.tree(RelPath.ROOT));
            assertThatThrownBy(call)
                    .hasMessageContaining("The server answered 200 InternalError")
                    .satisfies(Failures.ofKind(ErrorKind.UNAVAILABLE));
        }
    }
}
