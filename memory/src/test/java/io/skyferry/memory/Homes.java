package io.skyferry.memory;

import io.skyferry.engine.pair.Agreed;
import io.skyferry.engine.pair.PairMemory;
import io.skyferry.engine.pair.PairSamples;
import io.skyferry.storage.StorageIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A home folder with the memory of one pair, and what may happen to its files.
///
/// @param folder the home
record Homes(Path folder, Tuning tuning) {
    static final StorageIdentity LEFT = PairSamples.place("/home/alice");
    static final StorageIdentity RIGHT = PairSamples.place("/mnt/backup");

    Homes(Path folder) {
        this(folder, new Tuning(100, Duration.ofMillis(5), 64, Tuning.DEFAULT.maxPages(), 1));
    }

    PairMemory open() {
        return open(LEFT, RIGHT);
    }

    PairMemory open(StorageIdentity left, StorageIdentity right) {
        return memories().open(left, right, Duration.ZERO);
    }

    SqlitePairMemories memories() {
        return new SqlitePairMemories(folder, new Holder(4711, "sync a b", Instant.EPOCH), _ -> {}, tuning);
    }

    MemoryFiles files() {
        return new MemoryFiles(
                folder.resolve("pairs"), PairNames.of(LEFT, RIGHT).id());
    }

    Path database() {
        return files().database();
    }

    /// Makes a memory of rows that a run left in order.
    void fill(int from, int to) {
        try (PairMemory memory = open()) {
            for (int i = from; i < to; i++) {
                memory.put(row(i));
            }
        }
    }

    static Agreed row(int i) {
        return PairSamples.file("folder/file " + (100_000 + i));
    }

    static List<Agreed> rows(int from, int to) {
        return Stream.iterate(from, i -> i < to, i -> i + 1).map(Homes::row).toList();
    }

    static List<Agreed> rowsOf(PairMemory memory) {
        var rows = new ArrayList<Agreed>();
        try (PairMemory.Rows all = memory.agreed()) {
            all.forEachRemaining(rows::add);
        }
        return rows;
    }

    /// Copies the memory, as a backup would.
    Path saved() throws IOException {
        Path copy = folder.resolve("saved.db");
        Files.copy(database(), copy, StandardCopyOption.REPLACE_EXISTING);
        return copy;
    }

    /// Puts other bytes into the file without a trace: size and time stay.
    void rot(byte[] bytes) throws IOException {
        FileTime before = Files.getLastModifiedTime(database());
        Files.write(database(), bytes);
        Files.setLastModifiedTime(database(), before);
    }

    List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("pairs"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
