package io.skyferry.storages.local;

import io.skyferry.hash.Hasher;
import io.skyferry.storage.ByteRange;
import io.skyferry.storage.HashType;
import io.skyferry.storage.Part;
import io.skyferry.storage.PartRules;
import io.skyferry.storages.local.disk.CopyBuffer;
import io.skyferry.storages.local.disk.DiskException;
import io.skyferry.storages.local.disk.DiskFile;
import io.skyferry.storages.local.disk.Inode;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// A temporary file that is filled in parts. Behind the content's end stands the checksum of each part that arrived, so
/// that a later process can tell what is there from what is not, whatever a crash left.
final class PartFile implements AutoCloseable {
    private static final int MARK_BYTES = 16;
    private static final String NO_MARK = "0".repeat(2 * MARK_BYTES);

    private final DiskFile file;
    private final PartRules rules;

    PartFile(DiskFile file, PartRules rules) {
        this.file = file;
        this.rules = rules;
    }

    DiskFile file() {
        return file;
    }

    /// Notes that a part arrived.
    void mark(int number, String tag) throws DiskException {
        try (CopyBuffer buffer = CopyBuffer.lease()) {
            buffer.bytes().put(0, HexFormat.of().parseHex(tag));
            file.write(buffer, 0, MARK_BYTES, markAt(number));
        }
    }

    /// Whether an earlier finish cut the marks off already.
    boolean isCut() throws DiskException {
        Inode now = new Inode();
        file.look(now);
        return now.size() == rules.totalBytes();
    }

    private long markAt(int number) {
        return rules.totalBytes() + (long) MARK_BYTES * (number - 1);
    }

    /// The checksum noted of a part; empty while it has not arrived.
    Optional<String> markOf(int number) throws DiskException {
        try (CopyBuffer buffer = CopyBuffer.lease()) {
            byte[] bytes = new byte[MARK_BYTES];
            int read = file.read(buffer, MARK_BYTES, markAt(number));
            buffer.bytes().get(0, bytes, 0, read);
            String mark = HexFormat.of().formatHex(bytes);
            return mark.equals(NO_MARK) ? Optional.empty() : Optional.of(mark);
        }
    }

    /// Whether a part's bytes have this checksum.
    boolean holds(int number, String tag) throws DiskException {
        return hashOf(file, rules.range(number)).equals(tag);
    }

    /// The parts that arrived whole, each read again.
    List<Part> arrived() throws DiskException {
        List<Part> parts = new ArrayList<>();
        for (int number = 1; number <= rules.count(); number++) {
            Optional<String> mark = markOf(number);
            if (mark.isPresent() && holds(number, mark.orElseThrow())) {
                parts.add(new Part(number, rules.range(number).length(), mark.orElseThrow()));
            }
        }
        return parts;
    }

    /// The hash of the whole content.
    String wholeHash(HashType type) throws DiskException {
        try (CopyBuffer buffer = CopyBuffer.lease()) {
            return hashOf(file, new ByteRange(0, rules.totalBytes()), buffer, Hasher.of(type));
        }
    }

    /// XXH128 of a stretch of a file.
    static String hashOf(DiskFile file, ByteRange range) throws DiskException {
        try (CopyBuffer buffer = CopyBuffer.lease()) {
            return hashOf(file, range, buffer, buffer.hasher());
        }
    }

    private static String hashOf(DiskFile file, ByteRange range, CopyBuffer buffer, Hasher hasher)
            throws DiskException {
        for (long done = 0; done < range.length(); ) {
            int wanted = (int) Math.min(CopyBuffer.SIZE, range.length() - done);
            int read = file.read(buffer, wanted, range.offset() + done);
            hasher.update(buffer.segment(), 0, read);
            done += read;
            if (read < wanted) {
                break;
            }
        }
        return hasher.hex();
    }

    @Override
    public void close() {
        file.close();
    }
}
