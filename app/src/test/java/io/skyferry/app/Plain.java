package io.skyferry.app;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a JSON text says, read here without anything of the product: objects are maps, `null` is an empty
/// [Optional].
record Plain(Object value) {
    /// Reads a text that is JSON from its first to its last letter.
    static Plain of(String text) {
        var reader = new Reader(text);
        Object value = reader.value();
        reader.blanks();
        if (reader.at != text.length()) {
            throw new IllegalArgumentException("Want the end at %s of %s".formatted(reader.at, text));
        }
        return new Plain(value);
    }

    /// What lies there; names lead into objects, numbers into lists.
    Plain at(Object... path) {
        Object here = value;
        for (Object step : path) {
            if (here instanceof Map<?, ?> map && map.containsKey(step)) {
                here = Optional.<Object>ofNullable(map.get(step)).orElseThrow();
            } else if (here instanceof List<?> list && step instanceof Integer index && index < list.size()) {
                here = list.get(index);
            } else {
                throw new IllegalArgumentException("Want '%s' in %s".formatted(step, here));
            }
        }
        return new Plain(here);
    }

    boolean has(String name) {
        return value instanceof Map<?, ?> map && map.containsKey(name);
    }

    boolean isNull() {
        return value.equals(Optional.empty());
    }

    String text() {
        return String.valueOf(value);
    }

    List<Plain> list() {
        return ((List<?>) value).stream().map(Plain::new).toList();
    }

    @Override
    public String toString() {
        return text();
    }

    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        void blanks() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }

        private boolean took(char wanted) {
            blanks();
            if (text.charAt(at) == wanted) {
                at++;
                return true;
            }
            return false;
        }

        Object value() {
            if (took('{')) {
                Map<String, Object> map = new LinkedHashMap<>();
                while (!took('}')) {
                    took(',');
                    String name = (String) value();
                    took(':');
                    map.put(name, value());
                }
                return map;
            }
            if (took('[')) {
                List<Object> list = new ArrayList<>();
                while (!took(']')) {
                    took(',');
                    list.add(value());
                }
                return list;
            }
            return took('"') ? quoted() : word();
        }

        private String quoted() {
            var out = new StringBuilder();
            while (text.charAt(at) != '"') {
                char letter = text.charAt(at++);
                if (letter != '\\') {
                    out.append(letter);
                    continue;
                }
                char kind = text.charAt(at++);
                switch (kind) {
                    case 'n' -> out.append('\n');
                    case 't' -> out.append('\t');
                    case 'r' -> out.append('\r');
                    case 'b' -> out.append('\b');
                    case 'f' -> out.append('\f');
                    case 'u' -> {
                        out.append((char) Integer.parseInt(text.substring(at, at + 4), 16));
                        at += 4;
                    }
                    default -> out.append(kind);
                }
            }
            at++;
            return out.toString();
        }

        private Object word() {
            int from = at;
            while (at < text.length() && ",]} \r\n\t".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            String word = text.substring(from, at);
            return switch (word) {
                case "true" -> true;
                case "false" -> false;
                case "null" -> Optional.empty();
                default -> new BigDecimal(word);
            };
        }
    }
}
