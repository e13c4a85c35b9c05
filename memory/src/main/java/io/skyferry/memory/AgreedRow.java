package io.skyferry.memory;

import io.skyferry.engine.pair.Agreed;
import io.skyferry.engine.pair.PairKey;
import io.skyferry.storage.ItemId;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Seal;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.LongFunction;

/// How an agreed row stands in the table: its key, and the rest packed.
///
/// A column for each value would cost three times the reading: every column of every row is a call into C. No lambda
/// here captures anything: a cold process pays for each object so made as for a call into the virtual machine.
final class AgreedRow {
    private static final int DIRECTORY = 1;
    private static final int RACY = 1 << 1;
    private static final int HEXADECIMAL_HASH = 1 << 2;
    private static final int OTHER_HASH = 1 << 3;
    private static final int LEFT_ID = 1 << 4;
    private static final int RIGHT_ID = 1 << 5;
    private static final int RIGHT_SEAL = 1 << 6;
    private static final int PATH = 1 << 7;
    private static final int RIGHT_PATH = 1 << 8;
    private static final int UNFLUSHED = 1 << 9;
    private static final int LEFT_SEAL = 1 << 10;

    private static final HexFormat HEX = HexFormat.of();

    private AgreedRow() {}

    /// Packs a row.
    ///
    /// @param flush the number of its flush; 0 where it is not waiting for one
    static byte[] pack(byte[] key, Agreed row, long flush) {
        boolean hexadecimal =
                row.hash().isPresent() && Hexadecimal.isPlain(row.hash().orElseThrow());
        boolean ownPath = !isPathOf(row);
        int flags = (row.kind() == Agreed.Kind.DIRECTORY ? DIRECTORY : 0)
                | (row.doubt().racy() ? RACY : 0)
                | (hexadecimal ? HEXADECIMAL_HASH : 0)
                | (row.hash().isPresent() && !hexadecimal ? OTHER_HASH : 0)
                | (row.leftId().isPresent() ? LEFT_ID : 0)
                | (row.rightId().isPresent() ? RIGHT_ID : 0)
                | (row.leftSeal().isPresent() ? LEFT_SEAL : 0)
                | (row.rightSeal().isPresent() ? RIGHT_SEAL : 0)
                | (ownPath ? PATH : 0)
                | (row.rightPath().isPresent() ? RIGHT_PATH : 0)
                | (flush == 0 ? 0 : UNFLUSHED);
        var out = new RowWriter().count(flags).number(row.size());
        if (ownPath) {
            out.text(row.path().text());
        }
        if (row.rightPath().isPresent()) {
            out.text(row.rightPath().orElseThrow().text());
        }
        if (hexadecimal) {
            byte[] hash = Hexadecimal.bytesOf(row.hash().orElseThrow());
            out.count(hash.length).raw(hash);
        } else if (row.hash().isPresent()) {
            out.text(row.hash().orElseThrow());
        }
        out.text(row.left()).text(row.right());
        packId(out, row.leftId(), row.left());
        packId(out, row.rightId(), row.right());
        packSeal(out, row.leftSeal());
        packSeal(out, row.rightSeal());
        if (flush != 0) {
            out.count(flush);
        }
        return out.sealed(key);
    }

    /// Whether the path can be told from the key.
    private static boolean isPathOf(Agreed row) {
        String key = row.key().text();
        String path = row.path().text();
        return row.kind() == Agreed.Kind.DIRECTORY
                ? key.length() == path.length() + 1 && key.endsWith("/") && key.startsWith(path)
                : key.equals(path);
    }

    /// An identity is often the beginning of the tag: an inode and its birth.
    private static void packId(RowWriter out, Optional<ItemId> id, String tag) {
        if (id.isPresent()) {
            String text = id.orElseThrow().text();
            boolean begins = tag.startsWith(text);
            out.count(begins ? text.length() : 0).text(begins ? "" : text);
        }
    }

    private static void packSeal(RowWriter out, Optional<Seal> seal) {
        if (seal.isPresent()) {
            out.text(seal.orElseThrow().text());
        }
    }

    /// Unpacks a row.
    ///
    /// @param boots in which boot the bytes of a flush were written; empty once they reached the medium
    /// @throws DamageException if it is not what was packed
    static Agreed unpack(byte[] key, byte[] row, LongFunction<Optional<String>> boots) {
        try {
            return unpack(key, RowReader.of(key, row), boots);
        } catch (IndexOutOfBoundsException | IllegalArgumentException failure) {
            throw new DamageException("a row cannot be read", failure);
        }
    }

    private static Agreed unpack(byte[] key, RowReader in, LongFunction<Optional<String>> boots) {
        var pairKey = new PairKey(RelPath.textOf(key, 0, key.length));
        int flags = in.small();
        long size = in.number();
        boolean directory = has(flags, DIRECTORY);
        RelPath path = has(flags, PATH) ? new RelPath(in.text()) : pathOf(pairKey, directory);
        Optional<RelPath> rightPath = has(flags, RIGHT_PATH) ? Optional.of(new RelPath(in.text())) : Optional.empty();
        Optional<String> hash = unpackHash(in, flags);
        String left = in.text();
        String right = in.text();
        Optional<ItemId> leftId = has(flags, LEFT_ID) ? Optional.of(unpackId(in, left)) : Optional.empty();
        Optional<ItemId> rightId = has(flags, RIGHT_ID) ? Optional.of(unpackId(in, right)) : Optional.empty();
        Optional<Seal> leftSeal = has(flags, LEFT_SEAL) ? Optional.of(new Seal(in.text())) : Optional.empty();
        Optional<Seal> rightSeal = has(flags, RIGHT_SEAL) ? Optional.of(new Seal(in.text())) : Optional.empty();
        Optional<String> boot = has(flags, UNFLUSHED) ? boots.apply(in.count()) : Optional.empty();
        boolean racy = has(flags, RACY);
        return new Agreed(
                pairKey,
                path,
                rightPath,
                directory ? Agreed.Kind.DIRECTORY : Agreed.Kind.FILE,
                size,
                hash,
                left,
                right,
                leftId,
                rightId,
                leftSeal,
                rightSeal,
                boot.isEmpty() && !racy ? Agreed.Doubt.NONE : new Agreed.Doubt(boot, racy));
    }

    private static boolean has(int flags, int flag) {
        return (flags & flag) != 0;
    }

    private static RelPath pathOf(PairKey key, boolean directory) {
        String text = key.text();
        return new RelPath(directory ? text.substring(0, text.length() - 1) : text);
    }

    private static Optional<String> unpackHash(RowReader in, int flags) {
        if (has(flags, HEXADECIMAL_HASH)) {
            return Optional.of(HEX.formatHex(in.raw(in.small())));
        }
        return has(flags, OTHER_HASH) ? Optional.of(in.text()) : Optional.empty();
    }

    private static ItemId unpackId(RowReader in, String tag) {
        int shared = in.small();
        String rest = in.text();
        return new ItemId(shared == 0 ? rest : tag.substring(0, shared));
    }

    /// What an identity is looked up by: few others have the same, and neighbours on a disk stay neighbours here, as
    /// inodes are handed out in order.
    static long markOf(ItemId id) {
        String text = id.text();
        long leading = 0;
        int i = 0;
        while (i < text.length() && i < 12 && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            leading = leading * 10 + (text.charAt(i) - '0');
            i++;
        }
        return ((leading & ((1L << 39) - 1)) << 24) | (Spread.of(text) & 0xFF_FFFF);
    }
}
