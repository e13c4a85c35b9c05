package io.skyferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.cli.log.LogLevel;
import io.skyferry.cli.option.Place;
import io.skyferry.engine.options.RunOptions.Limit;
import io.skyferry.engine.options.RunOptions.Order;
import io.skyferry.limits.BandwidthSchedule;
import io.skyferry.limits.ByteSize;
import io.skyferry.storage.HashType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/// Lines understood by a short model mean what they mean by the whole one.
class QuickLinesTest {
    private static final Context CONTEXT = Program.silent();

    private static final Map<Class<?>, String> SAMPLES = Map.ofEntries(
            Map.entry(BandwidthSchedule.class, "08:00,512K 18:00,off"),
            Map.entry(ByteSize.class, "10M"),
            Map.entry(Duration.class, "1h30m"),
            Map.entry(HashType.class, "sha256"),
            Map.entry(Limit.class, "25%"),
            Map.entry(LogLevel.class, "INFO"),
            Map.entry(Order.class, "size,desc"),
            Map.entry(Path.class, "some/file"),
            Map.entry(Place.class, "s3:bucket/path"),
            Map.entry(String.class, "a text"),
            Map.entry(Double.class, "2.5"),
            Map.entry(int.class, "7"),
            Map.entry(Integer.class, "7"),
            Map.entry(long.class, "8"),
            Map.entry(Long.class, "8"));

    private static final List<String> ODD = List.of(
            "-x", "--", "", "a=b", "-1", "-vv", "--checksum", "--none=3", "-q", "@nowhere", "'", "-", "--=", "7");

    static Stream<String> names() {
        return Commands.all(CONTEXT).getSubcommands().entrySet().stream()
                .filter(one -> one.getValue().getSubcommands().isEmpty())
                .map(Map.Entry::getKey);
    }

    private static CommandLine whole(String name) {
        return Commands.of(CONTEXT, List.of(name));
    }

    private static CommandSpec specOf(String name) {
        return Optional.ofNullable(whole(name).getSubcommands().get(name))
                .orElseThrow()
                .getCommandSpec();
    }

    /// The command as the whole model fills it; empty where it refuses the line.
    private static Optional<Object> filled(List<String> line) {
        CommandLine model = whole(line.getFirst());
        try {
            CommandLine.ParseResult parsed =
                    model.parseArgs(line.toArray(String[]::new)).subcommand();
            return parsed.isUsageHelpRequested()
                    ? Optional.empty()
                    : Optional.of(parsed.commandSpec().userObject());
        } catch (ParameterException refused) {
            return Optional.empty();
        }
    }

    private static void expectSame(List<String> line, Object quick) {
        assertThat(filled(line))
                .as("%s", line)
                .isPresent()
                .hasValueSatisfying(whole -> assertThat(quick)
                        .as("%s", line)
                        .usingRecursiveComparison()
                        .ignoringFieldsOfTypes(Context.class)
                        .isEqualTo(whole));
    }

    private static String sample(ArgSpec value) {
        List<String> parts =
                Stream.of(value.auxiliaryTypes()).map(QuickLinesTest::sample).toList();
        return value.typeInfo().isMap() ? String.join("=", parts) : parts.getLast();
    }

    private static String sample(Class<?> type) {
        return type.isEnum() && !SAMPLES.containsKey(type)
                ? type.getEnumConstants()[0].toString()
                : SAMPLES.getOrDefault(type, "no sample of " + type);
    }

    private static List<String> typed(OptionSpec option, Random random) {
        String name = option.names()[random.nextInt(option.names().length)];
        if (option.arity().max() == 0) {
            return List.of(name);
        }
        return name.startsWith("--") && random.nextBoolean()
                ? List.of(name + "=" + sample(option))
                : List.of(name, sample(option));
    }

    /// As many values as the command wants.
    private static List<String> places(CommandSpec spec) {
        return spec.positionalParameters().stream()
                .flatMap(one -> Stream.generate(() -> sample(one))
                        .limit(Math.max(1, one.arity().min())))
                .toList();
    }

    private static boolean isUnusual(CommandSpec spec) {
        return spec.options().stream().anyMatch(one -> one.defaultValue() != null || one.required());
    }

    /// Classes with an option that only picocli understands are read by the whole model, and no others.
    @ParameterizedTest
    @MethodSource("names")
    void everyOptionAlone(String name) {
        CommandSpec spec = specOf(name);
        for (OptionSpec option : spec.options()) {
            List<String> line = new ArrayList<>(List.of(name));
            line.addAll(typed(option, new Random(1)));
            line.addAll(places(spec));
            Optional<Action> quick = Commands.quickly(CONTEXT, line);
            if (isUnusual(spec) || option.usageHelp()) {
                assertThat(quick).as("%s", line).isEmpty();
            } else {
                assertThat(quick).as("%s", line).isPresent();
                expectSame(line, quick.orElseThrow());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void anyOptionsTogether(String name) {
        CommandSpec spec = specOf(name);
        var random = new Random(name.hashCode());
        int understood = 0;
        for (int i = 0; i < 150; i++) {
            List<String> words = new ArrayList<>();
            for (int k = random.nextInt(5); k > 0; k--) {
                words.addAll(
                        typed(spec.options().get(random.nextInt(spec.options().size())), random));
            }
            words.addAll(random.nextInt(words.size() + 1), places(spec));
            if (random.nextInt(3) == 0) {
                words.add(random.nextInt(words.size() + 1), ODD.get(random.nextInt(ODD.size())));
            }
            List<String> line = Stream.concat(Stream.of(name), words.stream()).toList();
            Optional<Action> quick = Commands.quickly(CONTEXT, line);
            quick.ifPresent(command -> expectSame(line, command));
            understood += quick.isPresent() ? 1 : 0;
        }
        assertThat(understood)
                .as("what a short model understood of %s", name)
                .isGreaterThanOrEqualTo(isUnusual(spec) ? 0 : 15);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sync --help a b",
                "sync -h",
                "sync a",
                "sync a b c",
                "sync --transfers x a b",
                "sync @file a b",
                "sync --exclude @file a b",
                "nothing",
                ""
            })
    void whatIsWrongIsLeftToTheWholeModel(String line) {
        assertThat(Commands.quickly(CONTEXT, List.of(line.split(" ")))).isEmpty();
    }
}
