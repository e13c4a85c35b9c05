package io.skyferry.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.limits.SpecException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathPatternTest {
    private static final int PATTERNS = 2_000;

    @Test
    void shortcutsSayWhatRe2Says() {
        var cases = new RandomCases(new Random(3), RandomCases.Oddity.ODD);
        int matches = 0;
        for (PathPattern pattern : patterns(cases)) {
            for (int i = 0; i < 12; i++) {
                String path = cases.path() + (i % 4 == 0 ? "/" : "");
                boolean meant = pattern.matchesByRegexp(path);
                matches += meant ? 1 : 0;
                assertThat(pattern.matches(path))
                        .as("'%s' on '%s'", pattern.glob().text(), path)
                        .isEqualTo(meant);
            }
        }
        assertThat(matches).isGreaterThan(PATTERNS / 4);
    }

    @Test
    void reachIsSafe() {
        var cases = new RandomCases(new Random(4), RandomCases.Oddity.ODD);
        int cut = 0;
        int covered = 0;
        for (PathPattern pattern : patterns(cases)) {
            String directory = cases.upTo(8) == 0 ? "" : cases.path() + "/";
            boolean may = pattern.reach().mayMatchBelow(directory);
            boolean all = pattern.reach().matchesAllBelow(directory);
            cut += may ? 0 : 1;
            covered += all ? 1 : 0;
            for (int i = 0; i < 12; i++) {
                String path = directory + cases.path() + (i % 4 == 0 ? "/" : "");
                boolean meant = pattern.matchesByRegexp(path);
                assertThat(may || !meant)
                        .as("'%s' may match '%s'", pattern.glob().text(), path)
                        .isTrue();
                assertThat(meant || !all)
                        .as("'%s' matches all like '%s'", pattern.glob().text(), path)
                        .isTrue();
            }
        }
        assertThat(cut).isGreaterThan(PATTERNS / 5);
        assertThat(covered).isGreaterThan(PATTERNS / 100);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/a/** | a/ | true | true",
                "/a/** | a/b/ | true | true",
                "/a/** | b/ | false | false",
                "/a/** | '' | true | false",
                "a/** | x/a/ | true | true",
                "a/** | x/ | true | false",
                "/a/*.jpg | a/ | true | false",
                "/a/*.jpg | a/b/ | false | false",
                "/a/b/*.jpg | a/ | true | false",
                "/*.jpg | a/ | false | false",
                "*.jpg | a/ | true | false",
                "* | a/ | true | true",
                "/* | a/ | false | false",
                "** | '' | true | true",
                "{*,b} | a/ | true | true",
                "{a,b}/** | b/ | true | true",
                "/{a/b,c}/x | a/ | true | false",
                "/{a/b,c}/x | b/ | false | false",
                "/a/{{\\d+}}/x | a/ | true | false",
                "/a/{{\\d+}}/x | b/ | false | false",
                "/a{{.*}}/** | a/ | true | false",
                "/[ab]/** | b/ | true | true",
                "/[ab]/** | c/ | false | false",
                "/a?/** | ab/ | true | true",
                "/a?/** | a/ | false | false",
            })
    void reachSeesTheCommonCases(String pattern, String directory, boolean may, boolean all) {
        Reach reach = PathPattern.of(Glob.parse(pattern), LetterCase.MATTERS).reach();
        assertThat(reach.mayMatchBelow(directory)).isEqualTo(may);
        assertThat(reach.matchesAllBelow(directory)).isEqualTo(all);
    }

    private static List<PathPattern> patterns(RandomCases cases) {
        var patterns = new ArrayList<PathPattern>();
        while (patterns.size() < PATTERNS) {
            LetterCase letters = cases.upTo(3) == 0 ? LetterCase.IGNORED : LetterCase.MATTERS;
            try {
                patterns.add(PathPattern.of(Glob.parse(cases.pattern()), letters));
            } catch (SpecException refused) {
                assertThat(refused.position()).isPositive();
            }
        }
        return patterns;
    }
}
