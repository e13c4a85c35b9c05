package io.skyferry.control.exchange;

import io.skyferry.control.run.RefusedException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Tells what was given to import, by its first bytes: JSON, a configuration database, or the archive that
/// TrueNAS's pages save, which has the database and may have its secret.
///
/// Source: the layout of the archive is POSIX's, "pax", ustar interchange format.
public final class TrueNasBackup {
    private static final String DATABASE = "freenas-v1.db";
    private static final String SEED = "pwenc_secret";
    private static final int BLOCK = 512;
    private static final int NAME = 100;
    private static final int SIZE_AT = 124;
    private static final int SIZE_DIGITS = 12;
    private static final int TYPE_AT = 156;
    private static final int MARK_AT = 257;

    private TrueNasBackup() {}

    /// Reads everything that was given.
    ///
    /// @param files their contents
    /// @param seed the secret of databases; empty: it is in an archive, or nowhere
    /// @throws RefusedException if one of them is nothing of the kind, or there is neither account nor task
    public static TrueNasExport read(List<byte[]> files, Optional<TrueNasSeed> seed) {
        List<String> texts = new ArrayList<>();
        List<TrueNasExport> exports = new ArrayList<>();
        for (byte[] file : files) {
            if (TrueNasDatabase.isOne(file)) {
                exports.add(TrueNasDatabase.read(file, seed));
            } else if (isArchive(file)) {
                Map<String, byte[]> members = members(file);
                byte[] database = Optional.ofNullable(members.get(DATABASE))
                        .filter(TrueNasDatabase::isOne)
                        .orElseThrow(() -> new RefusedException(
                                "Want '%s' in the archive but it is not there".formatted(DATABASE)));
                exports.add(TrueNasDatabase.read(
                        database,
                        seed.or(() -> Optional.ofNullable(members.get(SEED)).map(TrueNasSeed::of))));
            } else {
                texts.add(text(file));
            }
        }
        if (!texts.isEmpty()) {
            exports.add(TrueNasExport.read(texts));
        }
        return TrueNasExport.all(exports);
    }

    private static boolean isArchive(byte[] content) {
        byte[] mark = "ustar".getBytes(StandardCharsets.ISO_8859_1);
        return content.length >= BLOCK && Arrays.equals(content, MARK_AT, MARK_AT + mark.length, mark, 0, mark.length);
    }

    /// The files of an archive, by the last part of their names.
    private static Map<String, byte[]> members(byte[] archive) {
        Map<String, byte[]> members = new LinkedHashMap<>();
        int at = 0;
        while (at + BLOCK <= archive.length && archive[at] != 0) {
            String name = field(archive, at, NAME);
            String size = field(archive, at + SIZE_AT, SIZE_DIGITS).strip();
            if (!size.matches("[0-7]{1,11}")) {
                throw new RefusedException("Want a size in the archive's entry '%s' but have none".formatted(name));
            }
            long length = Long.parseLong(size, 8);
            int from = at + BLOCK;
            if (length > archive.length - from) {
                throw new RefusedException("Want a whole archive but it ends inside of '%s'".formatted(name));
            }
            boolean file = archive[at + TYPE_AT] == '0' || archive[at + TYPE_AT] == 0;
            if (file) {
                members.put(
                        name.substring(name.lastIndexOf('/') + 1),
                        Arrays.copyOfRange(archive, from, from + (int) length));
            }
            at = from + (int) ((length + BLOCK - 1) / BLOCK * BLOCK);
        }
        return members;
    }

    private static String field(byte[] archive, int at, int length) {
        int end = at;
        while (end < at + length && archive[end] != 0) {
            end++;
        }
        return new String(archive, at, end - at, StandardCharsets.UTF_8);
    }

    private static String text(byte[] file) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file))
                    .toString();
        } catch (CharacterCodingException binary) {
            var refused =
                    new RefusedException("Want JSON, a 'freenas-v1.db' or the archive with it but have something else");
            refused.initCause(binary);
            throw refused;
        }
    }
}
