package io.skyferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.skyferry.storage.Body;
import io.skyferry.storage.ByteRange;
import io.skyferry.storage.Content;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.HashType;
import io.skyferry.storage.ListPage;
import io.skyferry.storage.ListRequest;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.Verb;
import io.skyferry.storage.WriteOptions;
import io.skyferry.storage.WriteOptions.Condition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// What the chapters of the contract share: an open storage and short words for what tests do with it.
abstract class ContractChapter {
    static final WriteOptions ABSENT = WriteOptions.PLAIN.under(new Condition.Absent());

    private final ContractPlace place;
    private @Nullable Storage opened;

    ContractChapter(ContractPlace place) {
        this.place = place;
    }

    @BeforeEach
    void open() {
        opened = place.open();
    }

    @AfterEach
    void close() {
        storage().close();
    }

    Storage storage() {
        if (opened == null) {
            throw new IllegalStateException("Want an open storage");
        }
        return opened;
    }

    boolean can(Verb verb) {
        return storage().capabilities().can(verb);
    }

    /// Writes what has a name that is taken already, where directories are made up; else asserts that it is refused.
    void writeBeside(String path, String text) {
        if (place.oneName() == StorageContract.OneName.TAKEN_TWICE) {
            write(path, text);
            assertThat(text(path)).isEqualTo(text);
        } else {
            assertThat(failureOf(() -> write(path, text)).where().path()).isEqualTo(path(path));
        }
    }

    boolean hasDirectories() {
        return storage().capabilities().listing().emptyDirectories();
    }

    /// Runs where the verb is declared; else asserts that it is refused.
    void where(Verb verb, ThrowingCallable test) {
        if (can(verb)) {
            run(test);
        } else {
            VerbProbe.assertRefused(storage(), verb);
        }
    }

    private static void run(ThrowingCallable test) {
        Throwable thrown = catchThrowable(test);
        switch (thrown) {
            case null -> {}
            case RuntimeException unchecked -> throw unchecked;
            case Error error -> throw error;
            default -> throw new AssertionError("The test failed", thrown);
        }
    }

    static RelPath path(String text) {
        return new RelPath(text);
    }

    static byte[] bytes(int count, long seed) {
        byte[] bytes = new byte[count];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }

    Entry.File write(String path, String text) {
        return write(path, BytesContent.of(text), WriteOptions.PLAIN);
    }

    Entry.File write(String path, Content content, WriteOptions options) {
        return storage().write(path(path), content, options);
    }

    WriteOptions matching(Entry.File seen) {
        return WriteOptions.PLAIN.under(new Condition.Matches(seen.version().orElseThrow()));
    }

    /// The file that is there now.
    Entry.File file(String path) {
        Optional<Entry> found = storage().stat(path(path));
        assertThat(found).get().isInstanceOf(Entry.File.class);
        return (Entry.File) found.orElseThrow();
    }

    byte[] read(Entry.File seen, ByteRange range) {
        try (Body body = storage().read(seen, range)) {
            return body.stream().readAllBytes();
        } catch (IOException broken) {
            throw StorageException.inStream(broken);
        }
    }

    /// Says in one short line which bytes they are, so that a failure stays readable.
    static String digest(byte[] bytes) {
        return "%s bytes, %s".formatted(bytes.length, MemoryFile.hash(HashType.MD5, bytes));
    }

    void assertHolds(String path, byte[] expected) {
        assertThat(digest(read(file(path), ByteRange.ALL))).isEqualTo(digest(expected));
    }

    String text(String path) {
        return new String(read(file(path), ByteRange.ALL), StandardCharsets.UTF_8);
    }

    /// The time, as exact as the storage keeps it.
    Instant kept(String time) {
        Duration step = storage().capabilities().modTimes().precision();
        Instant at = Instant.parse(time);
        if (step.compareTo(Duration.ofSeconds(1)) >= 0) {
            return Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), step.toSeconds()) * step.toSeconds());
        }
        return Instant.ofEpochSecond(at.getEpochSecond(), at.getNano() / step.toNanos() * step.toNanos());
    }

    List<Entry> children(String directory) {
        return allPages(ListRequest.children(path(directory)));
    }

    /// Everything below a directory, by one listing or, where that is not offered, by walking.
    List<Entry> tree(String directory) {
        return storage().capabilities().listing().recursive()
                ? allPages(ListRequest.tree(path(directory)))
                : walk(path(directory));
    }

    private List<Entry> walk(RelPath directory) {
        List<Entry> found = new ArrayList<>();
        for (Entry entry : allPages(ListRequest.children(directory))) {
            found.add(entry);
            if (entry instanceof Entry.Directory below) {
                found.addAll(walkMadeUp(below.path()));
            }
        }
        return found;
    }

    /// Servers over a file system show a directory that a failed write left, but nothing lies below it.
    private List<Entry> walkMadeUp(RelPath directory) {
        try {
            return walk(directory);
        } catch (StorageException failure) {
            if (hasDirectories() || failure.kind() != ErrorKind.NOT_FOUND) {
                throw failure;
            }
            return List.of();
        }
    }

    /// Waits until listings show all that was written.
    void settle() {
        place.settle(storage());
    }

    List<Entry> allPages(ListRequest request) {
        settle();
        List<Entry> all = new ArrayList<>();
        ListRequest next = request;
        while (true) {
            ListPage page = storage().list(next);
            all.addAll(page.entries());
            if (page.next().isEmpty()) {
                return all;
            }
            next = request.goOnAfter(page.next().orElseThrow());
        }
    }

    List<String> filesIn(List<Entry> entries) {
        return entries.stream()
                .filter(Entry.File.class::isInstance)
                .map(entry -> entry.path().text())
                .toList();
    }

    /// Asserts that a call fails so, without effect, and tells where in the caller's names.
    StorageException assertFails(Verb verb, String path, ThrowingCallable call, ErrorKind... kinds) {
        StorageException failure = failureOf(call);
        assertThat(failure.kind()).as(String.valueOf(failure.getMessage())).isIn((Object[]) kinds);
        assertThat(failure.where().storage()).isEqualTo(storage().displayName());
        assertThat(failure.where().verb()).isEqualTo(verb);
        assertThat(failure.where().path()).isEqualTo(path(path));
        return failure;
    }

    static StorageException failureOf(ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        assertThat(thrown).isInstanceOf(StorageException.class);
        return (StorageException) thrown;
    }

    void assertNothingAt(String path) {
        assertThat(storage().stat(path(path))).isEmpty();
        assertThat(filesIn(tree(""))).doesNotContain(path);
    }
}
