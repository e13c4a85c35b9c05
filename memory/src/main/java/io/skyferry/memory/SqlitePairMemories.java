package io.skyferry.memory;

import io.skyferry.engine.pair.ExchangedPairMemory;
import io.skyferry.engine.pair.PairInUseException;
import io.skyferry.engine.pair.PairMemories;
import io.skyferry.engine.pair.PairMemory;
import io.skyferry.engine.pair.PairMemoryException;
import io.skyferry.storage.StorageIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Memories of pairs in a folder, one SQLite file each: `<home>/pairs/<id>.db`.
public final class SqlitePairMemories implements PairMemories {
    private static final Duration POLL = Duration.ofMillis(100);

    private final Path home;
    private final Holder holder;
    private final Sleeper sleeper;
    private final Tuning tuning;

    /// Memories below a home folder, which is made where it is missing.
    ///
    /// @param holder what others are told who want a pair that is in use here
    /// @param sleeper passes the time between two looks at a pair that is in use
    public SqlitePairMemories(Path home, Holder holder, Sleeper sleeper) {
        this(home, holder, sleeper, Tuning.DEFAULT);
    }

    SqlitePairMemories(Path home, Holder holder, Sleeper sleeper, Tuning tuning) {
        this.home = home.toAbsolutePath();
        this.holder = holder;
        this.sleeper = sleeper;
        this.tuning = tuning;
    }

    @Override
    public PairMemory open(StorageIdentity left, StorageIdentity right, Duration patience) {
        var names = PairNames.of(left, right);
        if (names.left().equals(names.right())) {
            throw new IllegalArgumentException("Want two roots but have %s".formatted(names));
        }
        NativeLibrary.prepare(home);
        var files = new MemoryFiles(home.resolve("pairs"), names.id());
        PairLock lock = locked(files, names, patience);
        PairMemory memory = SqlitePairMemory.open(files, names, lock, holder, tuning);
        return PairNames.inOrder(left, right) ? memory : new ExchangedPairMemory(memory);
    }

    private PairLock locked(MemoryFiles files, PairNames names, Duration patience) {
        Duration left = patience;
        while (true) {
            PairLock.Outcome outcome = asked(files, names);
            if (outcome.lock().isPresent()) {
                return outcome.lock().orElseThrow();
            }
            if (!left.isPositive()) {
                throw inUse(names, outcome.holder());
            }
            Duration wait = left.compareTo(POLL) < 0 ? left : POLL;
            sleeper.sleep(wait);
            left = left.minus(wait);
        }
    }

    private PairLock.Outcome asked(MemoryFiles files, PairNames names) {
        try {
            Files.createDirectories(files.folder());
            return PairLock.ask(files.lock(), holder);
        } catch (IOException failure) {
            throw new PairMemoryException(
                    "The pair %s could not be locked by '%s': %s. Is there space, and may this user write there?"
                            .formatted(names, files.lock(), failure),
                    failure);
        }
    }

    private static PairInUseException inUse(PairNames names, Optional<Holder> by) {
        return new PairInUseException("The pair %s is in use by %s"
                .formatted(names, by.map(Holder::toString).orElse("another process")));
    }
}
