package io.skyferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.storage.DeleteResult;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.Removal;
import io.skyferry.storage.Verb;
import io.skyferry.storage.WriteOptions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Of the contract: a call whose reply was lost is made again, and succeeds if what is there is what it
/// makes.
abstract class RepetitionChapter extends ContractChapter {
    private static final Instant TIME = Instant.parse("2026-02-03T04:05:06Z");

    RepetitionChapter(ContractPlace place) {
        super(place);
    }

    @Test
    void writeUnderAbsentIsRepeated() {
        Entry.File first = write("file", BytesContent.of("content"), ABSENT.at(TIME));
        Entry.File again = write("file", BytesContent.of("content"), ABSENT.at(TIME));
        assertThat(again.version()).isEqualTo(first.version());
        assertThat(text("file")).isEqualTo("content");
    }

    @Test
    void writeUnderMatchIsRepeated() {
        Entry.File seen = write("file", "before");
        if (seen.version().isPresent()) {
            write("file", BytesContent.of("content"), matching(seen).at(TIME));
            write("file", BytesContent.of("content"), matching(seen).at(TIME));
            assertThat(text("file")).isEqualTo("content");
        }
    }

    @Test
    void repeatedWriteIsNotMistakenForAnother() {
        write("file", BytesContent.of("content"), ABSENT.at(TIME));
        assertFails(
                Verb.WRITE,
                "file",
                () -> write("file", BytesContent.of("consent"), ABSENT.at(TIME)),
                ErrorKind.ALREADY_EXISTS,
                ErrorKind.PRECONDITION_FAILED);
        assertThat(text("file")).isEqualTo("content");
    }

    @Test
    void copyIsRepeated() {
        where(Verb.COPY, () -> {
            Entry.File seen = write("file", "content");
            storage().copy(seen, path("a/copy"), ABSENT.at(TIME));
            storage().copy(seen, path("a/copy"), ABSENT.at(TIME));
            assertThat(text("a/copy")).isEqualTo("content");
            assertThat(text("file")).isEqualTo("content");
        });
    }

    @Test
    void moveIsRepeated() {
        where(Verb.MOVE, () -> {
            Entry.File seen = write("file", "content");
            storage().move(seen, path("a/moved"));
            Entry.File moved = storage().move(seen, path("a/moved"));
            assertThat(moved.path()).isEqualTo(path("a/moved"));
            assertThat(text("a/moved")).isEqualTo("content");
            assertNothingAt("file");
        });
    }

    @Test
    void repeatedMoveIsNotMistakenForAnother() {
        where(Verb.MOVE, () -> {
            Entry.File seen = write("file", "content");
            write("moved", "was here first, and is longer");
            storage().delete(seen);
            assertFails(
                    Verb.MOVE,
                    "file",
                    () -> storage().move(seen, path("moved")),
                    ErrorKind.NOT_FOUND,
                    ErrorKind.ALREADY_EXISTS,
                    ErrorKind.PRECONDITION_FAILED);
            assertThat(text("moved")).isEqualTo("was here first, and is longer");
        });
    }

    @Test
    void deleteIsRepeated() {
        Entry.File seen = write("file", "content");
        assertThat(storage().delete(seen)).isNotInstanceOf(Removal.Missing.class);
        assertThat(storage().delete(seen)).isInstanceOf(Removal.Missing.class);
        assertNothingAt("file");
    }

    @Test
    void deleteOfManyIsRepeated() {
        where(Verb.DELETE_ALL, () -> {
            List<Entry.File> seen = List.of(write("a", "1"), write("b/c", "2"));
            storage().deleteAll(seen);
            assertThat(storage().deleteAll(seen))
                    .allSatisfy(result -> assertThat(result).isInstanceOf(DeleteResult.Removed.class));
            assertThat(filesIn(tree(""))).isEmpty();
        });
    }

    @Test
    void directoriesAreMadeAndRemovedAgain() {
        where(Verb.MAKE_DIRECTORY, () -> {
            storage().makeDirectory(path("a/b"));
            storage().makeDirectory(path("a/b"));
            assertThat(storage().stat(path("a/b"))).get().isInstanceOf(Entry.Directory.class);
        });
        where(Verb.REMOVE_DIRECTORY, () -> {
            storage().removeDirectory(path("a/b"));
            storage().removeDirectory(path("a/b"));
            assertThat(storage().stat(path("a/b"))).isEmpty();
        });
    }

    @Test
    void timeIsSetAgain() {
        where(Verb.SET_MOD_TIME, () -> {
            Entry.File seen = write("file", "content");
            storage().setModTime(seen, TIME);
            storage().setModTime(seen, TIME);
            assertThat(file("file").modTime().known()).contains(kept(TIME.toString()));
        });
    }

    @Test
    void plainWriteIsRepeated() {
        write("file", BytesContent.of("content"), WriteOptions.PLAIN);
        write("file", BytesContent.of("content"), WriteOptions.PLAIN);
        assertThat(text("file")).isEqualTo("content");
    }
}
