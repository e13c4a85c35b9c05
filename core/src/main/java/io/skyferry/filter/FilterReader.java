package io.skyferry.filter;

import io.skyferry.limits.Age;
import io.skyferry.limits.ByteSize;
import io.skyferry.limits.SpecException;
import io.skyferry.storage.RelPath;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Makes the filter that flags mean.
///
/// Rules are asked in a fixed order of flags, whatever the order on the command line: include, include-from,
/// exclude, exclude-from, filter, filter-from and, if there was any include, a last rule that leaves out the rest.
final class FilterReader {
    private static final String ALL = "/**";

    private final FilterFlags flags;
    private final ZonedDateTime now;
    private final TextSource texts;
    private final RandomGenerator random;
    private final PathRules rules;

    FilterReader(FilterFlags flags, ZonedDateTime now, TextSource texts, RandomGenerator random) {
        this.flags = flags;
        this.now = now;
        this.texts = texts;
        this.random = random;
        this.rules = new PathRules(flags.ignoringCase() ? LetterCase.IGNORED : LetterCase.MATTERS);
    }

    Filter read() {
        readRules();
        Bounds bounds = readBounds();
        Optional<HashPartition> partition = flags.last(FilterFlag.HASH_FILTER)
                .map(value -> placed(FilterFlag.HASH_FILTER.spelling(), () -> HashPartition.parse(value, random)));
        Set<String> markers = readMarkers();
        var warnings = new RuleWarnings(flags, rules, bounds);
        var byRules = new RuleFilter(bounds, partition, rules, markers, warnings.all(), warnings.doubts());
        Optional<FilterFlag> list =
                List.of(FilterFlag.FILES_FROM, FilterFlag.FILES_FROM_RAW, FilterFlag.FILES_FROM0).stream()
                        .filter(flags::has)
                        .findFirst();
        if (list.isEmpty()) {
            return byRules;
        }
        if (!byRules.isEverything()) {
            throw new IllegalArgumentException(
                    "Want %s by itself, because it says all there is to say, but have other filters too"
                            .formatted(list.orElseThrow().spelling()));
        }
        return readList();
    }

    private void readRules() {
        eachValue(FilterFlag.INCLUDE, (pattern, origin) -> add(Rule.Sign.INCLUDE, pattern, origin));
        eachLine(FilterFlag.INCLUDE_FROM, (pattern, origin) -> add(Rule.Sign.INCLUDE, pattern, origin));
        eachValue(FilterFlag.EXCLUDE, (pattern, origin) -> add(Rule.Sign.EXCLUDE, pattern, origin));
        eachLine(FilterFlag.EXCLUDE_FROM, (pattern, origin) -> add(Rule.Sign.EXCLUDE, pattern, origin));
        eachValue(FilterFlag.FILTER, this::addWritten);
        eachLine(FilterFlag.FILTER_FROM, this::addWritten);
        if (flags.has(FilterFlag.INCLUDE) || flags.has(FilterFlag.INCLUDE_FROM)) {
            add(Rule.Sign.EXCLUDE, ALL, RuleWarnings.IMPLIED);
        }
    }

    private void eachValue(FilterFlag flag, BiConsumer<String, Origin> reader) {
        flags.all(flag).forEach(value -> reader.accept(value, new Origin(flag.spelling(), 0)));
    }

    private void eachLine(FilterFlag flag, BiConsumer<String, Origin> reader) {
        eachLine(flag, Lines::rules, reader);
    }

    private void eachLine(
            FilterFlag flag, Function<String, List<Lines.Line>> split, BiConsumer<String, Origin> reader) {
        for (String name : flags.all(flag)) {
            String source = "%s %s".formatted(flag.spelling(), name);
            split.apply(texts.text(name))
                    .forEach(line -> reader.accept(line.text(), new Origin(source, line.number())));
        }
    }

    private void addWritten(String line, Origin origin) {
        if (line.equals("!")) {
            rules.clear();
        } else if (line.startsWith("+ ")) {
            add(Rule.Sign.INCLUDE, line.substring(2), origin);
        } else if (line.startsWith("- ")) {
            add(Rule.Sign.EXCLUDE, line.substring(2), origin);
        } else {
            throw new SpecException(line, 0, "Want '+ PATTERN', '- PATTERN' or '!' but have '%s'".formatted(line))
                    .from(origin.toString());
        }
    }

    private void add(Rule.Sign sign, String pattern, Origin origin) {
        placed(origin.toString(), () -> {
            rules.add(new Rule(sign, pattern, origin));
            return sign;
        });
    }

    private Bounds readBounds() {
        Optional<Instant> notAfter = age(FilterFlag.MIN_AGE);
        Optional<Instant> notBefore = age(FilterFlag.MAX_AGE);
        if (notAfter.isPresent()
                && notBefore.isPresent()
                && notAfter.orElseThrow().isBefore(notBefore.orElseThrow())) {
            throw new IllegalArgumentException("Want --min-age up to --max-age but have '%s' and '%s'"
                    .formatted(
                            flags.last(FilterFlag.MIN_AGE).orElseThrow(),
                            flags.last(FilterFlag.MAX_AGE).orElseThrow()));
        }
        return new Bounds(size(FilterFlag.MIN_SIZE), size(FilterFlag.MAX_SIZE), notBefore, notAfter);
    }

    private Optional<ByteSize> size(FilterFlag flag) {
        return flags.last(flag).flatMap(value -> placed(flag.spelling(), () -> ByteSize.parseOrOff(value)));
    }

    private Optional<Instant> age(FilterFlag flag) {
        return flags.last(flag)
                .flatMap(value -> placed(flag.spelling(), () -> Age.parse(value, now.getZone())))
                .map(age -> age.before(now.toInstant()));
    }

    private Set<String> readMarkers() {
        var markers = new LinkedHashSet<String>();
        for (String name : flags.all(FilterFlag.EXCLUDE_IF_PRESENT)) {
            if (name.isEmpty() || name.contains("/")) {
                throw new SpecException(
                                name,
                                Math.max(0, name.indexOf('/')),
                                "Want the name of a file but have '%s'".formatted(name))
                        .from(FilterFlag.EXCLUDE_IF_PRESENT.spelling());
            }
            markers.add(name);
        }
        return markers;
    }

    private ListFilter readList() {
        Map<RelPath, Origin> files = new LinkedHashMap<>();
        var unusable = new LinkedHashSet<String>();
        BiConsumer<String, Origin> reader = (line, origin) -> {
            String path = withoutSlashes(line);
            if (RelPath.faultOf(path).isPresent()) {
                unusable.add("'%s' of %s can be no file's path: %s"
                        .formatted(line, origin, RelPath.faultOf(path).orElseThrow()));
            } else if (!path.isEmpty()) {
                files.putIfAbsent(new RelPath(path), origin);
            }
        };
        eachLine(FilterFlag.FILES_FROM, Lines::rules, reader);
        eachLine(FilterFlag.FILES_FROM_RAW, Lines::raw, reader);
        eachLine(FilterFlag.FILES_FROM0, Lines::nulEnded, reader);
        return new ListFilter(files, List.copyOf(unusable));
    }

    private static String withoutSlashes(String path) {
        int start = 0;
        int end = path.length();
        while (start < end && path.charAt(start) == '/') {
            start++;
        }
        while (end > start && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(start, end);
    }

    private static <R> R placed(String origin, Supplier<R> reading) {
        try {
            return reading.get();
        } catch (SpecException refused) {
            throw refused.from(origin);
        }
    }
}
