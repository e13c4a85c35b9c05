package io.skyferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.storage.Capabilities.ConditionKind;
import io.skyferry.storage.DeleteResult;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageException.Effect;
import io.skyferry.storage.Verb;
import io.skyferry.storage.WriteOptions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Of the contract: what was not seen is not replaced, deleted, moved or copied.
abstract class ConditionsChapter extends ContractChapter {
    ConditionsChapter(ContractPlace place) {
        super(place);
    }

    private boolean keeps(ConditionKind kind) {
        return storage().capabilities().conditions().onWrite().contains(kind);
    }

    @Test
    void absentTakesAnEmptyPlace() {
        write("a/file", BytesContent.of("content"), ABSENT);
        assertThat(text("a/file")).isEqualTo("content");
    }

    @Test
    void absentLeavesWhatIsThere() {
        Entry.File there = write("file", "was here first");
        StorageException failure = assertFails(
                Verb.WRITE,
                "file",
                () -> write("file", BytesContent.of("too late"), ABSENT),
                ErrorKind.ALREADY_EXISTS,
                ErrorKind.PRECONDITION_FAILED);
        assertThat(failure.effect()).isEqualTo(Effect.NONE);
        assertThat(text("file")).isEqualTo("was here first");
        assertThat(file("file").version()).isEqualTo(there.version());
    }

    @Test
    void matchingVersionIsReplaced() {
        Entry.File seen = write("file", "seen");
        if (seen.version().isPresent()) {
            write("file", BytesContent.of("new content"), matching(seen));
            assertThat(text("file")).isEqualTo("new content");
        }
    }

    @Test
    void otherVersionIsNotReplaced() {
        Entry.File seen = write("file", "seen");
        if (seen.version().isPresent()) {
            write("file", "edited since");
            StorageException failure = assertFails(
                    Verb.WRITE,
                    "file",
                    () -> write("file", BytesContent.of("from the plan"), matching(seen)),
                    ErrorKind.PRECONDITION_FAILED);
            assertThat(failure.effect()).isEqualTo(Effect.NONE);
            assertThat(text("file")).isEqualTo("edited since");
        }
    }

    @Test
    void versionThatIsGoneIsNotReplaced() {
        Entry.File seen = write("file", "seen");
        if (seen.version().isPresent()) {
            storage().delete(seen);
            assertFails(
                    Verb.WRITE,
                    "file",
                    () -> write("file", BytesContent.of("from the plan"), matching(seen)),
                    ErrorKind.PRECONDITION_FAILED,
                    ErrorKind.NOT_FOUND);
            assertNothingAt("file");
        }
    }

    @Test
    void absentHoldsAtTheMomentOfTheEffect() {
        var racing = new HookedContent("from the plan", () -> write("file", "came in between"));
        if (keeps(ConditionKind.ABSENT)) {
            assertFails(
                    Verb.WRITE,
                    "file",
                    () -> write("file", racing, ABSENT),
                    ErrorKind.ALREADY_EXISTS,
                    ErrorKind.PRECONDITION_FAILED);
            assertThat(text("file")).isEqualTo("came in between");
        } else {
            // Undeclared: whoever asks knows that the last one may win. What is there is whole in any case.
            catchFailure(() -> write("file", racing, ABSENT));
            assertThat(text("file")).isIn("came in between", "from the plan");
        }
    }

    @Test
    void matchHoldsAtTheMomentOfTheEffect() {
        Entry.File seen = write("file", "seen");
        if (seen.version().isEmpty()) {
            return;
        }
        var racing = new HookedContent("from the plan", () -> write("file", "edited in between"));
        if (keeps(ConditionKind.MATCHES)) {
            assertFails(Verb.WRITE, "file", () -> write("file", racing, matching(seen)), ErrorKind.PRECONDITION_FAILED);
            assertThat(text("file")).isEqualTo("edited in between");
        } else {
            catchFailure(() -> write("file", racing, matching(seen)));
            assertThat(text("file")).isIn("edited in between", "from the plan");
        }
    }

    private static Optional<StorageException> catchFailure(Runnable call) {
        try {
            call.run();
            return Optional.empty();
        } catch (StorageException failure) {
            return Optional.of(failure);
        }
    }

    @Test
    void otherVersionIsNotDeleted() {
        Entry.File seen = write("file", "seen");
        write("file", "something edited since");
        StorageException failure =
                assertFails(Verb.DELETE, "file", () -> storage().delete(seen), ErrorKind.PRECONDITION_FAILED);
        assertThat(failure.effect()).isEqualTo(Effect.NONE);
        assertThat(text("file")).isEqualTo("something edited since");
    }

    @Test
    void otherVersionIsNotMoved() {
        where(Verb.MOVE, () -> {
            Entry.File seen = write("file", "seen");
            write("file", "something edited since");
            assertFails(Verb.MOVE, "file", () -> storage().move(seen, path("moved")), ErrorKind.PRECONDITION_FAILED);
            assertThat(text("file")).isEqualTo("something edited since");
            assertNothingAt("moved");
        });
    }

    @Test
    void otherVersionIsNotCopied() {
        where(Verb.COPY, () -> {
            Entry.File seen = write("file", "seen");
            write("file", "something edited since");
            assertFails(
                    Verb.COPY,
                    "copy",
                    () -> storage().copy(seen, path("copy"), WriteOptions.PLAIN),
                    ErrorKind.PRECONDITION_FAILED);
            assertNothingAt("copy");
        });
    }

    @Test
    void copyKeepsConditionsToo() {
        where(Verb.COPY, () -> {
            Entry.File seen = write("file", "seen");
            write("copy", "was here first");
            assertFails(
                    Verb.COPY,
                    "copy",
                    () -> storage().copy(seen, path("copy"), ABSENT),
                    ErrorKind.ALREADY_EXISTS,
                    ErrorKind.PRECONDITION_FAILED);
            assertThat(text("copy")).isEqualTo("was here first");
        });
    }

    @Test
    void deletesOfManyAreJudgedOneByOne() {
        where(Verb.DELETE_ALL, () -> {
            Entry.File first = write("first", "1");
            Entry.File edited = write("edited", "2");
            Entry.File last = write("last", "3");
            write("edited", "edited since");
            var results = storage().deleteAll(List.of(first, edited, last));
            assertThat(results).extracting(result -> result.file()).containsExactly(first, edited, last);
            assertThat(results.get(0)).isInstanceOf(DeleteResult.Removed.class);
            assertThat(results.get(1)).isInstanceOfSatisfying(DeleteResult.Refused.class, refused -> {
                assertThat(refused.failure().kind()).isEqualTo(ErrorKind.PRECONDITION_FAILED);
                assertThat(refused.failure().where().path()).isEqualTo(path("edited"));
            });
            assertThat(results.get(2)).isInstanceOf(DeleteResult.Removed.class);
            assertThat(filesIn(tree(""))).containsExactly("edited");
        });
    }
}
