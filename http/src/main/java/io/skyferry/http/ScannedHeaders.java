package io.skyferry.http;

import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Header fields of a reply as they came, looked up in place: no text is made for those nobody asks for.
final class ScannedHeaders implements HttpHeaders {
    /// Numbers for each field: where its name starts and ends, and its value.
    static final int STRIDE = 4;

    private final byte[] head;
    private final int[] fields;

    /// @param fields [#STRIDE] offsets into the head for each field
    ScannedHeaders(byte[] head, int[] fields) {
        this.head = head;
        this.fields = fields;
    }

    @Override
    public @Nullable String get(String name) {
        for (int i = 0; i < fields.length; i += STRIDE) {
            if (isNamed(i, name)) {
                return text(fields[i + 2], fields[i + 3]);
            }
        }
        return null;
    }

    @Override
    public void forEach(BiConsumer<String, String> field) {
        for (int i = 0; i < fields.length; i += STRIDE) {
            field.accept(text(fields[i], fields[i + 1]), text(fields[i + 2], fields[i + 3]));
        }
    }

    @Override
    public void forEachFrom(String start, BiConsumer<String, String> field) {
        for (int i = 0; i < fields.length; i += STRIDE) {
            if (fields[i + 1] - fields[i] >= start.length() && isSame(head, fields[i], start)) {
                field.accept(text(fields[i], fields[i + 1]), text(fields[i + 2], fields[i + 3]));
            }
        }
    }

    private boolean isNamed(int field, String name) {
        int start = fields[field];
        return fields[field + 1] - start == name.length() && isSame(head, start, name);
    }

    /// Whether this ASCII name stands there, in whatever case.
    static boolean isSame(byte[] head, int start, String name) {
        for (int i = 0; i < name.length(); i++) {
            if (lower(head[start + i]) != lower(name.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static int lower(int letter) {
        return letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter;
    }

    private String text(int start, int end) {
        return new String(head, start, end - start, StandardCharsets.ISO_8859_1);
    }

    /// The names alone.
    @Override
    public String toString() {
        StringBuilder names = new StringBuilder("[");
        forEach((name, _) -> names.append(names.length() == 1 ? "" : ", ").append(name));
        return names.append(']').toString();
    }
}
