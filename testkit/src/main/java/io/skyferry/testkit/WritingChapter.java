package io.skyferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.skyferry.storage.Capabilities.Keeping;
import io.skyferry.storage.Content;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.ModTime;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.Verb;
import io.skyferry.storage.WriteOptions;
import io.skyferry.storage.WriteOptions.Durability;
import java.io.InputStream;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Of the contract: what is written is there whole, with its time, and where a file can be.
abstract class WritingChapter extends ContractChapter {
    WritingChapter(ContractPlace place) {
        super(place);
    }

    @Test
    void writeAnswersWithWhatIsThere() {
        Entry.File written = write("a/b/file", "content");
        Entry.File there = file("a/b/file");
        assertThat(written.path()).isEqualTo(path("a/b/file"));
        assertThat(written.size()).isEqualTo(7);
        assertThat(there.size()).isEqualTo(7);
        assertThat(written.version()).isEqualTo(there.version());
        assertThat(written.id()).isEqualTo(there.id());
        assertThat(written.seal().isEmpty()
                        || written.seal().equals(there.seal())
                        || there.seal().isEmpty())
                .isTrue();
        written.modTime()
                .known()
                .ifPresent(time -> assertThat(there.modTime().known()).contains(time));
    }

    @Test
    void writeReplacesTheWholeFile() {
        write("file", "a long first content");
        write("file", "short");
        assertThat(text("file")).isEqualTo("short");
        write("file", "");
        assertThat(text("file")).isEmpty();
        write("file", "and a longer one again");
        assertThat(text("file")).isEqualTo("and a longer one again");
        assertThat(filesIn(tree(""))).containsExactly("file");
    }

    @Test
    void everyContentHasAVersionOfItsOwn() {
        Entry.File first = write("file", "one");
        Entry.File second = write("file", "two");
        if (first.version().isPresent()) {
            assertThat(second.version()).isNotEqualTo(first.version());
            assertThat(file("file").version()).isEqualTo(second.version());
        } else {
            assertThat(second.version()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-03-04T05:06:07.123456789Z",
                "2026-03-04T05:06:07Z",
                "1999-12-31T23:59:59.999999999Z",
                "2037-01-01T00:00:00.5Z"
            })
    void timesAreKeptAsExactlyAsDeclared(String time) {
        write("file", BytesContent.of("content"), WriteOptions.PLAIN.at(Instant.parse(time)));
        ModTime told = file("file").modTime();
        if (storage().capabilities().modTimes().keeping() == Keeping.NOT_KEPT) {
            assertThat(told).isNotInstanceOf(ModTime.NotListed.class);
        } else {
            assertThat(told).isEqualTo(new ModTime.Known(kept(time)));
        }
    }

    @Test
    void timeIsSetLater() {
        where(Verb.SET_MOD_TIME, () -> {
            Entry.File file = write("file", "content");
            Entry.File timed = storage().setModTime(file, Instant.parse("2025-01-02T03:04:05.678901234Z"));
            assertThat(timed.modTime()).isEqualTo(new ModTime.Known(kept("2025-01-02T03:04:05.678901234Z")));
            assertThat(file("file").modTime()).isEqualTo(timed.modTime());
            assertThat(file("file").version()).isEqualTo(timed.version());
            assertThat(text("file")).isEqualTo("content");
        });
    }

    @Test
    void timeOfAnotherVersionIsNotSet() {
        where(Verb.SET_MOD_TIME, () -> {
            Entry.File seen = write("file", "content");
            write("file", "another content");
            assertFails(
                    Verb.SET_MOD_TIME,
                    "file",
                    () -> storage().setModTime(seen, Instant.EPOCH),
                    ErrorKind.PRECONDITION_FAILED);
        });
    }

    @Test
    void fileDoesNotTakeADirectorysPlace() {
        write("place/file", "content");
        if (hasDirectories()) {
            StorageException failure =
                    assertFails(Verb.WRITE, "place", () -> write("place", "x"), ErrorKind.NOT_A_FILE);
            assertThat(failure.effect()).isEqualTo(StorageException.Effect.NONE);
            assertFails(
                    Verb.WRITE,
                    "place",
                    () -> write("place", BytesContent.of("x"), ABSENT),
                    ErrorKind.NOT_A_FILE,
                    ErrorKind.ALREADY_EXISTS);
        } else {
            writeBeside("place", "x");
        }
        assertThat(text("place/file")).isEqualTo("content");
    }

    @Test
    void fileDoesNotHoldOthers() {
        write("place", "content");
        if (hasDirectories()) {
            assertFails(Verb.WRITE, "place/file", () -> write("place/file", "x"), ErrorKind.NOT_A_DIRECTORY);
            assertFails(Verb.WRITE, "place/a/b", () -> write("place/a/b", "x"), ErrorKind.NOT_A_DIRECTORY);
        } else {
            writeBeside("place/file", "x");
        }
        assertThat(text("place")).isEqualTo("content");
    }

    @Test
    void rootIsNoFile() {
        assertFails(Verb.WRITE, "", () -> write("", "x"), ErrorKind.NOT_A_FILE, ErrorKind.NAME_REJECTED);
    }

    @Test
    void durableWritesAndFlushesLeaveTheSameFiles() {
        write("now", BytesContent.of("1"), WriteOptions.PLAIN.with(Durability.NOW));
        write("folder/soon", "2");
        where(Verb.FLUSH, () -> storage().flush());
        assertThat(text("now")).isEqualTo("1");
        assertThat(text("folder/soon")).isEqualTo("2");
    }

    @Test
    void contentOfUnknownSizeIsStoredWholeOrRefused() {
        byte[] written = bytes(70_000, 7);
        Throwable thrown = catchThrowable(() -> write("file", unsized(written), WriteOptions.PLAIN));
        if (thrown == null) {
            assertHolds("file", written);
        } else {
            assertThat(thrown).isInstanceOf(StorageException.class);
            assertNothingAt("file");
        }
    }

    private static Content unsized(byte[] bytes) {
        var sized = BytesContent.of(bytes);
        return new Content() {
            @Override
            public OptionalLong size() {
                return OptionalLong.empty();
            }

            @Override
            public InputStream open(long offset, long length) {
                return sized.open(offset, length);
            }

            @Override
            public String fingerprint() {
                return sized.fingerprint();
            }

            @Override
            public Optional<Origin> origin() {
                return Optional.empty();
            }
        };
    }

    @Test
    void ownersAndMetadataDoNotChangeTheContent() {
        var options = new WriteOptions(
                Optional.empty(),
                Map.of("author", "nobody"),
                new WriteOptions.Condition.None(),
                "run42",
                Durability.SOON,
                Map.of());
        write("file", BytesContent.of("content"), options);
        assertThat(text("file")).isEqualTo("content");
        assertThat(filesIn(tree(""))).containsExactly("file");
    }
}
