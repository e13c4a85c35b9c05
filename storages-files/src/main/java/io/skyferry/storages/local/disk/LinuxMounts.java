package io.skyferry.storages.local.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
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
