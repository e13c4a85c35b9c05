package io.skyferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.storage.DeleteResult;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.ModTime;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Verb;
import io.skyferry.storage.WriteOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Of the contract: copies, moves and deletes inside the storage.
abstract class PlacingChapter extends ContractChapter {
    PlacingChapter(ContractPlace place) {
        super(place);
    }

    @Test
    void copyIsAnotherFileOfTheSameContent() {
        where(Verb.COPY, () -> {
            Entry.File seen = write("file", "content");
            Entry.File copy = storage().copy(seen, path("a/b/copy"), WriteOptions.PLAIN);
            assertThat(copy.path()).isEqualTo(path("a/b/copy"));
            assertThat(copy.size()).isEqualTo(7);
            assertThat(copy.version()).isEqualTo(file("a/b/copy").version());
            write("file", "changed afterwards");
            assertThat(text("a/b/copy")).isEqualTo("content");
        });
    }

    @Test
    void copyGetsTheTimeThatIsAsked() {
        where(Verb.COPY, () -> {
            String time = "2023-04-05T06:07:08.123456789Z";
            Entry.File seen = write("file", "content");
            storage().copy(seen, path("copy"), WriteOptions.PLAIN.at(Instant.parse(time)));
            if (file("copy").modTime() instanceof ModTime.Known(Instant at)) {
                assertThat(at).isEqualTo(kept(time));
            }
        });
    }

    @Test
    void copyReplacesWhatIsThere() {
        where(Verb.COPY, () -> {
            Entry.File seen = write("file", "content");
            write("copy", "an older and longer copy");
            storage().copy(seen, path("copy"), WriteOptions.PLAIN);
            assertThat(text("copy")).isEqualTo("content");
        });
    }

    @Test
    void copyOfNothingIsNotFound() {
        where(Verb.COPY, () -> {
            Entry.File seen = write("file", "content");
            storage().delete(seen);
            assertFails(
                    Verb.COPY,
                    "copy",
                    () -> storage().copy(seen, path("copy"), WriteOptions.PLAIN),
                    ErrorKind.NOT_FOUND,
                    ErrorKind.PRECONDITION_FAILED);
        });
    }

    @Test
    void moveTakesTheFileAlong() {
        where(Verb.MOVE, () -> {
            String time = "2022-02-03T04:05:06.789012345Z";
            Entry.File seen = write("file", BytesContent.of("content"), WriteOptions.PLAIN.at(Instant.parse(time)));
            Entry.File moved = storage().move(seen, path("a/b/moved"));
            assertThat(moved.path()).isEqualTo(path("a/b/moved"));
            assertThat(moved.version()).isEqualTo(file("a/b/moved").version());
            assertThat(moved.id()).isEqualTo(seen.id());
            assertThat(text("a/b/moved")).isEqualTo("content");
            if (file("a/b/moved").modTime() instanceof ModTime.Known(Instant at)) {
                assertThat(at).isEqualTo(kept(time));
            }
            assertNothingAt("file");
        });
    }

    @Test
    void moveNeverReplaces() {
        where(Verb.MOVE, () -> {
            Entry.File seen = write("file", "content");
            write("there", "already");
            assertFails(Verb.MOVE, "file", () -> storage().move(seen, path("there")), ErrorKind.ALREADY_EXISTS);
            assertThat(text("there")).isEqualTo("already");
            assertThat(text("file")).isEqualTo("content");
        });
    }

    @Test
    void moveDoesNotTakeADirectorysPlace() {
        where(Verb.MOVE, () -> {
            Entry.File seen = write("file", "content");
            write("there/below", "already");
            if (hasDirectories()) {
                assertFails(
                        Verb.MOVE,
                        "file",
                        () -> storage().move(seen, path("there")),
                        ErrorKind.NOT_A_FILE,
                        ErrorKind.ALREADY_EXISTS);
                assertThat(text("file")).isEqualTo("content");
            }
            assertThat(text("there/below")).isEqualTo("already");
        });
    }

    @Test
    void moveOfNothingIsNotFound() {
        where(Verb.MOVE, () -> {
            Entry.File seen = write("file", "content");
            storage().delete(seen);
            assertFails(
                    Verb.MOVE,
                    "file",
                    () -> storage().move(seen, path("moved")),
                    ErrorKind.NOT_FOUND,
                    ErrorKind.PRECONDITION_FAILED);
        });
    }

    @Test
    void deleteTakesOneFileOnly() {
        Entry.File seen = write("a/file", "content");
        write("a/file-too", "1");
        write("a/fil", "2");
        storage().delete(seen);
        assertThat(filesIn(tree(""))).containsExactlyInAnyOrder("a/file-too", "a/fil");
    }

    @Test
    void manyAreDeletedAtOnce() {
        where(Verb.DELETE_ALL, () -> {
            List<Entry.File> seen = new ArrayList<>();
            for (int i = 0; i < 25; i++) {
                seen.add(write("d%s/f%s".formatted(i % 4, i), "x"));
            }
            write("d1/stays", "y");
            List<DeleteResult> results = storage().deleteAll(seen);
            assertThat(results).extracting(DeleteResult::file).isEqualTo(seen);
            assertThat(results).allMatch(DeleteResult.Removed.class::isInstance);
            assertThat(filesIn(tree(""))).containsExactly("d1/stays");
            assertThat(storage().deleteAll(List.of())).isEmpty();
        });
    }

    @Test
    void originNamesTheFile() {
        Entry.File seen = write("a/file", "content");
        storage().origin(seen).ifPresent(origin -> {
            assertThat(origin.storage().provider())
                    .isEqualTo(storage().identity().provider());
            assertThat(origin.file().size()).isEqualTo(seen.size());
        });
        assertThat(storage().stat(RelPath.ROOT)).isPresent();
    }
}
