package io.skyferry.filter;

import io.skyferry.storage.Entry;
import io.skyferry.storage.ModTime;
import io.skyferry.storage.RelPath;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// Makes filters and files for tests.
final class Flags {
    /// When every test takes place.
    static final ZonedDateTime NOW = ZonedDateTime.of(2026, 11, 21, 12, 0, 0, 0, ZoneOffset.UTC);

    private Flags() {}

    /// @param words `--include`, its value, and so on; a value for a flag that names a file is that file's content
    static Filter filter(String... words) {
        return flags(words).build(NOW, name -> name, new Random(1));
    }

    static FilterFlags flags(String... words) {
        FilterFlags flags = FilterFlags.NONE;
        for (int i = 0; i < words.length; i++) {
            if (words[i].equals("--ignore-case")) {
                flags = flags.withCaseIgnored();
            } else {
                flags = flags.with(flag(words[i]), words[++i]);
            }
        }
        return flags;
    }

    private static FilterFlag flag(String spelling) {
        for (FilterFlag flag : FilterFlag.values()) {
            if (flag.spelling().equals(spelling)) {
                return flag;
            }
        }
        throw new IllegalArgumentException("Want a flag but have '%s'".formatted(spelling));
    }

    static Entry.File file(String path) {
        return file(path, 0, new ModTime.Known(NOW.toInstant()));
    }

    static Entry.File file(String path, long size) {
        return file(path, size, new ModTime.Known(NOW.toInstant()));
    }

    static Entry.File file(String path, Instant changed) {
        return file(path, 0, new ModTime.Known(changed));
    }

    static Entry.File file(String path, long size, ModTime changed) {
        return new Entry.File(
                new RelPath(path), size, changed, Map.of(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    static Entry.Directory directory(String path) {
        return new Entry.Directory(new RelPath(path), Optional.empty());
    }
}
