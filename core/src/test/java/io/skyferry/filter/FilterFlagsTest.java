package io.skyferry.filter;

import static io.skyferry.filter.Flags.file;
import static io.skyferry.filter.Flags.filter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.limits.SpecException;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ModTime;
import io.skyferry.storage.RelPath;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FilterFlagsTest {
    private static final Instant NOW = Flags.NOW.toInstant();

    static Stream<Arguments> combinations() {
        return Stream.of(
                row("nothing at all selects everything", words(), "a b/c", ""),
                row("an include leaves out the rest", words("--include", "*.jpg"), "a.jpg b/a.jpg", "a.png b/c"),
                row("an exclude leaves the rest in", words("--exclude", "*.jpg"), "a.png b/c", "a.jpg b/a.jpg"),
                row(
                        "the first rule that matches decides",
                        words("--filter", "+ a.jpg", "--filter", "- *.jpg", "--filter", "+ b.jpg"),
                        "a.jpg x/a.jpg c.png",
                        "b.jpg c.jpg"),
                row("a plus in a filter leaves out nothing", words("--filter", "+ a.jpg"), "a.jpg b.png", ""),
                row(
                        "an include brings a last rule after filters",
                        words("--filter", "+ c", "--include", "a", "--filter", "- b"),
                        "a c",
                        "b d"),
                row(
                        "includes are asked before excludes, whatever their order",
                        words("--exclude", "a*", "--include", "ab"),
                        "ab",
                        "a aa x"),
                row("excludes are asked before filters", words("--filter", "+ a", "--exclude", "a"), "b", "a"),
                row(
                        "single values are asked before files of the same kind",
                        words("--exclude-from", "a\nb", "--include-from", "c", "--include", "d", "--exclude", "e"),
                        "c d",
                        "a b e f"),
                row(
                        "an exclamation mark forgets all rules so far but not the last one of an include",
                        words("--include", "a", "--exclude", "b", "--filter", "!", "--filter", "+ c"),
                        "c",
                        "a b d"),
                row("an exclamation mark in a file", words("--filter-from", "- a\n!\n- b"), "a c", "b"),
                row(
                        "a directory that is excluded goes with its files",
                        words("--exclude", "dir/"),
                        "dir a/b",
                        "dir/a dir/b/c x/dir/a"),
                row("one that is anchored goes by itself", words("--exclude", "/dir/"), "x/dir/a", "dir/a dir/b/c"),
                row("a directory that is included selects nothing", words("--include", "dir/"), "", "dir dir/a a"),
                row(
                        "a TrueNAS include of a bare directory selects nothing",
                        words("--filter-from", "- .zfs\n- .zfs/**\n+ /photos\n- *"),
                        "photos",
                        "photos/a a .zfs .zfs/snapshot/a"),
                row(
                        "and selects it all when written with two stars",
                        words("--filter-from", "- .zfs\n- .zfs/**\n+ /photos/**\n- *"),
                        "photos/a photos/b/c",
                        "photos a x/photos/a .zfs/a photos/.zfs/a"),
                row(
                        "a TrueNAS exclude beats its includes",
                        words("--filter-from", "- *.tmp\n+ /photos/**\n- *"),
                        "photos/a",
                        "photos/a.tmp b"),
                row("case matters", words("--exclude", "*.JPG"), "a.jpg", "a.JPG"),
                row("unless it does not", words("--ignore-case", "--exclude", "*.JPG"), "a.png", "a.JPG a.jpg a.Jpg"),
                row(
                        "comments, blank lines and blanks around a rule are nothing",
                        words("--filter-from", "\uFEFF# a\n; b\n\n  \u00A0\n\t- a#b \u00A0\r\n  - c"),
                        "a b #",
                        "a#b c"),
                row("a second blank belongs to the pattern", words("--filter", "-  a"), "a", " a"),
                row("blanks at the end of a flag count", words("--exclude", "a "), "a", "a "),
                row(
                        "listed files and no others",
                        words("--files-from", "# x\n/a/b/\n c \n\nd/e"),
                        "a/b c d/e",
                        "a x a/b/c x/c D/e"),
                row("raw lists keep blanks and signs", words("--files-from-raw", "#x\r\n;y\n/z"), "#x ;y z", "x y"),
                row("and lists with NUL all else", words("--files-from0", "a\0b/c\0"), "a b/c", "b c"),
                row(
                        "lists of all kinds add up",
                        words("--files-from", "a", "--files-from-raw", "b", "--files-from0", "c"),
                        "a b c",
                        "d"),
                row("an empty list selects nothing", words("--files-from", "# none"), "", "a"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("combinations")
    void flagsCombineAsInRclone(String meaning, List<String> flags, List<String> selected, List<String> leftOut) {
        Filter filter = filter(flags.toArray(String[]::new));
        assertThat(selected).as(meaning).allMatch(path -> filter.selects(file(path)));
        assertThat(leftOut).as(meaning).noneMatch(path -> filter.selects(file(path)));
        Stream.of(selected, leftOut)
                .flatMap(List::stream)
                .map(Flags::file)
                .forEach(file -> assertThat(filter.explain(file).selected()).isEqualTo(filter.selects(file)));
    }

    private static Arguments row(String meaning, List<String> flags, String selected, String leftOut) {
        return Arguments.of(meaning, flags, paths(selected), paths(leftOut));
    }

    private static List<String> words(String... words) {
        return List.of(words);
    }

    private static List<String> paths(String paths) {
        return Stream.of(paths.split("(?<=\\S) (?=\\S)"))
                .filter(path -> !path.isEmpty())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        // size, --min-size, --max-size, selected
        "0, 1B, off, false",
        "1, 1B, off, true",
        "1023, 1, off, false",
        "1024, 1, off, true",
        "1024, off, 1, true",
        "1025, off, 1, false",
        "0, off, 0, true",
        "1, off, 0, false",
        "0, 0, off, true",
        "-1, off, 1, true",
        "-1, 0, off, false",
        "1500000, 1M, 1.5M, true",
        "1048575, 1M, 1.5M, false",
    })
    void sizesAreBoundsThatBelongToTheSelection(long size, String min, String max, boolean selected) {
        Filter filter = filter("--min-size", min, "--max-size", max);
        assertThat(filter.selects(file("a", size))).isEqualTo(selected);
        assertThat(filter.explain(file("a", size)).selected()).isEqualTo(selected);
    }

    @ParameterizedTest
    @CsvSource({
        // age in seconds, --min-age, --max-age, selected
        "3600, off, 1h, true",
        "3601, off, 1h, false",
        "3600, 1h, off, true",
        "3599, 1h, off, false",
        "90000, 1d, 2d, true",
        "86400, 1d, 1d, true",
        "90000, off, 2026-11-20, true",
        "200000, off, 2026-11-20, false",
        "0, 0, off, true",
        "-10, 0, off, false",
        "-10, off, 0, true",
    })
    void agesAreBoundsThatBelongToTheSelection(long seconds, String min, String max, boolean selected) {
        Filter filter = filter("--min-age", min, "--max-age", max);
        Entry.File file = file("a", NOW.minus(Duration.ofSeconds(seconds)));
        assertThat(filter.selects(file)).isEqualTo(selected);
        assertThat(filter.explain(file).selected()).isEqualTo(selected);
    }

    @Test
    void aFileOfUnknownTimePassesNoAge() {
        Entry.File timeless = file("a", 0, new ModTime.NotListed());
        assertThat(filter("--max-age", "1d").selects(timeless)).isFalse();
        assertThat(filter("--min-age", "1d").selects(timeless)).isFalse();
        assertThat(filter("--max-size", "1").selects(timeless)).isTrue();
    }

    @Test
    void timeIsAskedForWhereNothingElseSpeaksAgainstAFile() {
        Filter filter = filter("--max-age", "1d", "--max-size", "1", "--exclude", "*.tmp");
        assertThat(filter.hangsOnTime(file("a", 1024))).isTrue();
        assertThat(filter.hangsOnTime(file("a", 1025))).isFalse();
        assertThat(filter.hangsOnTime(file("a.tmp", 1))).isFalse();
        assertThat(filter.ofPaths().hangsOnTime(file("a", 1))).isFalse();
        assertThat(filter("--max-size", "1").hangsOnTime(file("a", 1))).isFalse();
        assertThat(new NoDeeper(filter, 1).hangsOnTime(file("d/a", 1))).isFalse();
        assertThat(new AllBut(new RelPath("a"), filter).hangsOnTime(file("a", 1)))
                .isFalse();
        assertThat(filter.forFilesOnly().hangsOnTime(file("a", 1))).isTrue();
    }

    @Test
    void nameThatIsNoPathIsMeantUnlessFilesAreListedOrItsDirectoryIsLeftOut() {
        var unnamed = new Entry.Unusable(new RelPath("a/b"), "a/b//c", "a segment is empty", false);
        var foreign = new Entry.Unusable(new RelPath("a/b"), "xyz", "no key opens it", true);
        assertThat(filter("--include", "*.jpg").mayConcern(unnamed)).isTrue();
        Filter pruned = filter("--exclude", "/a/**");
        assertThat(pruned.mayConcern(unnamed)).isFalse();
        assertThat(pruned.mayConcern(foreign)).isTrue();
        Filter listed = filter("--files-from", "a/b");
        assertThat(listed.mayConcern(unnamed)).isFalse();
        assertThat(listed.mayConcern(foreign)).isTrue();
        assertThat(new NoDeeper(filter("--include", "*"), 2).mayConcern(unnamed))
                .isFalse();
        assertThat(new NoDeeper(filter("--include", "*"), 3).mayConcern(unnamed))
                .isTrue();
    }

    @Test
    void theLastOfSeveralBoundsCounts() {
        Filter filter = filter("--max-size", "1", "--max-size", "2", "--min-size", "1", "--min-size", "off");
        assertThat(filter.selects(file("a", 2048))).isTrue();
        assertThat(filter.selects(file("a", 0))).isTrue();
    }

    @Test
    void onlyNoConditionAtAllIsEverything() {
        assertThat(filter().isEverything()).isTrue();
        assertThat(filter("--filter", "- a", "--filter", "!").isEverything()).isTrue();
        assertThat(filter("--max-size", "off", "--min-age", "off").isEverything())
                .isTrue();
        assertThat(filter("--ignore-case").isEverything()).isTrue();
        assertThat(filter("--filter", "+ a").isEverything()).isFalse();
        assertThat(filter("--exclude-if-present", ".no").isEverything()).isFalse();
        assertThat(filter("--hash-filter", "0/1").isEverything()).isFalse();
        assertThat(filter("--files-from", "").isEverything()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "--filter | -*.x | --filter: Want '+ PATTERN'",
                "--filter | *.x | position 1 of '*.x'",
                "--filter | # x | '+ PATTERN', '- PATTERN' or '!'",
                "--filter | `` | position 1",
                "--filter | - a[ | position 2 of 'a['",
                "--include | *** | --include: Want '*' or '**'",
                "--min-size | 1MB | --min-size: Want 'M'",
                "--max-age | 1q | --max-age: Want an age",
                "--hash-filter | 1 | --hash-filter: Want 'K/N'",
                "--hash-filter | 1/0 | at least 1 part",
                "--hash-filter | -1/2 | 'K/N'",
                "--hash-filter | 1/18446744073709551616 | 2^64",
                "--exclude-if-present | a/b | the name of a file",
                "--exclude-if-present | `` | the name of a file",
            })
    void whatCannotBeReadIsRefusedWithItsFlag(String flag, String value, String message) {
        assertThatThrownBy(() -> filter(flag, value))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining(message);
    }

    @Test
    void whatCannotBeReadInAFileIsRefusedWithItsLine() {
        FilterFlags flags = FilterFlags.NONE.with(FilterFlag.FILTER_FROM, "rules.txt");
        assertThatThrownBy(() -> flags.build(Flags.NOW, name -> "# first\n\n- a\n- b]\n", new Random(1)))
                .isInstanceOf(SpecException.class)
                .hasMessage("--filter-from rules.txt, line 4: Want a '[' before it or '\\]' but have ']' at position 2"
                        + " of 'b]'");
    }

    @Test
    void agesThatLeaveNothingAreRefused() {
        assertThatThrownBy(() -> filter("--min-age", "2d", "--max-age", "1d"))
                .hasMessage("Want --min-age up to --max-age but have '2d' and '1d'");
    }

    @ParameterizedTest
    @CsvSource({
        "--include, a",
        "--filter, - a",
        "--max-size, 1",
        "--min-age, 1d",
        "--exclude-if-present, x",
        "--hash-filter, 0/2",
    })
    void listedFilesStandAlone(String flag, String value) {
        assertThatThrownBy(() -> filter("--files-from", "a", flag, value))
                .hasMessageContaining("--files-from by itself");
        assertThatThrownBy(() -> filter("--files-from-raw", "a", flag, value))
                .hasMessageContaining("--files-from-raw by itself");
        assertThat(filter("--files-from", "a", "--ignore-case").selects(file("A")))
                .isFalse();
    }

    @Test
    void aListNamesItsFilesInOrderAndTheirDirectories() {
        Filter filter = filter("--files-from", "b/c/d\na\nb/x");
        assertThat(filter.listedFiles().orElseThrow())
                .containsExactly(new RelPath("a"), new RelPath("b/c/d"), new RelPath("b/x"));
        assertThat(filter.mayHold(RelPath.ROOT)).isTrue();
        assertThat(filter.mayHold(new RelPath("b"))).isTrue();
        assertThat(filter.mayHold(new RelPath("b/c"))).isTrue();
        assertThat(filter.mayHold(new RelPath("b/x"))).isFalse();
        assertThat(filter.selectsDirectory(new RelPath("c"))).isFalse();
    }

    @Test
    void markersAreNames() {
        assertThat(filter("--exclude-if-present", ".a", "--exclude-if-present", ".b")
                        .markers())
                .containsExactlyInAnyOrder(".a", ".b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // rules | selected directories | others
                "- emptydir/* | emptydir | ''",
                "- emptydir/** | a | emptydir x/emptydir emptydir/a",
                "- emptydir/ | a | emptydir x/emptydir emptydir/a",
                "- emptydir | emptydir | ''",
                "- * | '' | a a/b",
                "- /** | '' | a a/b",
                "- ** | '' | a a/b",
                "- *.jpg | a x.jpg | ''",
                "- a** | b | a ab a/b",
                "+ /a/b/*.jpg;- * | a a/b | a/b/c b",
                "+ /a/b/**;- * | a a/b a/b/c | b a/c",
                "+ *.jpg;- * | a a/b | ''",
                "+ a/*.jpg;- * | a x/a | x a/b",
                "+ {a/b,c}.jpg;- * | a x | ''",
                "+ a/;- * | a x/a | x a/b",
                "+ /*.jpg;- * | '' | a",
            })
    void directoriesFollowTheRulesOfRclone(String rules, String selected, String others) {
        Filter filter = filter("--filter-from", rules.replace(';', '\n'));
        assertThat(paths(selected)).allMatch(path -> filter.selectsDirectory(new RelPath(path)));
        assertThat(paths(others)).noneMatch(path -> filter.selectsDirectory(new RelPath(path)));
        assertThat(filter.selectsDirectory(RelPath.ROOT)).isTrue();
    }

    @Test
    void sizesAndAgesNeverTouchDirectories() {
        Filter filter = filter("--min-size", "1G", "--max-age", "1s", "--hash-filter", "0/1000");
        assertThat(filter.selectsDirectory(new RelPath("a"))).isTrue();
        assertThat(filter.mayHold(new RelPath("a"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // rules | entered | left out of the walk
                "- .zfs;- .zfs/** | a a/b | .zfs x/.zfs .zfs/snapshot",
                "- node_modules/ | a | node_modules x/node_modules",
                "+ /docs/**;- * | docs docs/a | a x/docs",
                "+ /docs/2026/*.pdf;- * | docs docs/2026 | docs/2025 docs/2026/a a",
                "+ /docs/{a/b,c}/*.pdf;- * | docs docs/a docs/a/b docs/c | ''",
                "- /big/**;+ *.jpg;- * | a | big big/a",
                "+ /big/*.jpg;- /big/**;- /other/ | big a | big/a other",
                "+ a/*.jpg;- * | x/y a | ''",
                "- *;+ /a/** | '' | a b",
            })
    void directoriesThatCanHoldNothingAreNotEntered(String rules, String entered, String leftOut) {
        Filter filter = filter("--filter-from", rules.replace(';', '\n'));
        assertThat(paths(entered)).allMatch(path -> filter.mayHoldFiles(new RelPath(path)));
        assertThat(paths(leftOut)).noneMatch(path -> filter.mayHoldFiles(new RelPath(path)));
        assertThat(filter.forFilesOnly().mayHold(RelPath.ROOT)).isTrue();
    }
}
