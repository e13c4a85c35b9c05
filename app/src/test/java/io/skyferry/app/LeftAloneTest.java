package io.skyferry.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Links that are left alone, and links that lead nowhere.
class LeftAloneTest {
    private final Path source;
    private final Path target;
    private final Typed typed;

    LeftAloneTest(@TempDir Path folder) throws IOException {
        source = Files.createDirectories(folder.resolve("source"));
        target = Files.createDirectories(folder.resolve("target"));
        typed = new Typed(folder);
        Files.writeString(source.resolve("a"), "a");
    }

    private void link(String name, String to) throws IOException {
        Files.createSymbolicLink(source.resolve(name), Path.of(to));
    }

    @Test
    void linksThatAreNotFollowedAreNamedAtTheEnd() throws IOException {
        link("link", "a");
        Typed.Ended one = typed.run("copy", "@source", "@target");
        assertThat(one.exit()).isZero();
        assertThat(one.lines())
                .contains(
                        "  1 link or special file was left alone",
                        "  'link' is left alone: It is a symbolic link that is not followed");
        assertThat(typed.run("copy", "@source", "@target", "--exclude", "link").out())
                .startsWith("Done: ")
                .doesNotContain("left alone");
    }

    @Test
    void ofVeryManyLinksTheFirstAreNamed() throws IOException {
        for (int i = 0; i < 130; i++) {
            link("link" + i, "a");
        }
        assertThat(typed.run("copy", "@source", "@target").lines())
                .contains("  130 links and special files were left alone")
                .hasSize(102);
    }

    @Test
    void linkThatLeadsNowhereIsToldAndHoldsBackDeletes() throws IOException {
        link("mounted", "/nowhere/to/be/found");
        Files.createDirectories(target.resolve("mounted"));
        Files.writeString(target.resolve("mounted/b"), "of the disk that is not there now");

        Typed.Ended ended = typed.run("sync", "-L", "@source", "@target", "--max-delete", "100%", "--ignore-errors");

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.out())
                .contains(
                        "  mounted: The symbolic link leads nowhere",
                        "Nothing is deleted, as a listing does not tell all");
        assertThat(target.resolve("mounted/b")).exists();
        assertThat(target.resolve("a")).exists();
        for (String listing : new String[] {"ls", "lsf", "lsjson", "size", "tree"}) {
            Typed.Ended listed = typed.run(listing, "-L", "@source");
            assertThat(listed.exit()).as(listing).isEqualTo(1);
            assertThat(listed.err()).as(listing).contains("mounted: The symbolic link leads nowhere");
        }
        assertThat(typed.run("size", "@source").exit()).isZero();
    }

    @Test
    void linkThatLeadsNowhereAndIsLeftOutHoldsBackNothing() throws IOException {
        link("lock", "127.0.0.1:4711");
        Files.writeString(target.resolve("gone"), "gone");
        String[] rules = {"--exclude", "lock", "--exclude", "lock/**"};

        assertThat(typed.run("size", "-L", "@source", rules[0], rules[1], rules[2], rules[3])
                        .exit())
                .isZero();
        Typed.Ended ended = typed.run(
                "sync", "-L", "@source", "@target", "--max-delete", "100%", rules[0], rules[1], rules[2], rules[3]);
        assertThat(ended.exit()).as(ended.out()).isZero();
        assertThat(target.resolve("gone")).doesNotExist();
    }
}
