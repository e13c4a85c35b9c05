package io.skyferry.server.truenas;

import io.skyferry.control.json.JsonValue;
import io.skyferry.control.task.InvalidException;
import io.skyferry.control.task.NotFoundException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Filters and options of the `query` methods.
///
/// Source: TrueNAS, "Query methods": filters are `[field, operator, value]`, all of which must hold, or
/// `["OR", [filter, ...]]`; fields may go deeper by dots.
final class Query {
    private static final int DEEPEST = 5;
    private static final int LONGEST_PATTERN = 200;
    private static final long MOST_LOOKS = 20_000_000;
    private static final String FILTERS = "query-filters";
    private static final String OPTIONS = "query-options";

    /// Those that mean something here, and those that clients of TrueNAS may give.
    private static final Set<String> KNOWN_OPTIONS = Set.of(
            "count",
            "get",
            "limit",
            "offset",
            "order_by",
            "select",
            "extend",
            "extend_context",
            "extra",
            "force_sql_filters",
            "prefix",
            "relationships");

    private final AtomicLong looks = new AtomicLong(MOST_LOOKS);

    private Query() {}

    /// The rows that are asked for: a list, one row, or a number.
    static JsonValue of(List<JsonValue.Members> rows, JsonValue filters, JsonValue options) {
        JsonValue.Members wishes = members(options);
        checkOptions(wishes);
        List<JsonValue.Members> found = new ArrayList<>();
        var query = new Query();
        // Also where there is no row to find out what is wrong with them.
        query.check(list(filters), 0);
        for (JsonValue.Members row : rows) {
            if (query.holdAll(list(filters), row, 0)) {
                found.add(row);
            }
        }
        if (isOn(wishes, "count")) {
            return JsonValue.of(found.size());
        }
        sort(found, wishes);
        List<JsonValue> picked = new ArrayList<>();
        for (JsonValue.Members row : page(found, wishes)) {
            picked.add(picked(row, wishes));
        }
        if (isOn(wishes, "get")) {
            if (picked.isEmpty()) {
                throw new NotFoundException("Nothing fits the filters");
            }
            return picked.getFirst();
        }
        return new JsonValue.Array(picked);
    }

    private static InvalidException wrong(String where, String message) {
        return new InvalidException(where, message);
    }

    private static JsonValue.Members members(JsonValue value) {
        return switch (value) {
            case JsonValue.Members members -> members;
            case JsonValue.Null _ -> JsonValue.Members.EMPTY;
            case JsonValue.Array _, JsonValue.Text _, JsonValue.Numeral _, JsonValue.Truth _ ->
                throw wrong(OPTIONS, "Input should be a valid dictionary or object");
        };
    }

    private static List<JsonValue> list(JsonValue value) {
        return switch (value) {
            case JsonValue.Array(List<JsonValue> values) -> values;
            case JsonValue.Null _ -> List.of();
            case JsonValue.Members _, JsonValue.Text _, JsonValue.Numeral _, JsonValue.Truth _ ->
                throw wrong(FILTERS, "Input should be a valid list");
        };
    }

    private static void checkOptions(JsonValue.Members wishes) {
        for (String name : wishes.members().keySet()) {
            if (!KNOWN_OPTIONS.contains(name)) {
                throw wrong(OPTIONS + "." + name, "Extra inputs are not permitted");
            }
        }
    }

    private static boolean isOn(JsonValue.Members wishes, String name) {
        return switch (wishes.get(name).orElse(JsonValue.of(false))) {
            case JsonValue.Truth(boolean truth) -> truth;
            case JsonValue.Text _, JsonValue.Numeral _, JsonValue.Null _, JsonValue.Members _, JsonValue.Array _ ->
                throw wrong(OPTIONS + "." + name, "Input should be a valid boolean");
        };
    }

    private void check(List<JsonValue> filters, int depth) {
        if (depth > DEEPEST) {
            throw wrong(FILTERS, "query-filters max recursion depth exceeded");
        }
        for (JsonValue filter : filters) {
            List<JsonValue> parts = list(filter);
            if (parts.size() == 2 && parts.getFirst().equals(JsonValue.of("OR"))) {
                for (JsonValue one : list(parts.getLast())) {
                    List<JsonValue> inner = list(one);
                    boolean several = !inner.isEmpty() && inner.getFirst() instanceof JsonValue.Array;
                    check(several ? inner : List.of(one), depth + 1);
                }
            } else {
                var _ = holds(filter, JsonValue.Members.EMPTY, depth);
                if (text(parts.get(1)).matches("C?~")) {
                    var _ = pattern(parts.get(2));
                }
            }
        }
    }

    private boolean holdAll(List<JsonValue> filters, JsonValue.Members row, int depth) {
        for (JsonValue filter : filters) {
            if (!holds(filter, row, depth)) {
                return false;
            }
        }
        return true;
    }

    private boolean holds(JsonValue filter, JsonValue.Members row, int depth) {
        List<JsonValue> parts = list(filter);
        if (parts.size() == 2 && parts.getFirst().equals(JsonValue.of("OR"))) {
            for (JsonValue one : list(parts.getLast())) {
                List<JsonValue> inner = list(one);
                boolean several = !inner.isEmpty() && inner.getFirst() instanceof JsonValue.Array;
                if (several ? holdAll(inner, row, depth + 1) : holds(one, row, depth + 1)) {
                    return true;
                }
            }
            return false;
        }
        if (parts.size() != 3
                || !(parts.get(0) instanceof JsonValue.Text(String field))
                || !(parts.get(1) instanceof JsonValue.Text(String operator))) {
            throw wrong(FILTERS, "Invalid filter " + filter);
        }
        return compare(operator, field(row, field).orElse(new JsonValue.Null()), parts.get(2));
    }

    /// What a dotted path leads to.
    private static Optional<JsonValue> field(JsonValue row, String path) {
        if (row instanceof JsonValue.Members members) {
            Optional<JsonValue> whole = members.get(path);
            int dot = path.indexOf('.');
            if (whole.isPresent() || dot < 0) {
                return whole;
            }
            return members.get(path.substring(0, dot)).flatMap(inner -> field(inner, path.substring(dot + 1)));
        }
        if (row instanceof JsonValue.Array(List<JsonValue> values)) {
            int dot = path.indexOf('.');
            String index = dot < 0 ? path : path.substring(0, dot);
            if (index.matches("[0-9]{1,6}") && Integer.parseInt(index) < values.size()) {
                JsonValue one = values.get(Integer.parseInt(index));
                return dot < 0 ? Optional.of(one) : field(one, path.substring(dot + 1));
            }
        }
        return Optional.empty();
    }

    private boolean compare(String operator, JsonValue have, JsonValue want) {
        if (operator.startsWith("C") && operator.length() > 1) {
            return compare(operator.substring(1), folded(have), folded(want));
        }
        return switch (operator) {
            case "=" -> equal(have, want);
            case "!=" -> !equal(have, want);
            case ">" -> ordered(have, want) && order(have, want) > 0;
            case ">=" -> ordered(have, want) && order(have, want) >= 0;
            case "<" -> ordered(have, want) && order(have, want) < 0;
            case "<=" -> ordered(have, want) && order(have, want) <= 0;
            case "~" ->
                have instanceof JsonValue.Text(String text)
                        && pattern(want).matcher(new Patient(text, looks)).lookingAt();
            case "in" -> contains(want, have);
            case "nin" -> !contains(want, have);
            case "rin" -> contains(have, want);
            case "rnin" -> !contains(have, want);
            case "^" -> text(have).startsWith(text(want)) && have instanceof JsonValue.Text;
            case "!^" -> !text(have).startsWith(text(want));
            case "$" -> text(have).endsWith(text(want)) && have instanceof JsonValue.Text;
            case "!$" -> !text(have).endsWith(text(want));
            default -> throw wrong(FILTERS, "Invalid operation: " + operator);
        };
    }

    private static boolean equal(JsonValue one, JsonValue other) {
        if (one instanceof JsonValue.Numeral(BigDecimal left) && other instanceof JsonValue.Numeral(BigDecimal right)) {
            return left.compareTo(right) == 0;
        }
        return one.equals(other);
    }

    private static JsonValue folded(JsonValue value) {
        return switch (value) {
            case JsonValue.Text(String text) -> JsonValue.of(text.toLowerCase(Locale.ROOT));
            case JsonValue.Array(List<JsonValue> values) ->
                new JsonValue.Array(values.stream().map(Query::folded).toList());
            case JsonValue.Numeral _, JsonValue.Truth _, JsonValue.Null _, JsonValue.Members _ -> value;
        };
    }

    private static String text(JsonValue value) {
        return value instanceof JsonValue.Text(String text) ? text : value.toString();
    }

    /// Patterns of others run in time that grows with their length: they are kept short.
    private static Pattern pattern(JsonValue want) {
        String text = text(want);
        if (text.length() > LONGEST_PATTERN) {
            throw wrong(FILTERS, "Want a pattern of at most %s characters".formatted(LONGEST_PATTERN));
        }
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException unreadable) {
            InvalidException wrong = wrong(FILTERS, "Want a regular expression but have another text");
            wrong.initCause(unreadable);
            throw wrong;
        }
    }

    private static boolean contains(JsonValue list, JsonValue one) {
        return switch (list) {
            case JsonValue.Array(List<JsonValue> values) -> values.stream().anyMatch(value -> equal(value, one));
            case JsonValue.Text(String whole) -> one instanceof JsonValue.Text(String part) && whole.contains(part);
            case JsonValue.Members members ->
                one instanceof JsonValue.Text(String name) && members.get(name).isPresent();
            case JsonValue.Numeral _, JsonValue.Truth _, JsonValue.Null _ -> false;
        };
    }

    private static boolean ordered(JsonValue one, JsonValue other) {
        return (one instanceof JsonValue.Numeral && other instanceof JsonValue.Numeral)
                || (one instanceof JsonValue.Text && other instanceof JsonValue.Text)
                || (one instanceof JsonValue.Members && other instanceof JsonValue.Members);
    }

    /// Numbers by value, moments by time, all else by text.
    private static int order(JsonValue one, JsonValue other) {
        if (one instanceof JsonValue.Numeral(BigDecimal left) && other instanceof JsonValue.Numeral(BigDecimal right)) {
            return left.compareTo(right);
        }
        if (one instanceof JsonValue.Members left && other instanceof JsonValue.Members right) {
            return order(
                    left.get("$date").orElse(JsonValue.of(0)),
                    right.get("$date").orElse(JsonValue.of(0)));
        }
        boolean missing = one instanceof JsonValue.Null || other instanceof JsonValue.Null;
        return missing
                ? Boolean.compare(!(one instanceof JsonValue.Null), !(other instanceof JsonValue.Null))
                : text(one).compareTo(text(other));
    }

    private static void sort(List<JsonValue.Members> rows, JsonValue.Members wishes) {
        List<JsonValue> by = list(wishes.get("order_by").orElse(new JsonValue.Null()));
        for (int i = by.size() - 1; i >= 0; i--) {
            rows.sort(by(text(by.get(i))));
        }
    }

    /// `field`, `-field` for the other way round, and before it `nulls_first:` or `nulls_last:`.
    private static Comparator<JsonValue.Members> by(String wish) {
        String name = wish.replaceFirst("^nulls_(first|last):", "");
        boolean down = name.startsWith("-");
        String path = down ? name.substring(1) : name;
        Comparator<JsonValue> order = Query::order;
        Comparator<JsonValue> directed = down ? order.reversed() : order;
        Comparator<JsonValue> nulls = wish.startsWith("nulls_first:")
                ? Comparator.comparing(value -> !(value instanceof JsonValue.Null))
                : Comparator.comparing(value -> value instanceof JsonValue.Null);
        Comparator<JsonValue> whole = wish.startsWith("nulls_") ? nulls.thenComparing(directed) : directed;
        return Comparator.comparing(row -> field(row, path).orElse(new JsonValue.Null()), whole);
    }

    private static List<JsonValue.Members> page(List<JsonValue.Members> rows, JsonValue.Members wishes) {
        int from = (int) Math.min(rows.size(), whole(wishes, "offset"));
        long limit = whole(wishes, "limit");
        int to = limit == 0 ? rows.size() : (int) Math.min(rows.size(), from + limit);
        return rows.subList(from, to);
    }

    private static long whole(JsonValue.Members wishes, String name) {
        JsonValue value = wishes.get(name).orElse(JsonValue.of(0));
        if (value instanceof JsonValue.Null) {
            return 0;
        }
        if (value instanceof JsonValue.Numeral number
                && number.isWhole()
                && number.value().signum() >= 0) {
            return number.value().longValueExact();
        }
        throw wrong(OPTIONS + "." + name, "Input should be greater than or equal to 0");
    }

    private static JsonValue picked(JsonValue.Members row, JsonValue.Members wishes) {
        List<JsonValue> select = list(wishes.get("select").orElse(new JsonValue.Null()));
        if (select.isEmpty()) {
            return row;
        }
        Map<String, JsonValue> picked = new LinkedHashMap<>();
        for (JsonValue one : select) {
            if (one instanceof JsonValue.Array(List<JsonValue> renamed) && renamed.size() == 2) {
                field(row, text(renamed.getFirst())).ifPresent(value -> picked.put(text(renamed.getLast()), value));
            } else {
                String path = text(one);
                field(row, path).ifPresent(value -> put(picked, path, value));
            }
        }
        return new JsonValue.Members(picked);
    }

    private static void put(Map<String, JsonValue> into, String path, JsonValue value) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            into.put(path, value);
            return;
        }
        String head = path.substring(0, dot);
        Map<String, JsonValue> inner = new LinkedHashMap<>();
        if (into.get(head) instanceof JsonValue.Members there) {
            inner.putAll(there.members());
        }
        put(inner, path.substring(dot + 1), value);
        into.put(head, new JsonValue.Members(inner));
    }
}
