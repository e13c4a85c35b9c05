package io.skyferry.filter;

import io.skyferry.limits.SpecException;
import io.skyferry.storage.RelPath;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One of several parts that files are spread over by a hash of their paths.
///
/// Paths that a storage without case or Unicode forms could take for one another fall into one part.
///
/// Source: rclone's manual, `--hash-filter`: the first 8 bytes of the MD5 of the path, NFC and in lower case.
///
/// @param part less than `parts`; both count without sign
record HashPartition(long part, long parts) {
    private static final Pattern FORM = Pattern.compile("(@|[0-9]+)/([0-9]+)");

    /// Reads `K/N` or `@/N`.
    ///
    /// @throws SpecException naming the place that cannot be read
    static HashPartition parse(String text, RandomGenerator random) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new SpecException(text, 0, "Want 'K/N' or '@/N' in whole numbers but have '%s'".formatted(text));
        }
        long parts = number(text, form, 2);
        if (parts == 0) {
            throw new SpecException(text, form.start(2), "Want at least 1 part but have '0'");
        }
        long chosen = form.group(1).equals("@") ? random.nextLong() : number(text, form, 1);
        return new HashPartition(Long.remainderUnsigned(chosen, parts), parts);
    }

    private static long number(String text, Matcher form, int group) {
        try {
            return Long.parseUnsignedLong(form.group(group));
        } catch (NumberFormatException tooLarge) {
            var refused = new SpecException(text, form.start(group), "Want a number below 2^64 but have more");
            refused.initCause(tooLarge);
            throw refused;
        }
    }

    boolean holds(RelPath path) {
        return partOf(path) == part;
    }

    /// The part that a path falls into.
    long partOf(RelPath path) {
        String composed = Normalizer.normalize(WellFormed.of(path.text()), Normalizer.Form.NFC);
        // Letter by letter: the rules for whole words (final sigma) and for some letters (dotted I) differ.
        var lower = new StringBuilder(composed.length());
        composed.codePoints().map(Character::toLowerCase).forEach(lower::appendCodePoint);
        byte[] digest = md5(lower.toString().getBytes(StandardCharsets.UTF_8));
        long hash = ByteBuffer.wrap(digest).order(ByteOrder.LITTLE_ENDIAN).getLong();
        return Long.remainderUnsigned(hash, parts);
    }

    private static byte[] md5(byte[] bytes) {
        try {
            return MessageDigest.getInstance("MD5").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Each Java has MD5", impossible);
        }
    }
}
