package io.skyferry.storages.local;

import io.skyferry.storage.Entry;
import io.skyferry.storage.ListPage;
import io.skyferry.storage.ListRequest;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storages.local.disk.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A folder of a test and the storages over it.
final class Place implements AutoCloseable {
    private final Path root;
    private final List<Storage> open = new ArrayList<>();

    Place(Path root) {
        this.root = root;
    }

    Path root() {
        return root;
    }

    /// A storage over the folder, with short pages.
    ///
    /// @param settings names and values in turn
    Storage storage(Disk disk, String... settings) {
        Map<String, String> all = new HashMap<>(Map.of("path", root.toString()));
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        Storage storage = new LocalStorage(LocalSettings.of(all), disk, 7);
        open.add(storage);
        return storage;
    }

    Path file(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    Path directory(String path) throws IOException {
        return Files.createDirectories(root.resolve(path));
    }

    Path link(String path, String target) throws IOException {
        Path link = root.resolve(path);
        Files.createDirectories(link.getParent());
        return Files.createSymbolicLink(link, Path.of(target));
    }

    String text(String path) throws IOException {
        return Files.readString(root.resolve(path));
    }

    /// The names of all that lies below the root, of ours too.
    List<String> everything() throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.filter(path -> !path.equals(root))
                    .map(path -> root.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }

    static RelPath path(String text) {
        return new RelPath(text);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static Entry.File file(Storage storage, String path) {
        return (Entry.File) storage.stat(path(path)).orElseThrow();
    }

    static List<Entry> list(Storage storage, ListRequest request) {
        List<Entry> entries = new ArrayList<>();
        Optional<String> next = Optional.empty();
        do {
            ListPage page = storage.list(next.map(request::goOnAfter).orElse(request));
            entries.addAll(page.entries());
            next = page.next();
        } while (next.isPresent());
        return entries;
    }

    static List<Entry> tree(Storage storage) {
        return list(storage, ListRequest.tree(RelPath.ROOT));
    }

    static List<String> keys(List<Entry> entries) {
        return entries.stream()
                .map(entry -> entry instanceof Entry.Directory
                        ? entry.path().text() + "/"
                        : entry.path().text())
                .toList();
    }

    @Override
    public void close() {
        for (Storage storage : open) {
            storage.close();
        }
    }
}
