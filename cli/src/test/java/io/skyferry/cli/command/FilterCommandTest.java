package io.skyferry.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.cli.Program;
import io.skyferry.testkit.MemoryBackdoor;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilterCommandTest {
    @TempDir
    Path scratch;

    private Program program;
    private MemoryBackdoor folder;

    @BeforeEach
    void fill() {
        program = new Program(scratch);
        folder = program.folder("/a");
        folder.put("a-b", "1");
        folder.put("a/b", "22");
        folder.put("a.b", "1");
        folder.put("skip/.nosync", "");
        folder.put("skip/deep/c", "1");
    }

    @Test
    void listIsSortedByBytes() {
        assertThat(program.run("filter", "list", "--include", "a*/**", "--include", "a*", "/a")
                        .out())
                .isEqualTo("a-b\na.b\na/b\n");
        assertThat(program.run("filter", "list", "--json", "--min-size", "2B", "/a")
                        .out())
                .isEqualTo("{\"path\":\"a/b\",\"bytes\":2}\n");
    }

    @Test
    void bareDirectoryIsWarnedOf() {
        assertThat(program.run("filter", "list", "--include", "/a", "/a").err()).contains("/a/**");
    }

    @Test
    void testSaysWhichRuleDecides() {
        assertThat(program.run("filter", "test", "--filter", "- *.b", "--filter", "+ a-*", "/a", "a.b", "./a-b", "x")
                        .lines())
                .containsExactly(
                        "- a.b: '- *.b' of --filter is the first rule that matches",
                        "+ ./a-b: '+ a-*' of --filter is the first rule that matches",
                        "+ x: no rule matches, and what none matches is selected");
    }

    @Test
    void testLooksAtSizesOfWhatIsThere() {
        assertThat(program.run("filter", "test", "--json", "--max-size", "1B", "/a", "a/b", "a-b")
                        .lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("{\"path\":\"a/b\",\"selected\":false,\"cause\":\"size\",\"why\":"),
                        line -> assertThat(line)
                                .startsWith("{\"path\":\"a-b\",\"selected\":true,\"cause\":\"no_rule\""));
    }

    @Test
    void testFindsMarkersAbove() {
        assertThat(program.run("filter", "test", "--exclude-if-present", ".nosync", "/a", "skip/deep/c", "a-b")
                        .lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("- skip/deep/c: 'skip/.nosync' is there"),
                        line -> assertThat(line).startsWith("+ a-b"));
    }

    @Test
    void bwlimitShowsWhatIsInForce() {
        assertThat(program.run("bwlimit", "10M:off", "--json").out())
                .isEqualTo("{\"canonical\":\"10Mi:off\",\"upload\":10485760,\"download\":null}\n");
        assertThat(program.run("bwlimit", "08:00,512 18:00,30MB", "--at", "2026-11-22T19:59", "--zone", "Europe/Berlin")
                        .lines())
                .last()
                .isEqualTo("download: 30Mi a second");
    }
}
