package io.skyferry.storages.local;

import io.skyferry.storage.RelPath;
import java.util.Locale;
import java.util.Map;

/// The settings of a local folder.
///
/// @param path absolute, as text that [RelPath#bytesOf] puts into bytes; no `/` at its end but for the top
/// @param fsync whether each file is on the medium before its write returns
record LocalSettings(String path, SymbolicLinks links, Borders borders, Fsync fsync, Probing probing) {
    static final String PATH = "path";
    static final String LINKS = "links";
    static final String ONE_FILE_SYSTEM = "one-file-system";
    static final String FSYNC = "fsync";
    static final String PROBE = "probe";

    /// What becomes of symbolic links below the root.
    enum SymbolicLinks {
        /// They are told and left alone.
        SKIP,
        /// What they lead to is taken for what stands there.
        FOLLOW,
        /// They are small text files whose content is where they lead.
        TEXT
    }

    /// Whether listings enter what is mounted below the root.
    enum Borders {
        /// They do.
        CROSS,
        /// They do not.
        STAY
    }

    /// When a file must be on the medium.
    enum Fsync {
        /// At a flush.
        LATER,
        /// At the end of each write.
        EACH
    }

    /// How it is found out what names a file system of an unknown kind tells apart.
    enum Probing {
        /// By looking at what is there.
        LOOK,
        /// By making a small file and removing it, where looking tells nothing.
        WRITE
    }

    static LocalSettings of(Map<String, String> settings) {
        String path = settings.getOrDefault(PATH, "");
        return new LocalSettings(
                checkedPath(path),
                switch (settings.getOrDefault(LINKS, "skip").toLowerCase(Locale.ROOT)) {
                    case "skip" -> SymbolicLinks.SKIP;
                    case "follow" -> SymbolicLinks.FOLLOW;
                    case "text" -> SymbolicLinks.TEXT;
                    default -> throw wrong(LINKS, "skip, follow or text", settings.getOrDefault(LINKS, ""));
                },
                isOn(settings, ONE_FILE_SYSTEM) ? Borders.STAY : Borders.CROSS,
                isOn(settings, FSYNC) ? Fsync.EACH : Fsync.LATER,
                switch (settings.getOrDefault(PROBE, "look").toLowerCase(Locale.ROOT)) {
                    case "look" -> Probing.LOOK;
                    case "write" -> Probing.WRITE;
                    default -> throw wrong(PROBE, "look or write", settings.getOrDefault(PROBE, ""));
                });
    }

    private static String checkedPath(String path) {
        boolean absolute = path.startsWith("/") || (path.length() > 2 && path.charAt(1) == ':');
        if (!absolute || path.indexOf(0) >= 0) {
            throw wrong(PATH, "an absolute path", path);
        }
        String cut = path;
        while (cut.length() > 1 && cut.endsWith("/")) {
            cut = cut.substring(0, cut.length() - 1);
        }
        return cut;
    }

    private static boolean isOn(Map<String, String> settings, String name) {
        return switch (settings.getOrDefault(name, "off").toLowerCase(Locale.ROOT)) {
            case "on" -> true;
            case "off" -> false;
            default -> throw wrong(name, "on or off", settings.getOrDefault(name, ""));
        };
    }

    private static IllegalArgumentException wrong(String name, String wanted, String found) {
        return new IllegalArgumentException("Want %s for '%s' but have '%s'".formatted(wanted, name, found));
    }

    /// The root's path as it stands on the disk.
    byte[] pathBytes() {
        return RelPath.bytesOf(path);
    }
}
