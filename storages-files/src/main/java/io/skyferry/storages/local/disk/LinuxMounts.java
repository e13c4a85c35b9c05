package io.skyferry.storages.local.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Reads from the kernel what is mounted where.
///
/// Source: proc_pid_mountinfo(5); `linux/fs.h` for the identifier of a file system.
final class LinuxMounts {
    private static final Path TABLE = Path.of("/proc/self/mountinfo");
    private static final Path BY_UUID = Path.of("/dev/disk/by-uuid");

    private LinuxMounts() {}

    /// What is mounted under this number, or failing that as this device.
    static FileSystem read(long mount, long device, int descriptor) {
        String number = Long.toString(mount);
        String major = Long.toString(device >>> 32);
        String deviceText = major.concat(":").concat(Long.toString(device & 0xFFFF_FFFFL));
        FileSystem byDevice = new FileSystem("", "", "", Optional.empty(), false);
        for (String line : lines()) {
            String[] fields = line.split(" ", -1);
            int dash = 6;
            while (dash < fields.length && !fields[dash].equals("-")) {
                dash++;
            }
            if (dash + 3 < fields.length && (fields[0].equals(number) || fields[2].equals(deviceText))) {
                FileSystem found = told(fields, dash, descriptor);
                if (fields[0].equals(number)) {
                    return found;
                }
                byDevice = found;
            }
        }
        return byDevice;
    }

    /// The path by which the file system of a mount shows a folder first.
    ///
    /// @param mount the number of the mount that the path leads into
    /// @return the path itself where there is no other
    static byte[] firstPath(long mount, byte[] path) {
        String text = new String(path, StandardCharsets.ISO_8859_1);
        String first = firstPath(Long.toString(mount), text, lines());
        return first.getBytes(StandardCharsets.ISO_8859_1);
    }

    static String firstPath(String mount, String path, String[] table) {
        List<Mount> mounts = new ArrayList<>();
        for (String line : table) {
            String[] fields = line.split(" ", -1);
            if (fields.length > 4) {
                mounts.add(new Mount(fields[0], fields[2], plain(fields[3]), plain(fields[4])));
            }
        }
        Optional<Mount> own =
                mounts.stream().filter(one -> one.number().equals(mount)).findFirst();
        Optional<String> inside = own.flatMap(one -> one.inside(path));
        if (inside.isEmpty()) {
            return path;
        }
        String device = own.orElseThrow().device();
        String first = mounts.stream()
                .filter(one -> one.device().equals(device))
                .sorted((one, other) ->
                        Integer.compare(one.root().length(), other.root().length()))
                .flatMap(one -> one.outside(inside.orElseThrow()).stream())
                .findFirst()
                .orElse(path);
        boolean holdsOthers = mounts.stream()
                .anyMatch(one ->
                        below(path, one.point()).filter(rest -> !rest.isEmpty()).isPresent()
                                || below(first, one.point())
                                        .filter(rest -> !rest.isEmpty())
                                        .isPresent());
        return holdsOthers ? path : first;
    }

    /// What stands behind a folder's path in another path; empty text: they are one; empty: it lies elsewhere.
    private static Optional<String> below(String folder, String path) {
        String prefix = folder.equals("/") ? "" : folder;
        boolean isIn = path.equals(folder) || path.startsWith(prefix + "/");
        return isIn
                ? Optional.of(path.substring(path.equals(folder) ? path.length() : prefix.length()))
                : Optional.empty();
    }

    /// A line of the table.
    ///
    /// @param root the folder of the file system that is shown
    /// @param point where it is shown
    private record Mount(String number, String device, String root, String point) {
        Optional<String> inside(String path) {
            return below(point, path).map(rest -> joined(root, rest));
        }

        Optional<String> outside(String inside) {
            return below(root, inside).map(rest -> joined(point, rest));
        }

        private static String joined(String folder, String rest) {
            return rest.isEmpty() ? folder : folder.equals("/") ? rest : folder + rest;
        }
    }

    private static String[] lines() {
        try {
            return new String(Files.readAllBytes(TABLE), StandardCharsets.ISO_8859_1).split("\n", -1);
        } catch (IOException unknown) {
            // A machine without the table tells less; nothing that is written depends on it.
            return new String[0];
        }
    }

    private static FileSystem told(String[] fields, int dash, int descriptor) {
        String source = plain(fields[dash + 2]);
        Optional<String> uuid = source.startsWith("/dev/") ? uuid(source, descriptor) : Optional.empty();
        return new FileSystem(fields[dash + 1], source, fields[dash + 3], uuid, isFolding(descriptor));
    }

    /// The table writes blanks and the like as octal numbers.
    static String plain(String field) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < field.length(); i++) {
            if (field.charAt(i) == '\\' && i + 3 < field.length()) {
                text.append((char) Integer.parseInt(field, i + 1, i + 4, 8));
                i += 3;
            } else {
                text.append(field.charAt(i));
            }
        }
        return text.toString();
    }

    private static Optional<String> uuid(String source, int descriptor) {
        Scratch s = Scratch.take();
        try {
            if (Linux.control(s, descriptor, Abi.FS_IOC_GETFSUUID, s.at(Scratch.STRUCT_AT)) == 0) {
                ByteBuffer memory = s.memory();
                byte[] bytes = new byte[memory.get(Scratch.STRUCT_AT) & 0x1F];
                memory.get(Scratch.STRUCT_AT + 1, bytes);
                return Optional.of(dashed(HexFormat.of().formatHex(bytes)));
            }
        } finally {
            s.give();
        }
        return uuidByLink(source);
    }

    private static String dashed(String hex) {
        return hex.length() != 32
                ? hex
                : String.join(
                        "-",
                        hex.substring(0, 8),
                        hex.substring(8, 12),
                        hex.substring(12, 16),
                        hex.substring(16, 20),
                        hex.substring(20));
    }

    private static Optional<String> uuidByLink(String source) {
        if (!Files.isDirectory(BY_UUID)) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> links = Files.newDirectoryStream(BY_UUID)) {
            Path device = Path.of(source).toRealPath();
            for (Path link : links) {
                if (link.toRealPath().equals(device)) {
                    return Optional.of(link.getFileName().toString());
                }
            }
        } catch (IOException unknown) {
            // The device itself is the next best name.
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static boolean isFolding(int descriptor) {
        Scratch s = Scratch.take();
        try {
            return Linux.control(s, descriptor, Abi.FS_IOC_GETFLAGS, s.at(Scratch.STRUCT_AT)) == 0
                    && (s.memory().getInt(Scratch.STRUCT_AT) & Abi.FS_CASEFOLD_FL) != 0;
        } finally {
            s.give();
        }
    }
}
