package io.skyferry.storages.local;

import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Verb;
import io.skyferry.storages.local.disk.CopyBuffer;
import io.skyferry.storages.local.disk.DiskException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A file's bytes as a stream, which looks again at the file before it gives the last of them.
final class LocalBody extends InputStream {
    private final SourceFile source;
    private final RelPath path;
    private final LocalErrors errors;
    private long place;
    private long left;
    private @Nullable CopyBuffer buffer;
    private int start;
    private int end;
    private boolean closed;
    private boolean isVouchedFor;

    LocalBody(SourceFile source, RelPath path, LocalErrors errors, long place, long length) {
        this.source = source;
        this.path = path;
        this.errors = errors;
        this.place = place;
        this.left = length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (closed) {
            throw new IOException("The stream of '%s' is closed".formatted(path.text()));
        }
        if (length == 0) {
            return 0;
        }
        if (start == end && !fill()) {
            return -1;
        }
        int step = Math.min(length, end - start);
        Objects.requireNonNull(buffer).bytes().get(start, into, offset, step);
        start += step;
        return step;
    }

    private boolean fill() throws IOException {
        try {
            if (left == 0) {
                vouch();
                return false;
            }
            CopyBuffer memory = buffer;
            if (memory == null) {
                memory = CopyBuffer.leaseForStream();
                buffer = memory;
            }
            int wanted = (int) Math.min(CopyBuffer.STREAM_SIZE, left);
            int read = source.file().read(memory, wanted, place);
            place += read;
            left -= read;
            if (read < wanted || left == 0) {
                vouch();
            }
            if (read < wanted) {
                throw changed("It ended before its size");
            }
            start = 0;
            end = read;
            return true;
        } catch (DiskException refused) {
            throw errors.of(refused, Verb.READ, path).asIo();
        }
    }

    private void vouch() throws IOException {
        if (isVouchedFor) {
            return;
        }
        try {
            source.expectUnchanged();
            isVouchedFor = true;
        } catch (DiskException changed) {
            throw changed(changed.words());
        }
    }

    private IOException changed(String words) {
        return errors.of(ErrorKind.PRECONDITION_FAILED, Verb.READ, path, words).asIo();
    }

    @Override
    public int available() {
        return end - start;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (buffer != null) {
            buffer.close();
            buffer = null;
        }
        source.close();
    }
}
