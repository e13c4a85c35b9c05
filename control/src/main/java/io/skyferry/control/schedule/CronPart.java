package io.skyferry.control.schedule;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// One field of a cron line as it was written, read.
///
/// @param terms parted by commas, at least one
record CronPart(CronField field, List<Term> terms) {
    /// `*`, `7`, `8-18`, each with or without `/step`.
    ///
    /// @param isStar whether all numbers were asked for by `*`
    /// @param step 1: each number
    record Term(boolean isStar, int from, int to, int step) {}

    CronPart {
        terms = List.copyOf(terms);
    }

    /// Reads one field.
    ///
    /// @throws IllegalArgumentException naming the field and what cannot be read
    static CronPart parse(CronField field, String text) {
        return new CronPart(
                field,
                Arrays.stream(text.split(",", -1))
                        .map(term -> term(field, term))
                        .toList());
    }

    private static Term term(CronField field, String text) {
        String[] halves = text.split("/", -1);
        if (halves.length > 2 || halves[0].isEmpty()) {
            throw new IllegalArgumentException(
                    "Want a %s such as '*', '5', '1-5' or '*/2' but have '%s'".formatted(field.words(), text));
        }
        boolean stepped = halves.length == 2;
        int step = stepped ? step(field, halves[1]) : 1;
        if (halves[0].equals("*")) {
            return new Term(true, field.first(), lastOfAll(field), step);
        }
        String[] ends = halves[0].split("-", -1);
        if (ends.length > 2) {
            throw new IllegalArgumentException(
                    "Want a range of %ss such as '1-5' but have '%s'".formatted(field.words(), text));
        }
        int from = field.number(ends[0], false);
        if (ends.length == 1) {
            // `0/8`, as TrueNAS's own documentation writes it, means from 0 on.
            return new Term(false, from, stepped ? Math.max(from, lastOfAll(field)) : from, step);
        }
        int to = field.number(ends[1], true);
        if (to < from) {
            throw new IllegalArgumentException(
                    "Want a range of %ss that begins with the lower one but have '%s'".formatted(field.words(), text));
        }
        return new Term(false, from, to, step);
    }

    /// Sunday is counted once.
    private static int lastOfAll(CronField field) {
        return field == CronField.WEEKDAY ? 6 : field.last();
    }

    private static int step(CronField field, String text) {
        boolean isNumber = !text.isEmpty() && text.length() < 3 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int step = isNumber ? Integer.parseInt(text) : 0;
        if (step == 0 || step > field.last()) {
            throw new IllegalArgumentException(
                    "Want a step from 1 to %s for the %s but have '%s'".formatted(field.last(), field.words(), text));
        }
        return step;
    }

    /// The numbers that match, as bits.
    long mask() {
        long mask = 0;
        for (Term term : terms) {
            for (int number = term.from(); number <= term.to(); number += term.step()) {
                mask |= 1L << (field == CronField.WEEKDAY ? number % 7 : number);
            }
        }
        return mask;
    }

    /// Whether every number matches.
    boolean isFree() {
        return mask() == field.everything();
    }

    /// Whether it is about how often rather than about when.
    boolean isWildcardOrStep() {
        return terms.stream().anyMatch(term -> term.isStar() || term.step() > 1);
    }

    /// The numbers that match, in order.
    List<Integer> numbers() {
        long mask = mask();
        return IntStream.rangeClosed(field.first(), field.last())
                .filter(number -> (mask >>> number & 1) == 1)
                .boxed()
                .toList();
    }

    /// As it is stored: the same for all ways to write a term.
    @Override
    public String toString() {
        return terms.stream().map(this::written).collect(Collectors.joining(","));
    }

    private String written(Term term) {
        String step = term.step() == 1 ? "" : "/" + term.step();
        boolean isAll = term.from() == field.first() && term.to() == lastOfAll(field);
        if (term.isStar() || (isAll && term.step() > 1)) {
            return "*" + step;
        }
        String from = field.written(term.from());
        return term.from() == term.to() ? from : from + "-" + field.written(term.to()) + step;
    }
}
