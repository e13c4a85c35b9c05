package io.skyferry.engine.compare;

import io.skyferry.storage.Entry;
import io.skyferry.storage.ModTime;
import io.skyferry.storage.Version;
import java.time.Instant;
import java.util.Optional;

/// What tells two states of a file apart from outside: its version, or failing that its size and time.
public final class Tags {
    private Tags() {}

    /// The tag of a file as it was listed. Equal tags mean equal content, as far as the storage can tell.
    public static String of(Entry.File file) {
        Optional<Version> version = file.version();
        return version.isPresent() ? version.orElseThrow().text() : file.size() + "@" + timeOf(file.modTime());
    }

    /// Whether a file can be the one that a tag was made of: where a listing gave no time, its size is all that counts.
    public static boolean fits(String tag, Entry.File file) {
        return tag.equals(of(file))
                || (file.version().isEmpty() && tag.equals(file.size() + "@" + timeOf(new ModTime.NotListed())));
    }

    /// Whether the tag says all that can be said; else a look at the file tells its time.
    public static boolean isWhole(Entry.File file) {
        return file.version().isPresent() || !(file.modTime() instanceof ModTime.NotListed);
    }

    private static String timeOf(ModTime time) {
        return switch (time) {
            case ModTime.Known(Instant at) -> at.toString();
            case ModTime.NotListed _ -> "?";
            case ModTime.NotKept _ -> "-";
        };
    }
}
