package io.skyferry.cli.command;

import io.skyferry.cli.CommandLineProgram;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.Services;
import io.skyferry.cli.console.Console;
import io.skyferry.cli.console.Output;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Commands that the warm-up runs in silence, under a home of their own.
final class WarmRuns {
    private static final int FOLDERS = 4;
    private static final int REPEATS = 100;

    private final Context context;
    private final Services services;
    private final List<String> failures = new ArrayList<>();

    /// @param folder where their home is made
    WarmRuns(Context context, Path folder) {
        this.context = context;
        this.services = context.services().at(folder.resolve("home"));
    }

    Services services() {
        return services;
    }

    /// What ended otherwise than it should, and what it said.
    List<String> failures() {
        return failures;
    }

    /// Makes small files in a few folders.
    static Path fill(Path folder, int files) throws IOException {
        for (int i = 0; i < files; i++) {
            Path below = folder.resolve("folder-" + i % FOLDERS);
            if (i < FOLDERS) {
                Files.createDirectories(below);
            }
            Files.writeString(
                    below.resolve("file-" + i + ".txt"),
                    ("Content of file " + i + "\n").repeat(REPEATS),
                    StandardCharsets.UTF_8);
        }
        return folder;
    }

    void run(String... arguments) {
        expect(ExitCodes.SUCCESS, arguments);
    }

    /// @param options go behind the arguments
    void runWith(String[] options, String... arguments) {
        run(Stream.concat(Stream.of(arguments), Stream.of(options)).toArray(String[]::new));
    }

    void expect(int wanted, String... arguments) {
        Console mine = context.console();
        var said = new ByteArrayOutputStream();
        var silent = new Console(
                new Output(OutputStream.nullOutputStream(), Output.Kind.PIPE),
                new Output(said, Output.Kind.PIPE),
                mine.environment(),
                mine.nanoTime());
        int code = new CommandLineProgram(silent, services).run(List.of(arguments));
        if (code != wanted) {
            failures.add("The warm-up's '%s' ended with %s:%n%s"
                    .formatted(arguments[0], code, said.toString(StandardCharsets.UTF_8)));
        }
    }

    /// The options of a bucket as most users have them: the key comes from the environment, where the launcher put it.
    String[] named(WarmBucket server) {
        return environment().containsKey("AWS_ACCESS_KEY_ID") ? server.place() : server.options();
    }

    /// A server that has no address is refused, behind what every command that names none goes through.
    void refuseBucketWithoutAddress() {
        if (environment().keySet().stream().noneMatch(name -> name.startsWith("AWS_ENDPOINT_URL"))) {
            expect(ExitCodes.USAGE, "copy", "--s3-provider=minio", "s3:warm/tree", "nowhere");
        }
    }

    private Map<String, String> environment() {
        return context.console().environment();
    }
}
