package io.skyferry.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The files of one pair's memory: `<id>.db` with the log that SQLite keeps beside it, `<id>.lock`, and what was put
/// aside, `<id>.db.bad-<n>`.
///
/// @param folder that holds them
/// @param id of the pair
record MemoryFiles(Path folder, String id) {
    private static final int KEPT_ASIDE = 3;
    private static final String ASIDE = ".bad-";

    Path database() {
        return folder.resolve(id + ".db");
    }

    Path lock() {
        return folder.resolve(id + ".lock");
    }

    private List<Path> companions() {
        return List.of(folder.resolve(id + ".db-wal"), folder.resolve(id + ".db-shm"));
    }

    /// Whether anything stands where the memory should.
    boolean exists() {
        return Files.exists(database(), LinkOption.NOFOLLOW_LINKS);
    }

    /// Whether the last one to write was kept from moving all of it into the file.
    boolean hasLog() {
        return FileIdentity.of(companions().getFirst()).isPresent();
    }

    /// Removes what SQLite left beside a file that is gone.
    void removeCompanions() throws IOException {
        for (Path companion : companions()) {
            Files.deleteIfExists(companion);
        }
    }

    /// Renames the memory, and removes the oldest ones that were put aside where there are too many.
    ///
    /// @return its new name
    Path putAside() throws IOException {
        List<Path> aside = aside();
        int number = aside.isEmpty() ? 1 : numberOf(aside.getLast()) + 1;
        Path renamed = folder.resolve(id + ".db" + ASIDE + number);
        Files.move(database(), renamed, StandardCopyOption.ATOMIC_MOVE);
        Path log = companions().getFirst();
        if (Files.exists(log, LinkOption.NOFOLLOW_LINKS)) {
            Files.move(log, folder.resolve(renamed.getFileName() + "-wal"), StandardCopyOption.ATOMIC_MOVE);
        }
        removeCompanions();
        aside.add(renamed);
        for (Path old : aside.subList(0, Math.max(0, aside.size() - KEPT_ASIDE))) {
            removeTree(old);
            Files.deleteIfExists(folder.resolve(old.getFileName() + "-wal"));
        }
        return renamed;
    }

    private List<Path> aside() throws IOException {
        String start = id + ".db" + ASIDE;
        try (Stream<Path> files = Files.list(folder)) {
            return new ArrayList<>(
                    files.filter(file -> file.getFileName().toString().startsWith(start))
                            .filter(file -> numberOf(file) > 0)
                            .sorted(Comparator.comparingInt(MemoryFiles::numberOf))
                            .toList());
        }
    }

    /// The number of a memory that was put aside; 0 for any other file.
    private static int numberOf(Path file) {
        String name = file.getFileName().toString();
        String number = name.substring(name.lastIndexOf(ASIDE) + ASIDE.length());
        return number.matches("[0-9]{1,9}") ? Integer.parseInt(number) : 0;
    }

    private static void removeTree(Path file) throws IOException {
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            try (Stream<Path> tree = Files.walk(file)) {
                for (Path one : tree.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(one);
                }
            }
        } else {
            Files.deleteIfExists(file);
        }
    }
}
