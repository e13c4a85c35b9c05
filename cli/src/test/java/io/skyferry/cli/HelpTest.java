package io.skyferry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class HelpTest {
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
    private static final Context CONTEXT = Program.silent();

    static Stream<CommandLine> commands() {
        return Commands.all(CONTEXT).getSubcommands().values().stream()
                .flatMap(one -> Stream.concat(Stream.of(one), one.getSubcommands().values().stream()));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandTeachesByExample(CommandLine command) {
        var usage = command.getCommandSpec().usageMessage();

        assertThat(usage.description()).isNotEmpty();
        assertThat(usage.footer()).anyMatch(line -> line.contains("skyferry " + nameOf(command)));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyOptionIsDescribed(CommandLine command) {
        assertThat(command.getCommandSpec().options())
                .allSatisfy(option -> assertThat(option.description()).isNotEmpty());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyExampleCanBeTyped(CommandLine command) {
        for (String line : command.getCommandSpec().usageMessage().footer()) {
            for (List<String> typed : examplesIn(line)) {
                CommandLine fresh = Commands.of(CONTEXT, typed);
                assertThatCode(() -> fresh.parseArgs(typed.toArray(String[]::new)))
                        .as(line)
                        .doesNotThrowAnyException();
            }
        }
    }

    /// What stands between `skyferry` and a comment, a pipe or a redirection.
    private static List<List<String>> examplesIn(String line) {
        List<List<String>> examples = new ArrayList<>();
        List<String> typed = null;
        Matcher words = WORD.matcher(line);
        while (words.find()) {
            String word = words.group(1) != null ? words.group(1) : words.group(2);
            boolean isPlain = words.group(1) == null;
            if (isPlain && (word.equals("skyferry") || word.endsWith("(skyferry"))) {
                typed = new ArrayList<>();
                examples.add(typed);
            } else if (isPlain && (word.startsWith("#") || word.equals("|") || word.equals(">") || word.equals("&&"))) {
                typed = null;
            } else if (typed != null) {
                typed.add(word.endsWith(")") ? word.substring(0, word.length() - 1) : word);
            }
        }
        return examples;
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpFitsTheTerminal(CommandLine command) {
        assertThat(command.getUsageMessage(CommandLine.Help.Ansi.OFF).lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100))
                .noneMatch(line -> line.contains("%%"));
    }

    @Test
    void optionsThatUsersOfRcloneExpectAreThere() {
        CommandLine sync = Commands.of(CONTEXT, List.of("sync"))
                .getSubcommands()
                .values()
                .iterator()
                .next();
        List<String> names = sync.getCommandSpec().options().stream()
                .map(OptionSpec::names)
                .flatMap(Stream::of)
                .toList();

        assertThat(names)
                .contains(
                        ("--transfers --checkers --checksum -c --size-only --update -u --ignore-existing --ignore-size"
                                        + " --ignore-times -I --include --exclude --filter --filter-from --include-from"
                                        + " --exclude-from --files-from --min-size --max-size --min-age --max-age"
                                        + " --max-delete --max-delete-size --max-replace --max-transfer --max-duration"
                                        + " --backup-dir --suffix --bwlimit --create-empty-src-dirs --copy-links -L"
                                        + " --links -l --track-renames --order-by --retries --no-traverse"
                                        + " --delete-excluded --modify-window --ignore-errors --compare-dest --copy-dest"
                                        + " --log-level --log-file --stats -v -q -P -n --dry-run --plan-out --wait"
                                        + " --fsync --allow-empty-source --accept-new-root --json --exclude-if-present"
                                        + " --files-from-raw --hash-filter --ignore-case --suffix-keep-extension --immutable"
                                        + " --max-depth --ignore-checksum --fast-list --delete-after --low-level-retries"
                                        + " --tpslimit --tpslimit-burst --multi-thread-streams --buffer-size"
                                        + " --delete-empty-src-dirs --error-on-no-transfer --cutoff-mode"
                                        + " --no-update-modtime")
                                .split(" "));
    }

    private static String nameOf(CommandLine command) {
        String[] words = command.getCommandSpec().qualifiedName().split(" ");
        return String.join(" ", List.of(words).subList(1, words.length));
    }
}
