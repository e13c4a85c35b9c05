package io.skyferry.engine.scan;

import io.skyferry.storage.RelPath;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// Lines that are kept for later: few in memory, many in a file of their own. One thread at a time.
public final class Spill implements AutoCloseable {
    private static final int IN_MEMORY = 4_096;
    private static final int BUFFER = 1 << 16;

    private final Path folder;
    private final String name;
    private final int inMemory;
    private final List<String> lines = new ArrayList<>();
    private @Nullable Path file;
    private @Nullable OutputStream out;
    private long count;

    /// Nothing is kept yet.
    ///
    /// @param folder where the file goes, if there must be one
    public Spill(Path folder, String name) {
        this(folder, name, IN_MEMORY);
    }

    /// Nothing is kept yet.
    ///
    /// @param inMemory how many lines are kept in memory; the rest goes to the file
    Spill(Path folder, String name, int inMemory) {
        this.folder = folder;
        this.name = name;
        this.inMemory = inMemory;
    }

    /// How many lines are kept.
    public long count() {
        return count;
    }

    /// Keeps a line; it holds no line feed.
    public void add(String line) {
        count++;
        if (lines.size() < inMemory) {
            lines.add(line);
            return;
        }
        try {
            write(line);
        } catch (IOException failure) {
            throw new UncheckedIOException("Could not keep '%s' in '%s'".formatted(name, folder), failure);
        }
    }

    private void write(String line) throws IOException {
        OutputStream to = out;
        if (to == null) {
            Files.createDirectories(folder);
            Path made = Files.createTempFile(folder, name, ".spill");
            to = new BufferedOutputStream(Files.newOutputStream(made), BUFFER);
            file = made;
            out = to;
        }
        to.write(RelPath.bytesOf(line));
        to.write('\n');
    }

    /// All lines, first one first. No line may be added while they are read.
    public Iterator<String> forward() {
        Path written = flushed();
        return written == null ? lines.iterator() : new Chain(lines.iterator(), new Forward(written));
    }

    /// All lines, last one first. No line may be added while they are read.
    public Iterator<String> backward() {
        Path written = flushed();
        Iterator<String> head = lines.reversed().iterator();
        return written == null ? head : new Chain(new Backward(written), head);
    }

    private @Nullable Path flushed() {
        try {
            if (out != null) {
                out.flush();
            }
            return file;
        } catch (IOException failure) {
            throw new UncheckedIOException("Could not keep '%s' in '%s'".formatted(name, folder), failure);
        }
    }

    @Override
    public void close() {
        try {
            if (out != null) {
                out.close();
            }
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("Could not remove '%s' from '%s'".formatted(name, folder), failure);
        }
    }

    private record Chain(Iterator<String> first, Iterator<String> second) implements Iterator<String> {
        @Override
        public boolean hasNext() {
            return first.hasNext() || second.hasNext();
        }

        @Override
        public String next() {
            return first.hasNext() ? first.next() : second.next();
        }
    }

    /// Lines of a file from its start; the file is closed behind the last one.
    private static final class Forward implements Iterator<String> {
        private final Path file;
        private @Nullable InputStream in;
        private @Nullable String next;
        private boolean ended;

        Forward(Path file) {
            this.file = file;
        }

        @Override
        public boolean hasNext() {
            if (next == null && !ended) {
                try {
                    next = line();
                } catch (IOException failure) {
                    throw new UncheckedIOException("Could not read '%s'".formatted(file), failure);
                }
            }
            return next != null;
        }

        private @Nullable String line() throws IOException {
            InputStream from = in;
            if (from == null) {
                from = new BufferedInputStream(Files.newInputStream(file), BUFFER);
                in = from;
            }
            var bytes = new ByteArrayOutputStream(160);
            for (int b = from.read(); b != '\n'; b = from.read()) {
                if (b < 0) {
                    ended = true;
                    from.close();
                    return null;
                }
                bytes.write(b);
            }
            byte[] line = bytes.toByteArray();
            return RelPath.textOf(line, 0, line.length);
        }

        @Override
        public String next() {
            if (!hasNext() || next == null) {
                throw new NoSuchElementException();
            }
            String line = next;
            next = null;
            return line;
        }
    }

    /// Lines of a file from its end, read in blocks.
    private static final class Backward implements Iterator<String> {
        private final Path file;
        private long left;
        private final List<String> block = new ArrayList<>();
        private byte[] rest = new byte[0];

        Backward(Path file) {
            this.file = file;
            try {
                this.left = Files.size(file);
            } catch (IOException failure) {
                throw new UncheckedIOException("Could not read '%s'".formatted(file), failure);
            }
        }

        @Override
        public boolean hasNext() {
            while (block.isEmpty() && left > 0) {
                fill();
            }
            return !block.isEmpty();
        }

        private void fill() {
            int size = (int) Math.min(BUFFER, left);
            byte[] bytes = new byte[size + rest.length];
            try (var from = new RandomAccessFile(file.toFile(), "r")) {
                from.seek(left - size);
                from.readFully(bytes, 0, size);
            } catch (IOException failure) {
                throw new UncheckedIOException("Could not read '%s'".formatted(file), failure);
            }
            System.arraycopy(rest, 0, bytes, size, rest.length);
            left -= size;
            int start = 0;
            int first = -1;
            for (int i = 0; i < bytes.length; i++) {
                if (bytes[i] == '\n') {
                    if (first < 0 && left > 0) {
                        first = i + 1;
                    } else {
                        block.add(RelPath.textOf(bytes, start, i - start));
                    }
                    start = i + 1;
                }
            }
            // The first line of a block may have begun before it: its bytes wait for the block before.
            int kept = left > 0 ? (first < 0 ? bytes.length : first) : 0;
            rest = new byte[kept];
            System.arraycopy(bytes, 0, rest, 0, kept);
        }

        @Override
        public String next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return block.removeLast();
        }
    }
}
