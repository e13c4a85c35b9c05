package io.skyferry.memory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The operating system's lock on a pair, and the note in the file that is locked.
///
/// The lock goes with its process, however that ends. It belongs to the process as a whole, and is lost as soon as the
/// process closes the file once, whoever opened it: so locks of this process are kept count of, and the file is not
/// touched while one is held.
final class PairLock implements AutoCloseable {
    /// Far behind the note, which others must be able to read where locks are binding.
    private static final long POSITION = Long.MAX_VALUE - 1;

    private static final int NOTE_BYTES = 64 * 1024;

    private static final Map<Object, Holder> HELD_HERE = new ConcurrentHashMap<>();

    private final Path file;
    private final Object identity;
    private final FileChannel channel;
    private LockNote note;

    /// What came of asking for a lock.
    ///
    /// @param lock empty where it is another's
    /// @param holder who that is, where he said so
    record Outcome(Optional<PairLock> lock, Optional<Holder> holder) {
        private static Outcome locked(PairLock lock) {
            return new Outcome(Optional.of(lock), Optional.empty());
        }

        private static Outcome inUse(Optional<Holder> holder) {
            return new Outcome(Optional.empty(), holder);
        }
    }

    private PairLock(Path file, Object identity, FileChannel channel, LockNote note) {
        this.file = file;
        this.identity = identity;
        this.channel = channel;
        this.note = note;
    }

    /// Asks for the lock of a file, once.
    static Outcome ask(Path file, Holder holder) throws IOException {
        return undisturbed(() -> asked(file, holder));
    }

    /// What is done with a channel.
    private interface Doing<T> {
        T done() throws IOException;
    }

    /// Hides an interrupt for the moment: a channel that is used by an interrupted thread closes, and the lock goes.
    private static <T> T undisturbed(Doing<T> doing) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            return doing.done();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Outcome asked(Path file, Holder holder) throws IOException {
        Object identity = made(file);
        Holder here = HELD_HERE.putIfAbsent(identity, holder);
        if (here != null) {
            return Outcome.inUse(Optional.of(here));
        }
        boolean locked = false;
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            // Who removes the file of a lock makes room for a second one, which would not exclude the first.
            locked = isLocked(channel)
                    && FileIdentity.of(file).filter(identity::equals).isPresent();
            LockNote found = read(channel);
            return locked
                    ? Outcome.locked(new PairLock(file, identity, channel, found))
                    : Outcome.inUse(found.holder());
        } finally {
            if (!locked) {
                channel.close();
                HELD_HERE.remove(identity);
            }
        }
    }

    private static Object made(Path file) throws IOException {
        try {
            Files.createFile(file);
        } catch (FileAlreadyExistsException _) {
            // As it should be.
        }
        return FileIdentity.of(file).orElseThrow(() -> new IOException("'%s' went away".formatted(file)));
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(POSITION, 1, false) != null;
        } catch (OverlappingFileLockException _) {
            // Held by another class loader's copy of this class.
            return false;
        }
    }

    private static LockNote read(FileChannel channel) throws IOException {
        var buffer = ByteBuffer.allocate((int) Math.min(channel.size(), NOTE_BYTES));
        int position = 0;
        int read = channel.read(buffer, position);
        while (read > 0) {
            position += read;
            read = channel.read(buffer, position);
        }
        byte[] bytes = new byte[buffer.flip().remaining()];
        buffer.get(bytes);
        return LockNote.of(bytes);
    }

    /// What stands in the file.
    synchronized LockNote note() {
        return note;
    }

    /// Writes a note in the place of the one that stands there.
    synchronized void write(LockNote value) throws IOException {
        note = value;
        int _ = undisturbed(() -> written(ByteBuffer.wrap(value.bytes())));
    }

    private int written(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes, bytes.position());
        }
        channel.truncate(bytes.limit());
        return bytes.limit();
    }

    /// Whether the lock is still held, and on the file that others would find.
    boolean isInPlace() {
        return channel.isOpen()
                && FileIdentity.of(file).filter(identity::equals).isPresent();
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            HELD_HERE.remove(identity);
        }
    }
}
