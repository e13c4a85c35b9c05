package io.skyferry.storages.local;

import io.skyferry.storage.Entry;
import io.skyferry.storage.ListPage;
import io.skyferry.storage.ListRequest;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.WriteOptions;
import io.skyferry.storages.local.disk.DiskKind;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Measures the local storage: `LocalBench scan DIR [ROUNDS] [DISK]`, `LocalBench copy FROM TO [DISK]`,
/// `LocalBench make DIR FILES DIRECTORIES BYTES`. Figures are processor time of the calling thread.
final class LocalBench {
    private LocalBench() {}

    /// Runs one of the measurements.
    public static void main(String[] arguments) throws IOException {
        switch (arguments[0]) {
            case "scan" ->
                scan(
                        Path.of(arguments[1]),
                        arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1,
                        kind(arguments, 3));
            case "copy" -> copy(Path.of(arguments[1]), Path.of(arguments[2]), kind(arguments, 3));
            case "make" ->
                make(
                        Path.of(arguments[1]),
                        Integer.parseInt(arguments[2]),
                        Integer.parseInt(arguments[3]),
                        Integer.parseInt(arguments[4]));
            default -> throw new IllegalArgumentException("Want scan, copy or make but have " + arguments[0]);
        }
    }

    private static DiskKind kind(String[] arguments, int at) {
        return arguments.length > at ? DiskKind.valueOf(arguments[at].toUpperCase(Locale.ROOT)) : DiskKind.LINUX;
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static Storage open(Path path, DiskKind kind) {
        return new LocalStorage(LocalSettings.of(Map.of("path", path.toString())), kind.disk());
    }

    private static void scan(Path path, int rounds, DiskKind kind) {
        try (Storage storage = open(path, kind)) {
            for (int round = 0; round < rounds; round++) {
                long wall = System.nanoTime();
                long begun = cpu();
                long files = 0;
                ListPage page = storage.list(ListRequest.tree(RelPath.ROOT));
                while (true) {
                    files += page.entries().stream()
                            .filter(Entry.File.class::isInstance)
                            .count();
                    if (page.next().isEmpty()) {
                        break;
                    }
                    page = storage.list(
                            ListRequest.tree(RelPath.ROOT).goOnAfter(page.next().orElseThrow()));
                }
                tell("scan", files, cpu() - begun, System.nanoTime() - wall);
            }
        }
    }

    private static void copy(Path from, Path to, DiskKind kind) {
        try (Storage source = open(from, kind);
                Storage target = open(to, kind)) {
            long wall = System.nanoTime();
            long begun = cpu();
            long files = 0;
            Optional<String> next = Optional.empty();
            do {
                ListRequest request = ListRequest.tree(RelPath.ROOT);
                ListPage page = source.list(next.map(request::goOnAfter).orElse(request));
                for (Entry entry : page.entries()) {
                    if (entry instanceof Entry.File file) {
                        WriteOptions options = WriteOptions.PLAIN
                                .ownedBy("bench")
                                .at(file.modTime().known().orElseThrow());
                        target.write(file.path(), new OwnContent(source, file), options);
                        files++;
                    }
                }
                next = page.next();
            } while (next.isPresent());
            tell("copy", files, cpu() - begun, System.nanoTime() - wall);
        }
    }

    private static void tell(String what, long files, long cpu, long wall) {
        System.getLogger("bench")
                .log(
                        System.Logger.Level.INFO,
                        "%s: %s files, %s us of processor and %s us of wall each"
                                .formatted(
                                        what,
                                        files,
                                        cpu / 1000.0 / Math.max(1, files),
                                        wall / 1000.0 / Math.max(1, files)));
    }

    private static void make(Path root, int files, int directories, int bytes) throws IOException {
        byte[] content = new byte[bytes];
        Arrays.fill(content, (byte) 'x');
        for (int d = 0; d < directories; d++) {
            Path directory =
                    Files.createDirectories(root.resolve("group-" + d % 30).resolve("directory-" + d));
            for (int f = 0; f < files / directories; f++) {
                Files.write(directory.resolve("file-" + f + ".dat"), content);
            }
        }
    }
}
