package io.skyferry.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.limits.SpecException;
import io.skyferry.storage.RelPath;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SafePruningTest {
    private static final int FILTERS = 300;

    @Test
    void aPrunedWalkFindsWhatThePredicateSelects() {
        var cases = new RandomCases(new Random(8), RandomCases.Oddity.ODD);
        int pruned = 0;
        for (int i = 0; i < FILTERS; i++) {
            FilterFlags flags = randomFlags(cases);
            Optional<Filter> built = built(flags);
            if (built.isEmpty()) {
                continue;
            }
            Filter filter = built.orElseThrow();
            Set<RelPath> tree = cases.tree(12);
            Set<RelPath> directories = directories(tree);
            pruned += (int) directories.stream()
                    .filter(directory -> !filter.mayHold(directory))
                    .count();

            assertThat(walked(tree, filter::mayHoldFiles, path -> filter.selects(Flags.file(path.text()))))
                    .as("files of %s", flags)
                    .isEqualTo(selected(tree, path -> filter.selects(Flags.file(path.text()))));
            assertThat(walked(tree, filter::mayHold, path -> filter.selects(Flags.file(path.text()))))
                    .as("files of %s", flags)
                    .isEqualTo(selected(tree, path -> filter.selects(Flags.file(path.text()))));
            assertThat(walked(directories, filter::mayHold, filter::selectsDirectory))
                    .as("directories of %s", flags)
                    .isEqualTo(selected(directories, filter::selectsDirectory));
        }
        assertThat(pruned).isGreaterThan(FILTERS);
    }

    private static FilterFlags randomFlags(RandomCases cases) {
        FilterFlags flags = FilterFlags.NONE;
        for (int i = 0; i <= cases.upTo(4); i++) {
            flags = switch (cases.upTo(6)) {
                case 0 -> flags.with(FilterFlag.INCLUDE, cases.pattern());
                case 1 -> flags.with(FilterFlag.EXCLUDE, cases.pattern());
                case 2, 3 -> flags.with(FilterFlag.FILTER, "+ " + cases.pattern());
                default -> flags.with(FilterFlag.FILTER, "- " + cases.pattern());
            };
        }
        if (cases.upTo(2) == 0) {
            flags = flags.with(FilterFlag.FILTER, cases.pick(List.of("- *", "- /**", "- **")));
        }
        return cases.upTo(4) == 0 ? flags.withCaseIgnored() : flags;
    }

    private static Optional<Filter> built(FilterFlags flags) {
        try {
            return Optional.of(flags.build(Flags.NOW, name -> name, new Random(1)));
        } catch (SpecException refused) {
            return Optional.empty();
        }
    }

    private static Set<RelPath> directories(Set<RelPath> tree) {
        var directories = new HashSet<RelPath>();
        for (RelPath file : tree) {
            for (RelPath above = file.parent(); !above.isRoot(); above = above.parent()) {
                directories.add(above);
            }
        }
        return directories;
    }

    private static Set<RelPath> walked(Set<RelPath> entries, Predicate<RelPath> entered, Predicate<RelPath> selected) {
        return entries.stream()
                .filter(selected)
                .filter(entry -> isReached(entry.parent(), entered))
                .collect(Collectors.toSet());
    }

    private static boolean isReached(RelPath directory, Predicate<RelPath> entered) {
        return entered.test(directory) && (directory.isRoot() || isReached(directory.parent(), entered));
    }

    private static Set<RelPath> selected(Set<RelPath> entries, Predicate<RelPath> selected) {
        return entries.stream().filter(selected).collect(Collectors.toSet());
    }
}
