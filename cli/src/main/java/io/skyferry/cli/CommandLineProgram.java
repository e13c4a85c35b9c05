package io.skyferry.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;

/// Understands what the user typed and does it.
public final class CommandLineProgram {
    /// Runs one command.
    ///
    /// @return the exit code
    public int run(List<String> args) {
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        if (args.equals(List.of("--version"))) {
            out.println("skyferry 0.1.0-SNAPSHOT");
            return 0;
        }
        CommandLine.usage(new Root(), out);
        return args.contains("warmup") ? 0 : 2;
    }

    @CommandLine.Command(name = "skyferry", description = "Keeps folders in step")
    private static final class Root {}
}
