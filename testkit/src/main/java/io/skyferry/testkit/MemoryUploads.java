package io.skyferry.testkit;

import io.skyferry.storage.HashType;
import io.skyferry.storage.Part;
import io.skyferry.storage.PartRules;
import io.skyferry.storage.PendingUpload;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.WriteOptions;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The unfinished uploads of a [MemoryStorage].
final class MemoryUploads {
    private final TreeMap<String, Unfinished> byId = new TreeMap<>();

    /// One unfinished upload and the parts that arrived.
    static final class Unfinished {
        final RelPath file;
        final String id;
        final Instant begun;
        final PartRules rules;
        final WriteOptions options;
        private final TreeMap<Integer, byte[]> parts = new TreeMap<>();

        Unfinished(RelPath file, String id, Instant begun, PartRules rules, WriteOptions options) {
            this.file = file;
            this.id = id;
            this.begun = begun;
            this.rules = rules;
            this.options = options;
        }

        Unfinished copy() {
            var copy = new Unfinished(file, id, begun, rules, options);
            copy.parts.putAll(parts);
            return copy;
        }

        int arrived() {
            return parts.size();
        }

        Part put(int number, byte[] bytes) {
            parts.put(number, bytes);
            return partOf(number, bytes);
        }

        boolean holds(int number, byte[] bytes) {
            return Arrays.equals(parts.get(number), bytes);
        }

        List<Part> parts() {
            List<Part> arrived = new ArrayList<>();
            parts.forEach((number, bytes) -> arrived.add(partOf(number, bytes)));
            return arrived;
        }

        byte[] whole() {
            var whole = new ByteArrayOutputStream();
            parts.values().forEach(whole::writeBytes);
            return whole.toByteArray();
        }

        private static Part partOf(int number, byte[] bytes) {
            return new Part(number, bytes.length, MemoryFile.hash(HashType.MD5, bytes));
        }
    }

    void add(Unfinished upload) {
        byId.put(upload.id, upload);
    }

    @Nullable
    Unfinished get(String id) {
        return byId.get(id);
    }

    void remove(String id) {
        byId.remove(id);
    }

    List<PendingUpload> all() {
        return byId.values().stream()
                .map(upload -> new PendingUpload(upload.file, upload.id, upload.begun))
                .toList();
    }

    MemoryUploads copy() {
        var copy = new MemoryUploads();
        byId.forEach((id, upload) -> copy.byId.put(id, upload.copy()));
        return copy;
    }

    void replaceBy(MemoryUploads other) {
        byId.clear();
        other.byId.forEach((id, upload) -> byId.put(id, upload.copy()));
    }
}
