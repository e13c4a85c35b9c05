package io.skyferry.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.Program;
import io.skyferry.limits.BandwidthSchedule;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.RelPath;
import io.skyferry.testkit.MemoryBackdoor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListingCommandsTest {
    private static final Instant THEN = Instant.parse("2026-11-21T16:40:01.123456789Z");

    @TempDir
    Path scratch;

    private Program program;
    private MemoryBackdoor folder;

    @BeforeEach
    void fill() {
        program = new Program(scratch);
        folder = program.folder("/a");
        put("a.txt", "hello");
        put("x/b \"q\".txt", "world!");
        put("x/y/c", "");
    }

    private void put(String path, String text) {
        folder.put(new RelPath(path), text.getBytes(StandardCharsets.UTF_8), THEN);
    }

    private String out(String... typed) {
        return program.run(typed).out();
    }

    @Test
    void lsShowsSizesAndPathsOfAllFiles() {
        assertThat(out("ls", "/a")).isEqualTo("        5 a.txt\n        6 x/b \"q\".txt\n        0 x/y/c\n");
    }

    @Test
    void lslShowsTimesToo() {
        assertThat(out("lsl", "/a").lines())
                .first()
                .asString()
                .matches(" {8}5 20\\d\\d-\\d\\d-\\d\\d \\d\\d:\\d\\d:01\\.123456789 a\\.txt");
    }

    @Test
    void lsfShowsOneFolderUnlessToldToGoDeeper() {
        assertThat(out("lsf", "/a")).isEqualTo("a.txt\nx/\n");
        assertThat(out("lsf", "-R", "/a")).isEqualTo("a.txt\nx/\nx/b \"q\".txt\nx/y/\nx/y/c\n");
        assertThat(out("lsf", "--max-depth", "2", "--dirs-only", "/a")).isEqualTo("x/\nx/y/\n");
        assertThat(out("lsf", "-R", "--files-only", "--absolute", "/a")).isEqualTo("/a.txt\n/x/b \"q\".txt\n/x/y/c\n");
    }

    @Test
    void lsfPrintsTheFieldsAskedFor() {
        assertThat(out("lsf", "--format", "sp", "--no-dir-slash", "/a")).isEqualTo("5;a.txt\n-1;x\n");
        assertThat(out("lsf", "-F", "hp", "--hash", "MD5", "-s", "  ", "--files-only", "/a"))
                .isEqualTo("5d41402abc4b2a76b9719d911017c592  a.txt\n");
        assertThat(out("lsf", "--csv", "-F", "ps", "-R", "--include", "*q*", "--files-only", "/a"))
                .isEqualTo("\"x/b \"\"q\"\".txt\",6\n");
    }

    @Test
    void lsjsonIsAnArrayWithAnEntryALine() {
        assertThat(out("lsjson", "--no-modtime", "--files-only", "--hash-type", "sha1", "--include", "/a.txt", "/a"))
                .matches(
                        "\\[\n\\{\"Path\":\"a.txt\",\"Name\":\"a.txt\",\"Size\":5,\"IsDir\":false,"
                                + "\"Hashes\":\\{\"sha1\":\"aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d\"}(,\"ID\":\"[^\"]*\")?}\n]\n");
        assertThat(out("lsjson", "--dirs-only", "-R", "/a")).isEqualTo("""
                        [
                        {"Path":"x","Name":"x","Size":-1,"IsDir":true},
                        {"Path":"x/y","Name":"y","Size":-1,"IsDir":true}
                        ]
                        """);
        assertThat(out("lsjson", "/a")).contains("\"ModTime\":\"2026-11-").contains(":01.123456789");
        assertThat(out("lsjson", "--exclude", "**", "/a")).isEqualTo("[\n]\n");
    }

    @Test
    void namesThatAreNoUtf8StayBytesInPipesAndAreSpeltOutOnTerminalsAndInJson() {
        put("caf\uDCE9\n", "x");

        assertThat(program.run("lsjson", "/a").out()).contains("\"Path\":\"caf\\udce9\\n\"");
        program.onTerminal();
        assertThat(out("lsf", "--files-only", "/a")).contains("caf\\xe9\\n\n");
    }

    @Test
    void sizeCountsAndAddsUp() {
        assertThat(out("size", "/a")).isEqualTo("Total objects: 3\nTotal size: 11 B (11 Byte)\n");
        assertThat(out("size", "--json", "--max-size", "5B", "/a"))
                .isEqualTo("{\"count\":2,\"bytes\":5,\"sizeless\":0}\n");
    }

    @Test
    void treeDrawsLevels() {
        put("x/z", "1");

        assertThat(out("tree", "/a")).isEqualTo("""
                        /
                        ├── a.txt
                        └── x
                            ├── b "q".txt
                            ├── y
                            │   └── c
                            └── z

                        2 directories, 4 files
                        """);
        assertThat(out("tree", "-d", "--level", "1", "/a")).isEqualTo("/\n└── x\n\n1 directory\n");
    }

    @Test
    void catPrintsStretches() {
        assertThat(out("cat", "--include", "a.txt", "/a")).isEqualTo("hello");
        assertThat(out("cat", "--include", "a.txt", "--offset", "1", "--count", "3", "/a"))
                .isEqualTo("ell");
        assertThat(out("cat", "--include", "a.txt", "--offset", "-2", "/a")).isEqualTo("lo");
        assertThat(out("cat", "--include", "a.txt", "--head", "2", "/a")).isEqualTo("he");
        assertThat(out("cat", "--include", "a.txt", "--tail", "9", "/a")).isEqualTo("hello");
        assertThat(out("cat", "--include", "a.txt", "--offset", "5", "/a")).isEmpty();
        assertThat(out("cat", "--include", "a.txt", "--head", "0", "/a")).isEmpty();
        assertThat(out("cat", "/a")).isEqualTo("helloworld!");
    }

    @Test
    void directoryThatCannotBeListedIsToldAndFailsTheCommand() {
        folder.show(new Entry.Unlisted(new RelPath("secret"), ErrorKind.FORBIDDEN, "not for you"));

        var outcome = program.run("ls", "/a");

        assertThat(outcome.code()).isEqualTo(ExitCodes.FAILED);
        assertThat(outcome.err()).contains("ERROR").contains("secret: not for you");
        assertThat(outcome.out()).contains("a.txt");
    }

    @Test
    void placeThatIsNotThereIsAFailure() {
        folder.vanish();

        assertThat(program.run("ls", "/a").code()).isEqualTo(ExitCodes.FAILED);
    }

    @Test
    void warningsOfFiltersAreTold() {
        assertThat(program.run("ls", "--include", "/x/", "/a").err())
                .contains("NOTICE")
                .contains("/x/**");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ls", "lsl", "lsf", "lsjson", "size", "tree", "cat", "delete", "check", "copy", "sync", "move"})
    void everyCommandKeepsToALimit(String command) {
        boolean isOfTwo = List.of("check", "copy", "sync", "move").contains(command);
        program.folder("/limited").put("a", "1");
        program.folder("/other").put("a", "1");
        List<String> typed = new ArrayList<>(List.of(command, "--bwlimit", "10M:2M", "/limited"));
        if (isOfTwo) {
            typed.add("/other");
        }

        program.run(typed.toArray(String[]::new));

        assertThat(program.wished().bandwidth()).isEqualTo(BandwidthSchedule.parse("10M:2M"));
    }
}
