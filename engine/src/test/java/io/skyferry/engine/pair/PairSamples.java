package io.skyferry.engine.pair;

import io.skyferry.storage.ItemId;
import io.skyferry.storage.Part;
import io.skyferry.storage.PartRules;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Seal;
import io.skyferry.storage.StorageIdentity;
import io.skyferry.storage.Upload;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Rows and roots to put into a memory.
public final class PairSamples {
    private static final String[] NAMES = {
        "a",
        "a-b",
        "a.b",
        "B",
        "ä",
        "日本",
        "a\nb",
        "𝒳 above the surrogates",
        "｡ below them in UTF-16, above in UTF-8",
        "\udc80\udcff no UTF-8",
        " ",
        "'; drop table agreed; --",
        "x".repeat(255),
    };

    private PairSamples() {}

    /// A place on this machine.
    public static StorageIdentity place(String root) {
        return new StorageIdentity("local", "", root, "volume", "");
    }

    /// A file's row with nothing odd about it.
    public static Agreed file(String path) {
        return file(path, "id of " + path);
    }

    /// A file's row with this identity on the left.
    public static Agreed file(String path, String leftId) {
        return new Agreed(
                new PairKey(path),
                new RelPath(path),
                Agreed.Kind.FILE,
                path.length(),
                Optional.of("00112233445566778899aabbccddeeff"),
                "left tag of " + path,
                "right tag of " + path,
                Optional.of(new ItemId(leftId)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Agreed.Doubt.NONE);
    }

    /// A row that may have anything in any place.
    public static Agreed anything(RandomGenerator random) {
        boolean directory = random.nextInt(4) == 0;
        String path = path(random);
        String left = text(random);
        return new Agreed(
                new PairKey(directory ? path + "/" : path),
                new RelPath(path),
                random.nextInt(5) == 0 ? Optional.of(new RelPath(path(random))) : Optional.empty(),
                directory ? Agreed.Kind.DIRECTORY : Agreed.Kind.FILE,
                directory ? 0 : random.nextLong(-1, Long.MAX_VALUE) >>> random.nextInt(63),
                hash(random),
                left,
                text(random),
                random.nextBoolean() ? Optional.of(new ItemId(left + text(random))) : Optional.empty(),
                random.nextInt(3) == 0 ? Optional.of(new ItemId(text(random))) : Optional.empty(),
                random.nextInt(5) == 0 ? Optional.of(new Seal(text(random))) : Optional.empty(),
                random.nextInt(5) == 0 ? Optional.of(new Seal(text(random))) : Optional.empty(),
                new Agreed.Doubt(
                        random.nextInt(4) == 0 ? Optional.of("boot " + random.nextInt(3)) : Optional.empty(),
                        random.nextInt(6) == 0));
    }

    private static Optional<String> hash(RandomGenerator random) {
        return switch (random.nextInt(4)) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of("ABCDEF0123456789ABCDEF0123456789");
            case 2 -> Optional.of("not hexadecimal");
            default -> Optional.of(HexFormat.of().toHexDigits(random.nextLong()).repeat(2));
        };
    }

    /// A path of names that are legal and odd.
    public static String path(RandomGenerator random) {
        var text = new StringBuilder(NAMES[random.nextInt(NAMES.length)]);
        while (random.nextInt(3) > 0) {
            text.append('/').append(NAMES[random.nextInt(NAMES.length)]);
        }
        return text.toString();
    }

    private static String text(RandomGenerator random) {
        return switch (random.nextInt(4)) {
            case 0 -> "";
            case 1 -> NAMES[random.nextInt(NAMES.length)];
            default -> random.nextInt(1000) + "-" + random.nextInt(3);
        };
    }

    /// An upload that was begun.
    public static Unfinished begun(Side side, String path) {
        return new Unfinished(
                side,
                new RelPath(path),
                new Upload(new RelPath(path), "token of " + path, new PartRules(25, 10)),
                "fingerprint of " + path,
                Map.of(),
                List.of());
    }

    /// A part that arrived.
    public static Part part(int number) {
        return new Part(number, number == 3 ? 5 : 10, "tag " + number);
    }
}
