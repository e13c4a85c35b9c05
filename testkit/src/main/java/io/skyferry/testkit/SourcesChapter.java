package io.skyferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.storage.CancelledException;
import io.skyferry.storage.Content;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageException.Where;
import io.skyferry.storage.Verb;
import io.skyferry.storage.WriteOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// Of the contract: a source that fails is not a target that fails, and nothing of it is stored.
abstract class SourcesChapter extends ContractChapter {
    SourcesChapter(ContractPlace place) {
        super(place);
    }

    /// What a source gives when it is opened.
    private interface Opening {
        InputStream at(long offset, long length) throws IOException;
    }

    /// A source of a claimed size.
    private record Claimed(long claimed, Opening opening) implements Content {
        @Override
        public OptionalLong size() {
            return OptionalLong.of(claimed);
        }

        @Override
        public InputStream open(long offset, long length) throws IOException {
            return opening.at(offset, length);
        }

        @Override
        public String fingerprint() {
            return "claimed";
        }

        @Override
        public Optional<Origin> origin() {
            return Optional.empty();
        }
    }

    private static Content claiming(long size, int given) {
        return new Claimed(size, (offset, length) -> new ByteArrayInputStream(bytes(given, 1)));
    }

    private static Content breaking(int size, int after, IOException failure) {
        var whole = BytesContent.of(bytes(size, 2));
        return new Claimed(
                size,
                (offset, length) -> new BreakingStream(whole.open(offset, length), after, () -> {
                    throw failure;
                }));
    }

    private void assertSourceFails(Content content) {
        StorageException failure = assertFails(
                Verb.WRITE, "a/file", () -> write("a/file", content, WriteOptions.PLAIN), ErrorKind.SOURCE_FAILED);
        assertThat(failure.kind().retry()).isEqualTo(ErrorKind.Retry.NEVER);
        assertNothingAt("a/file");
        Entry.File there = write("a/file", "there before");
        assertFails(
                Verb.WRITE, "a/file", () -> write("a/file", content, matchingOrPlain(there)), ErrorKind.SOURCE_FAILED);
        assertThat(text("a/file")).isEqualTo("there before");
        assertThat(tree("").stream().filter(entry -> !(entry instanceof Entry.Directory)))
                .hasSize(1);
    }

    private WriteOptions matchingOrPlain(Entry.File there) {
        return there.version().isPresent() ? matching(there) : WriteOptions.PLAIN;
    }

    @Test
    void shortSource() {
        assertSourceFails(claiming(1000, 999));
    }

    @Test
    void emptySourceThatClaimedMore() {
        assertSourceFails(claiming(5, 0));
    }

    @Test
    void longSource() {
        assertSourceFails(claiming(1000, 1001));
    }

    @Test
    void longSourceThatClaimedNothing() {
        assertSourceFails(claiming(0, 10));
    }

    @Test
    void sourceThatBreaks() {
        assertSourceFails(breaking(200_000, 100_000, new IOException("the source broke")));
    }

    @Test
    void sourceThatCannotBeOpened() {
        assertSourceFails(new Claimed(10, (offset, length) -> {
            throw new IOException("the source is gone");
        }));
    }

    @Test
    void sourceWhoseStorageFailsKeepsItsCause() {
        var where = new Where("elsewhere", Verb.READ, path("source"));
        StorageException there = StorageException.noEffect(ErrorKind.UNAVAILABLE, where, "Elsewhere is down");
        StorageException failure = failureOf(() -> write("file", breaking(100, 50, there.asIo()), WriteOptions.PLAIN));
        assertThat(failure.kind()).isEqualTo(ErrorKind.SOURCE_FAILED);
        assertThat(failure).hasStackTraceContaining("Elsewhere is down");
        assertNothingAt("file");
    }

    @Test
    void sourceThatThrowsSomethingUnchecked() {
        assertSourceFails(new Claimed(10, (offset, length) -> {
            throw new IllegalStateException("the source is confused");
        }));
    }

    @Test
    void sourceThatChangesWhileItIsTaken() {
        var where = new Where("elsewhere", Verb.READ, path("source"));
        StorageException changed = StorageException.noEffect(ErrorKind.PRECONDITION_FAILED, where, "It changed");
        assertSourceFails(breaking(70_000, 69_999, changed.asIo()));
    }

    @Test
    void sourceThatIsToldToStopStopsTheCall() {
        Content stopping = new Claimed(10, (offset, length) -> {
            throw new CancelledException("reading the source");
        });
        assertThatThrownBy(() -> write("file", stopping, WriteOptions.PLAIN)).isInstanceOf(CancelledException.class);
        assertNothingAt("file");
    }

    @Test
    void partWhoseSourceFailsIsNoPart() {
        where(Verb.BEGIN_UPLOAD, () -> {
            int size = 3000;
            var upload = storage().beginUpload(path("file"), BytesContent.of(bytes(size, 3)), WriteOptions.PLAIN);
            Content broken = breaking(size, 100, new IOException("the source broke"));
            String promise = storage().promise(upload, 1, BytesContent.of(bytes(size, 3)));
            assertFails(
                    Verb.PUT_PART,
                    "file",
                    () -> storage().putPart(upload, 1, promise, broken),
                    ErrorKind.SOURCE_FAILED);
            assertThat(storage().listParts(upload)).isEmpty();
        });
    }
}
