package io.skyferry.app;

import io.skyferry.cli.CommandLineProgram;
import io.skyferry.cli.console.Console;
import io.skyferry.cli.console.Output;
import io.skyferry.cli.option.BucketOptions;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.util.List;

/// Where the product starts.
public final class Main {
    /// Set by the launcher: the letters `o` and `e` where standard output and standard error are terminals.
    private static final String TERMINALS = "skyferry.terminals";

    private Main() {}

    /// Runs one command and ends the process with its exit code.
    public static void main(String[] args) {
        String terminals = System.getProperty(TERMINALS, "");
        var out = output(new FileOutputStream(FileDescriptor.out), terminals.contains("o"));
        System.exit(run(RawArguments.of(args), out, terminals.contains("e")));
    }

    /// Runs one command inside this process.
    ///
    /// @param out takes what goes to standard output
    /// @return the exit code
    public static int run(String[] args, OutputStream out) {
        return run(List.of(args), output(out, false), false);
    }

    private static int run(List<String> args, Output out, boolean errorIsTerminal) {
        var console = new Console(
                out,
                output(new FileOutputStream(FileDescriptor.err), errorIsTerminal),
                System.getenv(),
                System::nanoTime);
        var services = new AppServices(
                Home.of(System.getenv()), "skyferry " + String.join(" ", BucketOptions.withoutSecrets(args)));
        return new CommandLineProgram(console, services).run(args);
    }

    private static Output output(OutputStream stream, boolean isTerminal) {
        return new Output(stream, isTerminal ? Output.Kind.TERMINAL : Output.Kind.PIPE);
    }
}
