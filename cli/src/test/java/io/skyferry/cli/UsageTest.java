package io.skyferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.cli.Program.Outcome;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageTest {
    @TempDir
    Path scratch;

    private Program program;

    @BeforeEach
    void makeFolders() {
        program = new Program(scratch);
        program.folder("/a").put("x", "x");
        program.folder("/b").mkdir("empty");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "frob                                  | Want a command but have 'frob'",
                "snyc /a /b                            | Want a command but have 'snyc'",
                "help snyc                             | Want a command but have 'snyc'",
                "sync                                  | Missing required parameters: 'SOURCE', 'TARGET'",
                "sync /a                               | Missing required parameter: 'TARGET'",
                "sync /a /b /c                         | Want no more arguments but have '/c'",
                "sync --bogus /a /b                    | '--bogus'",
                "sync --transfers x /a /b              | '--transfers'",
                "sync --transfers 0 /a /b              | Want 1 or more for --transfers but have 0",
                "sync --checkers -1 /a /b              | Want 1 or more for --checkers but have -1",
                "sync --retries 0 /a /b                | Want 1 or more for --retries but have 0",
                "sync --max-delete 101% /a /b          | Want a number of files such as '10'",
                "sync --max-delete many /a /b          | but have 'many'",
                "sync --max-transfer 10MB /a /b        | '--max-transfer'",
                "sync --max-duration 2026-11-21 /a /b  | Want a duration such as '90' or '1h30m'",
                "sync --order-by colour /a /b          | but have 'colour'",
                "sync --log-level LOUD /a /b           | Want DEBUG, INFO, NOTICE or ERROR but have 'LOUD'",
                "sync --size-only --checksum /a /b     | Want one of --checksum and --size-only but have both",
                "sync --size-only --ignore-size /a /b  | Want one of --size-only and --ignore-size but have both",
                "sync -L -l /a /b                      | Want one of --copy-links and --links but have both",
                "sync --include '[' /a /b              | --include",
                "sync --min-age 1h --max-age 1m /a /b  | Want --min-age up to --max-age",
                "sync --files-from /nowhere /a /b      | '/nowhere' cannot be read",
                "sync --bwlimit fast /a /b             | '--bwlimit'",
                "sync nas:bucket /b                    | Want a place that is known but have 'nas:bucket'",
                "sync '' /b                            | Want a folder or 'name:path' but have an empty text",
                "sync /a /a                            | Want two places but have",
                "sync --suffix .old /a /nowhere        | but have '/nowhere'",
                "lsf --format pq /a                    | but have 'q' in 'pq'",
                "lsf --files-only --dirs-only /a       | Want one of --files-only and --dirs-only but have both",
                "lsf --max-depth 0 /a                  | Want 1 or more for --max-depth but have 0",
                "lsjson --hash-type sha3 /a            | but have 'sha3'",
                "cat --head 1 --tail 1 /a              | Want one of --head, --tail",
                "cat --count -1 /a                     | Want 0 or more for --count but have -1",
                "completion tcsh                       | Want bash, zsh or fish but have 'tcsh'",
                "bwlimit 10Q                           | but have 'Q' at position 3 of '10Q'",
                "bwlimit 1M --at noon                  | but have 'noon'",
                "bwlimit 1M --zone Atlantis            | but have 'Atlantis'",
                "filter                                | Usage: skyferry filter",
                "filter test /a                        | Missing required parameter",
                "filter test /a ../x                   | Want a path below the folder but have '../x'",
                "apply /nowhere                        | Want a plan but '/nowhere' cannot be read",
            })
    void wrongUsageIsToldAndNothingIsDone(String typed, String told) {
        Outcome outcome = program.run(words(typed));

        assertThat(outcome.err()).contains(told);
        assertThat(outcome.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(outcome.out()).isEmpty();
        assertThat(program.folder("/b").contents()).isEmpty();
    }

    @Test
    void noArgumentsShowTheCommands() {
        Outcome outcome = program.run();

        assertThat(outcome.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(outcome.err()).contains("sync", "copy", "lsjson");
    }

    @Test
    void versionIsOneLine() {
        Outcome outcome = program.run("--version");

        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).matches("skyferry [0-9][^\n]*\n");
    }

    @Test
    void ofAnOptionThatIsGivenTwiceTheLastCounts() {
        Outcome outcome = program.run("lsf", "--max-depth", "0", "--max-depth", "1", "/a");

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).isEqualTo("x\n");
        assertThat(outcome.err()).isEmpty();
    }

    @Test
    void trailingHelpOptionWinsOverWhatIsMissing() {
        assertThat(program.run("sync", "--help").code()).isZero();
        assertThat(program.run("help", "sync").out())
                .isEqualTo(program.run("sync", "--help").out());
    }

    private static String[] words(String typed) {
        return Arrays.stream(typed.strip().split("\\s+"))
                .map(word -> word.equals("''") ? "" : word.replace("'", ""))
                .toArray(String[]::new);
    }
}
