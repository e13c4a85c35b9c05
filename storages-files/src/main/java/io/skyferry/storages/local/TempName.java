package io.skyferry.storages.local;

import io.skyferry.storages.local.disk.Segments;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// The name of a file that is not finished: `.skyferry-OWNER-HASH-NUMBER.partial`.
///
/// @param owner who made it
/// @param hash of the name that it becomes, so that it can be found again; the name itself may be too long
record TempName(String owner, String hash) {
    private static final byte[] START = ".skyferry-".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = ".partial".getBytes(StandardCharsets.US_ASCII);
    private static final int HASH_DIGITS = 16;
    private static final int LONGEST = 255;

    /// Never twice in a process. It begins where hardly another process did, for names that are taken cost a try: the
    /// time since the machine's start is no clock here, just a number.
    private static final AtomicLong NUMBER =
            new AtomicLong((ProcessHandle.current().pid() << 44 ^ System.nanoTime()) & Long.MAX_VALUE >> 1);

    /// The one for a file of this name.
    static TempName of(String owner, byte[] name) {
        return new TempName(owner, HexFormat.of().toHexDigits(hash(name)));
    }

    /// FNV-1a with 64 bits: it only has to tell neighbours apart.
    private static long hash(byte[] name) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : name) {
            hash = (hash ^ (b & 0xFF)) * 0x100000001b3L;
        }
        return hash;
    }

    /// A name that no other write of this process has.
    byte[] fresh() {
        String number = Long.toString(NUMBER.incrementAndGet(), Character.MAX_RADIX);
        StringBuilder text = new StringBuilder(80);
        text.append(".skyferry-")
                .append(owner)
                .append('-')
                .append(hash)
                .append('-')
                .append(number);
        return text.append(".partial").toString().getBytes(StandardCharsets.US_ASCII);
    }

    /// Whether a name among other bytes begins as ours do; most do not.
    static boolean mayBe(byte[] bytes, int offset, int length) {
        if (length < START.length || bytes[offset] != '.' || bytes[offset + 1] != 's') {
            return false;
        }
        for (int i = 0; i < START.length; i++) {
            if (bytes[offset + i] != START[i]) {
                return false;
            }
        }
        return true;
    }

    /// What a name says, if it is one of ours.
    static Optional<TempName> parse(byte[] name) {
        if (!mayBe(name, 0, name.length) || name.length > LONGEST || !endsRight(name)) {
            return Optional.empty();
        }
        byte[] middle = Segments.cut(name, START.length, name.length - END.length);
        String[] parts = new String(middle, StandardCharsets.ISO_8859_1).split("-", -1);
        boolean ours = parts.length == 3
                && parts[1].length() == HASH_DIGITS
                && !parts[2].isEmpty()
                && isPlain(parts[0])
                && isPlain(parts[1])
                && isPlain(parts[2]);
        return ours ? Optional.of(new TempName(parts[0], parts[1])) : Optional.empty();
    }

    private static boolean endsRight(byte[] name) {
        int from = name.length - END.length;
        for (int i = 0; i < END.length; i++) {
            if (from < 0 || name[from + i] != END[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))) {
                return false;
            }
        }
        return true;
    }
}
