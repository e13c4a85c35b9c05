package io.skyferry.filter;

import static io.skyferry.filter.Flags.directory;
import static io.skyferry.filter.Flags.file;
import static io.skyferry.filter.Flags.filter;
import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.storage.ModTime;
import io.skyferry.storage.RelPath;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExplanationTest {
    @Test
    void theRuleThatDecidedIsNamedWithItsPlace() {
        FilterFlags flags = FilterFlags.NONE.with(FilterFlag.FILTER_FROM, "rules.txt");
        Filter filter = flags.build(Flags.NOW, name -> "# mine\n\n+ /keep/**\n- *.tmp\n", new Random(1));
        Verdict verdict = filter.explain(file("a.tmp"));
        assertThat(verdict.selected()).isFalse();
        assertThat(verdict.cause()).isEqualTo(Verdict.Cause.RULE);
        assertThat(verdict.rule())
                .contains(new Rule(Rule.Sign.EXCLUDE, "*.tmp", new Origin("--filter-from rules.txt", 4)));
        assertThat(verdict.why())
                .isEqualTo("'- *.tmp' of --filter-from rules.txt, line 4 is the first rule that matches");
        assertThat(filter.explain(file("keep/a.tmp")).why())
                .contains("'+ /keep/**'")
                .contains("line 3");
        assertThat(filter.explain(file("b")).cause()).isEqualTo(Verdict.Cause.NO_RULE);
    }

    @Test
    void theRuleThatAnIncludeBringsAlongIsToldAsSuch() {
        Verdict verdict = filter("--include", "*.jpg").explain(file("a.png"));
        assertThat(verdict.selected()).isFalse();
        assertThat(verdict.why())
                .isEqualTo("'- /**' of what any --include brings along is the first rule that matches");
    }

    @Test
    void timeSizeAndPartAreAskedBeforeRules() {
        Filter filter = filter("--exclude", "*", "--max-size", "1k", "--max-age", "1d", "--hash-filter", "0/1000000");
        Instant old = Instant.parse("2020-01-01T00:00:00Z");
        assertThat(filter.explain(file("a", 5000, new ModTime.Known(old))).why())
                .isEqualTo("changed 2020-01-01T00:00:00Z, before 2026-11-20T12:00:00Z (--max-age)");
        assertThat(filter.explain(file("a", 5000)).why()).isEqualTo("of 5000 bytes, more than 1Ki (--max-size)");
        assertThat(filter.explain(file("a")).cause()).isEqualTo(Verdict.Cause.HASH);
        assertThat(filter.explain(file("a")).why()).endsWith("of 1000000, not 0 (--hash-filter)");
        assertThat(filter("--min-age", "1d")
                        .explain(file("a", 0, new ModTime.NotKept()))
                        .why())
                .isEqualTo("its modification time is not known");
        assertThat(filter("--min-size", "1").explain(file("a", -1)).why())
                .isEqualTo("of unknown size, less than 1Ki (--min-size)");
    }

    @Test
    void directoriesAreExplainedByTheirOwnRules() {
        Filter filter = filter("--filter", "- cache/", "--filter", "- *.tmp");
        assertThat(filter.explain(directory("x/cache")).rule().orElseThrow()).hasToString("- cache/");
        assertThat(filter.explain(directory("x.tmp")).selected()).isTrue();
    }

    @Test
    void listedFilesAreExplainedByTheirLine() {
        Filter filter = filter("--files-from", "a\nb/c");
        assertThat(filter.explain(file("b/c")).why())
                .startsWith("listed in --files-from")
                .endsWith("line 2");
        assertThat(filter.explain(file("x")).why()).isEqualTo("not listed in any --files-from");
        assertThat(filter.explain(directory("b")).selected()).isTrue();
        assertThat(filter.explain(directory("c")).selected()).isFalse();
        assertThat(filter.warningFor(new RelPath("a")).orElseThrow()).contains("is a directory");
        assertThat(filter.warningFor(new RelPath("b"))).isEmpty();
    }

    @Test
    void markersAreToldWithTheirPath() {
        assertThat(Verdict.byMarker("a/.nobackup").why()).isEqualTo("'a/.nobackup' is there (--exclude-if-present)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "+ /photos/;- * | '+ /photos/' of --filter-from rules, line 1 selects no file of the directory: write '/photos/**'",
                "+ photos;- * | write 'photos/**'",
                "+ /photos;- * | selects only a file of exactly that name: for a directory write '/photos/**'",
                "+ //a;- * | can never match: a path holds no empty segment",
                "- ./a | can never match",
                "- ../a | can never match",
                "- a/../b | can never match",
                "- **/a | matches nothing in the root itself: write 'a' to match everywhere",
                "- /**/a | matches nothing in the root itself: write 'a' to match everywhere",
                "- [!a]b | '[^...]' negates",
                "-  a | start with a blank",
                "- *;+ a.b | '+ a.b' of --filter-from rules, line 2 can never decide",
                "- **;- a | can never decide",
            })
    void whatHardlyMeansWhatItSaysIsWarnedOf(String rules, String warning) {
        assertThat(warnings(rules)).anySatisfy(text -> assertThat(text).contains(warning));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "+ /photos/**;- *",
                "+ /photos;+ /photos/**;- *",
                "+ readme.txt;- *",
                "- /photos/",
                "- photos",
                "- .zfs;- .zfs/**",
                "+ *.jpg;- *",
                "- a\\[!x\\]",
            })
    void whatIsPlainIsNotWarnedOf(String rules) {
        assertThat(warnings(rules)).isEmpty();
    }

    /// All that is told where nothing was selected.
    private static List<String> warnings(String rules) {
        Filter filter = read(rules);
        return Stream.concat(filter.warnings().stream(), filter.doubts().stream())
                .toList();
    }

    private static Filter read(String rules) {
        return FilterFlags.NONE
                .with(FilterFlag.FILTER_FROM, "rules")
                .build(Flags.NOW, name -> rules.replace(';', '\n'), new Random(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"+ photos;- *", "+ /photos;- *", "+ Makefile;+ a/LICENSE;- *"})
    void aNameThatMayBeAFilesIsNoMoreThanADoubt(String rules) {
        assertThat(read(rules).warnings()).isEmpty();
        assertThat(read(rules).doubts()).isNotEmpty();
        assertThat(read(rules).ofPaths().doubts()).isNotEmpty();
    }

    @Test
    void flagsThatWorkAgainstOneAnotherAreWarnedOf() {
        assertThat(filter("--include", "*.jpg", "--exclude", "a*").warnings())
                .singleElement()
                .asString()
                .contains("all --include rules are asked before all --exclude rules");
        assertThat(filter("--min-size", "2", "--max-size", "1").warnings()).hasSize(1);
        assertThat(filter("--files-from", "a//b\n../c\nd").warnings()).hasSize(2);
        assertThat(filter("--include", "*.jpg", "--filter", "- *").warnings()).isEmpty();
    }

    @Test
    void aDirectoryThatIsThereAndWasMeantIsWarnedOf() {
        Filter filter = filter("--include", "/my.photos", "--include", "/docs", "--include", "/docs/**");
        assertThat(filter.warningFor(new RelPath("my.photos")).orElseThrow())
                .isEqualTo("'+ /my.photos' of --include selects no file of the directory: write '/my.photos/**'");
        assertThat(filter.warningFor(new RelPath("docs"))).isEmpty();
        assertThat(filter.warningFor(new RelPath("other"))).isEmpty();
    }
}
