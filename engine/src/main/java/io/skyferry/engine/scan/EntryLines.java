package io.skyferry.engine.scan;

import io.skyferry.storage.Entry;
import io.skyferry.storage.HashType;
import io.skyferry.storage.ItemId;
import io.skyferry.storage.ModTime;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Seal;
import io.skyferry.storage.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Entries as lines of text, for spill files and plans: fields parted by tabs, `\` before what would not be a field.
///
/// A file is `F path size time hashes version id seal`, a directory `D path id`,
/// what is left alone `S path kind`. An absent field is empty.
public final class EntryLines {
    private static final Pattern COMMA = Pattern.compile(",", Pattern.LITERAL);
    private static final int FILE_FIELDS = 8;
    private static final int DIRECTORY_FIELDS = 3;

    private EntryLines() {}

    /// One line for a file, a directory or something that is left alone.
    ///
    /// @throws IllegalArgumentException for entries that are never kept
    public static String write(Entry entry) {
        return switch (entry) {
            case Entry.File file -> join("F", fileFields(file));
            case Entry.Directory(RelPath path, Optional<ItemId> id) ->
                join("D", List.of(path.text(), id.map(ItemId::text).orElse("")));
            case Entry.Special(RelPath path, Entry.SpecialKind kind) -> join("S", List.of(path.text(), kind.name()));
            case Entry.Unusable _, Entry.Unlisted _, Entry.Leftover _ ->
                throw new IllegalArgumentException("Want an entry that is joined but have %s".formatted(entry));
        };
    }

    private static List<String> fileFields(Entry.File file) {
        return List.of(
                file.path().text(),
                Long.toString(file.size()),
                timeText(file.modTime()),
                hashText(file.hashes()),
                file.version().map(Version::text).orElse(""),
                file.id().map(ItemId::text).orElse(""),
                file.seal().map(Seal::text).orElse(""));
    }

    /// The entry of a line.
    ///
    /// @throws IllegalArgumentException if the line was not made by [#write]
    public static Entry read(String line) {
        List<String> fields = split(line);
        return switch (fields.getFirst()) {
            case "F" -> file(fields);
            case "D" -> {
                want(fields, DIRECTORY_FIELDS);
                yield new Entry.Directory(new RelPath(fields.get(1)), optional(fields.get(2), ItemId::new));
            }
            case "S" -> {
                want(fields, DIRECTORY_FIELDS);
                yield new Entry.Special(new RelPath(fields.get(1)), Entry.SpecialKind.valueOf(fields.get(2)));
            }
            default ->
                throw new IllegalArgumentException("Want 'F', 'D' or 'S' but have '%s'".formatted(fields.getFirst()));
        };
    }

    private static Entry.File file(List<String> fields) {
        want(fields, FILE_FIELDS);
        return new Entry.File(
                new RelPath(fields.get(1)),
                Long.parseLong(fields.get(2)),
                time(fields.get(3)),
                hashes(fields.get(4)),
                optional(fields.get(5), Version::new),
                optional(fields.get(6), ItemId::new),
                optional(fields.get(7), Seal::new));
    }

    private static void want(List<String> fields, int count) {
        if (fields.size() != count) {
            throw new IllegalArgumentException("Want %s fields but have %s".formatted(count, fields.size()));
        }
    }

    private static <T> Optional<T> optional(String text, Function<String, T> maker) {
        return text.isEmpty() ? Optional.empty() : Optional.of(maker.apply(text));
    }

    private static String timeText(ModTime time) {
        return switch (time) {
            case ModTime.Known(Instant at) -> at.getEpochSecond() + "." + at.getNano();
            case ModTime.NotListed _ -> "?";
            case ModTime.NotKept _ -> "-";
        };
    }

    private static ModTime time(String text) {
        return switch (text) {
            case "?" -> new ModTime.NotListed();
            case "-" -> new ModTime.NotKept();
            default -> {
                int dot = text.indexOf('.');
                if (dot < 0) {
                    throw new IllegalArgumentException("Want 'seconds.nanos' but have '%s'".formatted(text));
                }
                yield new ModTime.Known(Instant.ofEpochSecond(
                        Long.parseLong(text.substring(0, dot)), Long.parseLong(text.substring(dot + 1))));
            }
        };
    }

    private static String hashText(Map<HashType, String> hashes) {
        if (hashes.isEmpty()) {
            return "";
        }
        var text = new StringJoiner(",");
        hashes.forEach((type, value) -> text.add(type + "=" + value));
        return text.toString();
    }

    private static Map<HashType, String> hashes(String text) {
        Map<HashType, String> hashes = new EnumMap<>(HashType.class);
        if (!text.isEmpty()) {
            COMMA.splitAsStream(text).forEach(one -> {
                int equals = one.indexOf('=');
                hashes.put(HashType.valueOf(one.substring(0, equals)), one.substring(equals + 1));
            });
        }
        return hashes;
    }

    /// A line of fields; what would not be a field is escaped.
    public static String join(String kind, List<String> fields) {
        var line = new StringBuilder(kind);
        for (String field : fields) {
            line.append('\t');
            escape(field, line);
        }
        return line.toString();
    }

    /// The fields of a line.
    public static List<String> split(String line) {
        List<String> fields = new ArrayList<>();
        int start = 0;
        for (int tab = line.indexOf('\t'); tab >= 0; tab = line.indexOf('\t', start)) {
            fields.add(unescaped(line.substring(start, tab)));
            start = tab + 1;
        }
        fields.add(unescaped(line.substring(start)));
        return fields;
    }

    private static void escape(String field, StringBuilder line) {
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            switch (c) {
                case '\t' -> line.append("\\t");
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\\' -> line.append("\\\\");
                default -> line.append(c);
            }
        }
    }

    private static String unescaped(String field) {
        if (field.indexOf('\\') < 0) {
            return field;
        }
        var text = new StringBuilder(field.length());
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c == '\\' && i + 1 < field.length()) {
                i++;
                c = switch (field.charAt(i)) {
                    case 't' -> '\t';
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    default -> field.charAt(i);
                };
            }
            text.append(c);
        }
        return text.toString();
    }
}
