package io.skyferry.storages.local;

import io.skyferry.hash.Hasher;
import io.skyferry.storage.CancelledException;
import io.skyferry.storage.Content;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageException.Where;
import io.skyferry.storages.local.disk.CopyBuffer;
import io.skyferry.storages.local.disk.DiskException;
import io.skyferry.storages.local.disk.DiskFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// Moves a content's bytes into a file of the disk and hashes them in the same pass.
///
/// The target's trouble leaves as [DiskException], the source's as [ErrorKind#SOURCE_FAILED].
final class Copier {
    /// Below this a copy costs no more than sharing blocks, and brings a hash.
    private static final long SHARED_FROM = 128 * 1024;

    private final Origins origins;
    private final AtomicBoolean sharesBlocks = new AtomicBoolean(true);

    Copier(Origins origins) {
        this.origins = origins;
    }

    /// The whole content, which is checked to be as long as it says.
    Copied copyAll(Content content, DiskFile target, Where where) throws DiskException {
        Optional<SourceFile> source = origins.open(content);
        if (source.isPresent()) {
            try (SourceFile file = source.orElseThrow()) {
                return copyFile(file, target, where);
            }
        }
        long size = content.size().orElse(Long.MAX_VALUE);
        return copyStream(content, new Stretch(0, size, 0), content.size().isPresent(), target, Holes.SKIP, where);
    }

    /// A part of the content, put at the same place of the target.
    ///
    /// @return XXH128 of the part's bytes
    String copyPart(Content content, long offset, long length, DiskFile target, Where where) throws DiskException {
        Optional<SourceFile> source = origins.open(content);
        if (source.isPresent()) {
            try (SourceFile file = source.orElseThrow();
                    CopyBuffer buffer = CopyBuffer.lease()) {
                copyRange(file, offset, offset + length, target, Holes.PUNCH, buffer, where);
                expectUnchanged(file, where);
                return buffer.hasher().hex();
            }
        }
        return copyStream(content, new Stretch(offset, length, offset), false, target, Holes.PUNCH, where)
                .hash()
                .orElseThrow();
    }

    private Copied copyFile(SourceFile source, DiskFile target, Where where) throws DiskException {
        long size = source.state().size();
        if (share(source, target)) {
            expectUnchanged(source, where);
            return new Copied(size, Optional.empty());
        }
        try (CopyBuffer buffer = CopyBuffer.lease()) {
            copyRange(source, 0, size, target, Holes.SKIP, buffer, where);
            if (source.state().isSparse()) {
                target.resize(size);
            }
            expectUnchanged(source, where);
            return new Copied(size, Optional.of(buffer.hasher().hex()));
        }
    }

    /// Makes the target share the source's blocks, where it is worth it and the file system can.
    boolean share(SourceFile source, DiskFile target) {
        if (source.state().size() < SHARED_FROM || !sharesBlocks.get()) {
            return false;
        }
        boolean shared = target.cloneOf(source.file());
        if (!shared) {
            // Asked once for each storage: a file system that cannot do it today cannot do it for the next file.
            sharesBlocks.set(false);
        }
        return shared;
    }

    /// What becomes of stretches that the source has not written.
    private enum Holes {
        /// The target is new there: nothing is done.
        SKIP,
        /// Something may stand there from before: it is made to read as zeros.
        PUNCH
    }

    private static void copyRange(
            SourceFile source, long from, long to, DiskFile target, Holes holes, CopyBuffer buffer, Where where)
            throws DiskException {
        if (!source.state().isSparse()) {
            copyData(source, from, to, target, false, buffer, where);
            return;
        }
        long size = source.state().size();
        for (long at = from; at < to; ) {
            long data = Math.min(to, source.file().nextData(at, size));
            if (data > at) {
                passHole(at, data, target, holes, buffer);
            }
            long hole = data < to ? Math.min(to, source.file().nextHole(data, size)) : to;
            copyData(source, data, hole, target, holes == Holes.SKIP, buffer, where);
            at = Math.max(hole, data);
        }
    }

    /// A hole is hashed as the zeros that it reads as.
    private static void passHole(long from, long to, DiskFile target, Holes holes, CopyBuffer buffer)
            throws DiskException {
        Zeros.fill(buffer);
        boolean written = holes == Holes.PUNCH && !target.punch(from, to - from);
        for (long at = from; at < to; ) {
            int step = (int) Math.min(CopyBuffer.SIZE, to - at);
            buffer.hasher().update(buffer.segment(), 0, step);
            if (written) {
                target.write(buffer, 0, step, at);
            }
            at += step;
            expectNotCancelled();
        }
    }

    private static void copyData(
            SourceFile source, long from, long to, DiskFile target, boolean skipsZeros, CopyBuffer buffer, Where where)
            throws DiskException {
        Hasher hasher = buffer.hasher();
        for (long at = from; at < to; ) {
            int step = (int) Math.min(CopyBuffer.SIZE, to - at);
            int read = read(source, buffer, step, at, where);
            if (read < step) {
                throw failed(where, "It became shorter while it was read");
            }
            hasher.update(buffer.segment(), 0, step);
            if (skipsZeros) {
                Zeros.writeOthers(buffer, step, target, at);
            } else {
                target.write(buffer, 0, step, at);
            }
            at += step;
            if (at < to) {
                expectNotCancelled();
            }
        }
    }

    private static int read(SourceFile source, CopyBuffer buffer, int length, long at, Where where) {
        try {
            return source.file().read(buffer, length, at);
        } catch (DiskException refused) {
            throw failed(where, refused.words()).causedBy(refused);
        }
    }

    private static void expectUnchanged(SourceFile source, Where where) {
        try {
            source.expectUnchanged();
        } catch (DiskException changed) {
            throw failed(where, changed.words()).causedBy(changed);
        }
    }

    private static void expectNotCancelled() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancelledException("copying a file");
        }
    }

    private static StorageException failed(Where where, String words) {
        return StorageException.noEffect(
                ErrorKind.SOURCE_FAILED,
                where,
                "The content for '%s' failed: %s".formatted(where.path().text(), words));
    }

    /// Which bytes of a content go where.
    ///
    /// @param place of the first one in the target
    private record Stretch(long offset, long length, long place) {}

    private static Copied copyStream(
            Content content, Stretch stretch, boolean endsThere, DiskFile target, Holes holes, Where where)
            throws DiskException {
        long length = stretch.length();
        try (CopyBuffer buffer = CopyBuffer.lease();
                InputStream stream = content.open(stretch.offset(), length)) {
            byte[] bytes = buffer.onHeap();
            Hasher hasher = buffer.hasher();
            long done = 0;
            boolean left = false;
            while (done < length) {
                int wanted = (int) Math.min(bytes.length, length - done);
                int read = stream.readNBytes(bytes, 0, wanted);
                hasher.update(bytes, 0, read);
                buffer.bytes().put(0, bytes, 0, read);
                // A stream does not tell holes: what is zero all over is taken for one.
                left = Zeros.isAll(buffer, read);
                if (!left || (holes == Holes.PUNCH && !target.punch(stretch.place() + done, read))) {
                    target.write(buffer, 0, read, stretch.place() + done);
                }
                done += read;
                if (read < wanted) {
                    break;
                }
                expectNotCancelled();
            }
            if (length != Long.MAX_VALUE && done < length) {
                throw failed(where, "Want %s bytes but have %s".formatted(length, done));
            }
            if (endsThere && stream.read() >= 0) {
                throw failed(where, "Want %s bytes but have more".formatted(length));
            }
            if (left && holes == Holes.SKIP) {
                target.resize(stretch.place() + done);
            }
            return new Copied(done, Optional.of(hasher.hex()));
        } catch (DiskException targetTrouble) {
            throw targetTrouble;
        } catch (IOException broken) {
            if (broken.getCause() instanceof CancelledException cancelled) {
                throw cancelled;
            }
            throw failed(where, String.valueOf(broken.getMessage())).causedBy(broken);
        } catch (CancelledException cancelled) {
            throw cancelled;
        } catch (StorageException failure) {
            throw failure.kind() == ErrorKind.SOURCE_FAILED && failure.where().equals(where)
                    ? failure
                    : failed(where, String.valueOf(failure.getMessage())).causedBy(failure);
        } catch (RuntimeException broken) {
            throw failed(where, String.valueOf(broken)).causedBy(broken);
        }
    }
}
