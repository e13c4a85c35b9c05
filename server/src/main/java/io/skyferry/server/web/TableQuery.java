package io.skyferry.server.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What of a table is wanted: all of it stands in the address, so that a page can be read, sent and gone back to.
///
/// @param path of the page
/// @param sort the column that it is sorted by
/// @param page from 1 on
/// @param more further parameters of the page, by name
public record TableQuery(
        String path, String search, String sort, Order order, int page, int size, Map<String, String> more) {
    private static final int USUAL = 50;
    private static final int MOST = 500;

    /// Which end comes first.
    public enum Order {
        /// The least.
        UP,
        /// The greatest.
        DOWN;

        private Order other() {
            return this == UP ? DOWN : UP;
        }
    }

    /// Makes the map unchangeable.
    public TableQuery {
        more = Map.copyOf(more);
    }

    /// As the address says: `q`, `sort`, `order`, `page`, `size`.
    ///
    /// @param sort where the address says nothing
    /// @param kept names of further parameters that the links of the table keep
    public static TableQuery of(Visit visit, String sort, Order order, List<String> kept) {
        Map<String, String> more = new TreeMap<>();
        for (String name : kept) {
            visit.query(name).ifPresent(value -> more.put(name, value));
        }
        Order wanted = visit.query("order")
                .map(text -> text.equals("down") ? Order.DOWN : Order.UP)
                .orElse(order);
        return new TableQuery(
                visit.path(),
                visit.query("q").orElse(""),
                visit.query("sort").orElse(sort),
                wanted,
                Math.clamp(visit.query("page", 1), 1, 1_000_000),
                Math.clamp(visit.query("size", USUAL), 1, MOST),
                more);
    }

    /// How many rows lie before the page.
    public int skip() {
        return (page - 1) * size;
    }

    /// The rows of this page, of all rows in their order.
    public <R> List<R> rows(List<R> all) {
        return all.stream().skip(skip()).limit(size).toList();
    }

    /// In the order that is wanted.
    public <R> Comparator<R> by(Comparator<R> up) {
        return order == Order.UP ? up : up.reversed();
    }

    /// The address of another page of the same.
    public String toPage(int other) {
        return link(search, sort, order, other);
    }

    /// The address that sorts by a column; the other way round where it does already.
    public String toSort(String column) {
        return link(search, column, column.equals(sort) ? order.other() : Order.UP, 1);
    }

    /// What a screen reader says of a column's order.
    public Optional<String> ariaSort(String column) {
        return column.equals(sort) ? Optional.of(order == Order.UP ? "ascending" : "descending") : Optional.empty();
    }

    /// The address of this page with another value for a further parameter; without it where the value is empty.
    public String toMore(String name, String value) {
        Map<String, String> all = new TreeMap<>(more);
        all.put(name, value);
        return new TableQuery(path, search, sort, order, 1, size, all).toPage(1);
    }

    private String link(String wantedSearch, String wantedSort, Order wantedOrder, int wantedPage) {
        Map<String, String> all = new TreeMap<>(more);
        all.put("q", wantedSearch);
        all.put("sort", wantedSort);
        all.put("order", wantedOrder == Order.UP ? "up" : "down");
        all.put("page", wantedPage == 1 ? "" : Integer.toString(wantedPage));
        all.put("size", size == USUAL ? "" : Integer.toString(size));
        var text = new StringBuilder(path);
        char mark = '?';
        for (Map.Entry<String, String> one : all.entrySet()) {
            if (!one.getValue().isEmpty()) {
                text.append(mark).append(encoded(one.getKey())).append('=').append(encoded(one.getValue()));
                mark = '&';
            }
        }
        return text.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
