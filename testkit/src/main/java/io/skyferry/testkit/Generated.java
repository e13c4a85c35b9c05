package io.skyferry.testkit;

import io.skyferry.storage.RelPath;
import java.io.InputStream;
import java.util.Optional;

/// The formula of a [GeneratedStorage]: which files it has, how large they are and what they hold.
///
/// @param directories that the files are spread over evenly; 0: all lie in the root
/// @param files in all
/// @param changedEvery every so manieth file differs from that of the plain formula in version, time and
///     content; 0: none
/// @param fileBytes size of each file
public record Generated(long directories, long files, long changedEvery, long fileBytes) {
    /// No file at all.
    public static final Generated NOTHING = new Generated(0, 0, 0, 0);

    /// Checks the numbers.
    public Generated {
        if (directories < 0 || files < 0 || changedEvery < 0 || fileBytes < 0) {
            throw new IllegalArgumentException("Want no negative number but have %s, %s, %s, %s"
                    .formatted(directories, files, changedEvery, fileBytes));
        }
        if (directories > 0 && files % directories != 0) {
            throw new IllegalArgumentException(
                    "Want equally full directories but have %s files in %s".formatted(files, directories));
        }
    }

    /// Small files in one directory.
    public static Generated inOneDirectory(long files) {
        return new Generated(0, files, 0, 10);
    }

    /// Small files spread over directories.
    public static Generated inDirectories(long directories, long files) {
        return new Generated(directories, files, 0, 10);
    }

    /// The same, but every so manieth file has changed.
    public Generated changedEvery(long nth) {
        return new Generated(directories, files, nth, fileBytes);
    }

    /// One entry.
    ///
    /// @param file its number from 0, or -1 for a directory
    /// @param directory its number from 0, or -1 in the root
    record Item(RelPath path, long directory, long file) {
        boolean isDirectory() {
            return file < 0;
        }
    }

    boolean isChanged(long file) {
        return changedEvery > 0 && file % changedEvery == 0;
    }

    Optional<Item> firstBelow(RelPath directory) {
        if (directory.isRoot()) {
            return directories > 0 ? Optional.of(directory(0)) : files > 0 ? Optional.of(file(0)) : Optional.empty();
        }
        return at(directory).filter(Item::isDirectory).flatMap(this::next);
    }

    /// What sorts behind it in the whole tree.
    Optional<Item> next(Item item) {
        if (item.isDirectory()) {
            return files > 0 ? Optional.of(file(item.directory() * perDirectory())) : sibling(item);
        }
        long file = item.file() + 1;
        if (file >= files) {
            return Optional.empty();
        }
        return directories > 0 && file % perDirectory() == 0
                ? Optional.of(directory(file / perDirectory()))
                : Optional.of(file(file));
    }

    /// What sorts behind it and all that it holds, as far as a listing of one directory goes.
    Optional<Item> sibling(Item item) {
        return item.isDirectory()
                ? Optional.of(item.directory() + 1)
                        .filter(other -> other < directories)
                        .map(this::directory)
                : next(item);
    }

    /// The entry of a listing's key.
    Optional<Item> atKey(String key) {
        return at(new RelPath(key.endsWith("/") ? key.substring(0, key.length() - 1) : key));
    }

    /// The entry of a path.
    Optional<Item> at(RelPath path) {
        String name = path.name();
        if (name.length() != 10 || !name.substring(1).chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        long number = Long.parseLong(name.substring(1));
        Optional<Item> item = switch (name.charAt(0)) {
            case 'd' -> number < directories ? Optional.of(directory(number)) : Optional.empty();
            case 'f' -> number < files ? Optional.of(file(number)) : Optional.empty();
            default -> Optional.empty();
        };
        return item.filter(found -> found.path().equals(path));
    }

    private Item directory(long number) {
        return new Item(new RelPath(numbered('d', number)), number, -1);
    }

    private Item file(long number) {
        if (directories == 0) {
            return new Item(new RelPath(numbered('f', number)), -1, number);
        }
        long directory = number / perDirectory();
        return new Item(new RelPath(numbered('d', directory) + "/" + numbered('f', number)), directory, number);
    }

    private long perDirectory() {
        return directories == 0 ? files : files / directories;
    }

    private static String numbered(char letter, long number) {
        char[] text = new char[10];
        text[0] = letter;
        long rest = number;
        for (int i = text.length - 1; i > 0; i--) {
            text[i] = (char) ('0' + rest % 10);
            rest /= 10;
        }
        return new String(text);
    }

    /// Bytes that differ from file to file, and from a changed file to an unchanged one.
    InputStream bytes(long file, long offset, long length) {
        long seed = file * 31 + (isChanged(file) ? 7 : 0);
        return new InputStream() {
            private long position = offset;
            private final long end = offset + length;

            @Override
            public int read() {
                if (position >= end) {
                    return -1;
                }
                long value = (seed + position) * 0x9E3779B97F4A7C15L;
                position++;
                return (int) (value >>> 56);
            }

            @Override
            public int read(byte[] to, int from, int count) {
                int wanted = (int) Math.min(count, end - position);
                for (int i = 0; i < wanted; i++) {
                    to[from + i] = (byte) read();
                }
                return wanted == 0 && count > 0 ? -1 : wanted;
            }
        };
    }
}
