package io.skyferry.filter;

import io.skyferry.rclone.Rclone;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ModTime;
import io.skyferry.storage.RelPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Compares filters with Debian's rclone over made-up flags and trees.
///
/// Each case is asked twice: by a walk over a real tree, where rclone also goes by directory rules, and by a
/// recursive listing, where it goes by its rules for files alone, as ours always does.
final class RcloneComparison {
    private static final int CASES_A_TREE = 100;
    private static final int FILES_A_TREE = 40;
    private static final Selection ALL = Selection.everything();
    private static final Set<FilterFlag> RULES = EnumSet.of(
            FilterFlag.INCLUDE,
            FilterFlag.INCLUDE_FROM,
            FilterFlag.EXCLUDE,
            FilterFlag.EXCLUDE_FROM,
            FilterFlag.FILTER,
            FilterFlag.FILTER_FROM);
    private static final Instant FIRST_CHANGE = Instant.parse("2019-12-30T00:30:00Z");

    private final Rclone rclone;
    private final Path scratch;
    private final Map<Explanation, Integer> explained = new EnumMap<>(Explanation.class);
    private final List<String> unexplained = new ArrayList<>();
    private int agreed;
    private int refusedByBoth;

    RcloneComparison(Rclone rclone, Path scratch) {
        this.rclone = rclone;
        this.scratch = scratch;
    }

    /// Why answers may differ; each is told from the case itself.
    enum Explanation {
        /// Rclone before 1.75 refuses braces in braces.
        NESTED_BRACES,
        /// Rclone splits an include at each slash, also at one in brackets, and refuses the halves.
        SLASH_IN_BRACKETS,
        /// Rclone takes a sign that a backslash takes its meaning from for the start of `{{` or for `**`.
        ESCAPED_SIGN,
        /// Rclone takes a backslash at the end and lets it take the meaning of the pattern's end.
        BACKSLASH_AT_END,
        /// Rclone fails where a directory has the name of a marker file.
        MARKER_IS_DIRECTORY,
        /// Rclone overlooks a marker in the root if its rules leave out the marker itself; elsewhere it does not.
        ROOT_MARKER_LEFT_OUT,
        /// Rclone of old adds an include's last rule after it looked whether there are rules besides a file list.
        LIST_BESIDE_FORGOTTEN_INCLUDE,
        /// A walk of rclone's does not enter a directory although its rules select a file in it.
        NARROW_WALK
    }

    /// What was found.
    record Result(int agreed, int refusedByBoth, Map<Explanation, Integer> explained, List<String> unexplained) {}

    /// A tree on disk and in rclone's memory.
    ///
    /// @param memory its name there
    private record Tree(Path root, String memory, List<Entry.File> files, Set<RelPath> directories) {}

    /// @param cases how many filters are compared
    Result run(int cases, long seed) {
        for (int done = 0; done < cases; done += CASES_A_TREE) {
            var made = new RandomCases(new Random(seed + done), RandomCases.Oddity.ODD);
            Tree tree = plant(made, "tree" + done);
            for (int i = done; i < Math.min(cases, done + CASES_A_TREE); i++) {
                compare(randomFlags(made), tree);
            }
            forget(tree);
        }
        return new Result(agreed, refusedByBoth, explained, unexplained);
    }

    private void compare(FilterFlags flags, Tree tree) {
        Map<String, Object> asked = rcloneFilter(flags);
        Rclone.Answer walk = rclone.walk(tree.root().toString(), asked);
        Filter filter;
        try {
            filter = flags.build(Flags.NOW, this::read, new Random(0));
        } catch (IllegalArgumentException refused) {
            if (walk.error().isPresent()) {
                refusedByBoth++;
            } else {
                explain(flags, "refused by us only: " + refused.getMessage());
            }
            return;
        }
        if (walk.error().isPresent()) {
            explain(flags, "refused by rclone only: " + walk.error().orElseThrow());
            return;
        }
        compareWalk(flags, filter, tree, walk);
        if (filter.markers().isEmpty() && filter.listedFiles().isEmpty()) {
            compareRecursion(flags, filter, tree, asked);
        }
    }

    private void compareWalk(FilterFlags flags, Filter filter, Tree tree, Rclone.Answer walk) {
        Filter rules = rulesOf(flags).build(Flags.NOW, this::read, new Random(0));
        Predicate<RelPath> unmarked =
                directory -> isUnmarked(directory, filter, tree, directory.isRoot() ? rules : ALL);
        Predicate<RelPath> entered =
                directory -> isEntered(directory, above -> filter.selectsDirectory(above) && unmarked.test(above));
        Set<String> selected = paths(
                tree.files(),
                file -> filter.selects(file)
                        && isEntered(file.path().parent(), above -> isUnmarked(above, filter, tree, ALL)));
        Set<String> files = paths(
                tree.files(),
                file -> filter.selects(file) && entered.test(file.path().parent()));
        Set<String> directories = tree.directories().stream()
                .filter(entered)
                .map(RelPath::text)
                .collect(Collectors.toCollection(TreeSet::new));
        boolean listed = filter.listedFiles().isPresent();
        if (!files.equals(walk.files()) || (!listed && !directories.equals(walk.directories()))) {
            explain(
                    flags,
                    "walk of %s: want %s and %s but have %s and %s"
                            .formatted(tree.memory(), files, directories, walk.files(), walk.directories()));
        } else if (files.equals(selected)) {
            agreed++;
        } else {
            boolean overlooked = unmarked.test(RelPath.ROOT) && !isUnmarked(RelPath.ROOT, filter, tree, ALL);
            explained.merge(overlooked ? Explanation.ROOT_MARKER_LEFT_OUT : Explanation.NARROW_WALK, 1, Integer::sum);
        }
    }

    private static FilterFlags rulesOf(FilterFlags flags) {
        return new FilterFlags(
                flags.flags().stream()
                        .filter(given -> RULES.contains(given.flag()))
                        .toList(),
                flags.ignoringCase());
    }

    /// @param seen what of the directory rclone sees before it looks for markers
    private static boolean isUnmarked(RelPath directory, Filter filter, Tree tree, Selection seen) {
        return tree.files().stream()
                .filter(file -> file.path().parent().equals(directory))
                .filter(seen::selects)
                .noneMatch(file -> filter.markers().contains(file.path().name()));
    }

    private static boolean isEntered(RelPath directory, Predicate<RelPath> each) {
        return each.test(directory) && (directory.isRoot() || isEntered(directory.parent(), each));
    }

    private void compareRecursion(FilterFlags flags, Filter filter, Tree tree, Map<String, Object> asked) {
        String target = ":memory:found";
        rclone.call(
                "sync/copy",
                Map.of(
                        "srcFs",
                        ":memory:" + tree.memory(),
                        "dstFs",
                        target,
                        "_filter",
                        asked,
                        "_config",
                        Map.of("UseListR", true)));
        Set<String> found = rclone.walk(target, Map.of()).files();
        rclone.call("operations/purge", Map.of("fs", target, "remote", ""));
        Set<String> files = paths(tree.files(), filter::selects);
        if (!files.equals(found)) {
            explain(flags, "recursion over %s: want %s but have %s".formatted(tree.memory(), files, found));
        }
    }

    private static Set<String> paths(List<Entry.File> files, Predicate<Entry.File> selected) {
        return files.stream()
                .filter(selected)
                .map(file -> file.path().text())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void explain(FilterFlags flags, String difference) {
        Explanations.of(flags, this::read, difference)
                .ifPresentOrElse(
                        explanation -> explained.merge(explanation, 1, Integer::sum),
                        () -> unexplained.add("%s: %s".formatted(Explanations.told(flags, this::read), difference)));
    }

    private FilterFlags randomFlags(RandomCases made) {
        FilterFlags flags = FilterFlags.NONE;
        if (made.upTo(25) == 0) {
            String list = made.pick(List.of("--files-from", "--files-from-raw"));
            flags = Flags.flags(list, write(made, "%s\n#x\n /%s/ \n".formatted(made.path(), made.path())));
        }
        for (int i = 0; i <= made.upTo(4) && !(i == 0 && made.upTo(8) == 0); i++) {
            flags = withRule(flags, made);
        }
        if (made.upTo(3) == 0) {
            flags = flags.with(FilterFlag.FILTER, made.pick(List.of("- *", "- /**", "- **")));
        }
        if (made.upTo(6) == 0) {
            flags = flags.with(
                    made.pick(List.of(FilterFlag.MIN_SIZE, FilterFlag.MAX_SIZE)),
                    made.pick(List.of("1", "500B", "1.5k", "0", "2000b", "off", "1KiB")));
        }
        if (made.upTo(6) == 0) {
            flags = flags.with(
                    made.pick(List.of(FilterFlag.MIN_AGE, FilterFlag.MAX_AGE)),
                    made.pick(
                            List.of("2020-01-01", "2020-01-02T12:00:00", "2019-12-31 00:00:00", "off", "1h", "100y")));
        }
        if (made.upTo(12) == 0) {
            flags = flags.with(FilterFlag.EXCLUDE_IF_PRESENT, made.name().replace("/", ""));
        }
        return made.upTo(4) == 0 ? flags.withCaseIgnored() : flags;
    }

    private FilterFlags withRule(FilterFlags flags, RandomCases made) {
        String pattern = made.pattern();
        return switch (made.upTo(11)) {
            case 0, 1 -> flags.with(FilterFlag.INCLUDE, pattern);
            case 2 -> flags.with(FilterFlag.EXCLUDE, pattern);
            case 3 -> flags.with(FilterFlag.INCLUDE_FROM, write(made, "# c\n  " + pattern + " \r\n\n"));
            case 4 -> flags.with(FilterFlag.EXCLUDE_FROM, write(made, "; c\n\t" + pattern));
            case 5 ->
                flags.with(
                        FilterFlag.FILTER_FROM,
                        write(
                                made,
                                "- %s\n + %s\n%s"
                                        .formatted(pattern, made.pattern(), made.pick(List.of("", "!", "- *")))));
            case 6, 7, 8 -> flags.with(FilterFlag.FILTER, "+ " + pattern);
            default -> flags.with(FilterFlag.FILTER, "- " + pattern);
        };
    }

    private String write(RandomCases made, String lines) {
        Path file = scratch.resolve("rules" + made.upTo(1_000_000));
        try {
            return Files.write(file, RelPath.bytesOf(lines)).toString();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private String read(String name) {
        try {
            byte[] bytes = Files.readAllBytes(Path.of(name));
            return RelPath.textOf(bytes, 0, bytes.length);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Map<String, Object> rcloneFilter(FilterFlags flags) {
        var options = new HashMap<String, Object>();
        options.put("IgnoreCase", flags.ignoringCase());
        putAll(options, "FilterRule", flags, FilterFlag.FILTER);
        putAll(options, "FilterFrom", flags, FilterFlag.FILTER_FROM);
        putAll(options, "IncludeRule", flags, FilterFlag.INCLUDE);
        putAll(options, "IncludeFrom", flags, FilterFlag.INCLUDE_FROM);
        putAll(options, "ExcludeRule", flags, FilterFlag.EXCLUDE);
        putAll(options, "ExcludeFrom", flags, FilterFlag.EXCLUDE_FROM);
        putAll(options, "FilesFrom", flags, FilterFlag.FILES_FROM);
        putAll(options, "FilesFromRaw", flags, FilterFlag.FILES_FROM_RAW);
        putAll(options, "ExcludeFile", flags, FilterFlag.EXCLUDE_IF_PRESENT);
        flags.last(FilterFlag.MIN_SIZE).ifPresent(size -> options.put("MinSize", size));
        flags.last(FilterFlag.MAX_SIZE).ifPresent(size -> options.put("MaxSize", size));
        flags.last(FilterFlag.MIN_AGE).ifPresent(age -> options.put("MinAge", age));
        flags.last(FilterFlag.MAX_AGE).ifPresent(age -> options.put("MaxAge", age));
        return options;
    }

    private static void putAll(Map<String, Object> options, String name, FilterFlags flags, FilterFlag flag) {
        if (flags.has(flag)) {
            // JSON can hold no byte that is not UTF-8.
            options.put(name, flags.all(flag).stream().map(WellFormed::of).toList());
        }
    }

    /// Puts a tree on disk and into rclone's memory. Names are such as each storage keeps unchanged.
    private Tree plant(RandomCases made, String name) {
        var files = new TreeMap<RelPath, Entry.File>();
        for (RelPath path : made.tree(FILES_A_TREE)) {
            String text = path.text();
            boolean kept = Normalizer.isNormalized(text, Normalizer.Form.NFC)
                    && text.chars().noneMatch(c -> c < ' ' || c == '\uFFFD' || Character.isSurrogate((char) c));
            if (kept) {
                Instant changed = FIRST_CHANGE.plusSeconds(3600L * made.upTo(150));
                files.put(path, Flags.file(text, made.upTo(4) * 700L, new ModTime.Known(changed)));
            }
        }
        Path root = scratch.resolve(name);
        var directories = new TreeSet<RelPath>();
        try {
            Files.createDirectories(root);
            for (Entry.File file : files.values()) {
                Path onDisk = root.resolve(file.path().text());
                Files.createDirectories(onDisk.getParent());
                Files.write(onDisk, new byte[(int) file.size()]);
                Files.setLastModifiedTime(
                        onDisk, FileTime.from(file.modTime().known().orElseThrow()));
                for (RelPath above = file.path().parent(); !above.isRoot(); above = above.parent()) {
                    directories.add(above);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        rclone.call("sync/copy", Map.of("srcFs", root.toString(), "dstFs", ":memory:" + name));
        return new Tree(root, name, List.copyOf(files.values()), directories);
    }

    private void forget(Tree tree) {
        rclone.call("operations/purge", Map.of("fs", ":memory:" + tree.memory(), "remote", ""));
    }
}
