package io.skyferry.app;

import io.skyferry.cli.CommandLineProgram;
import io.skyferry.cli.console.Console;
import io.skyferry.cli.console.Output;
import java.io.FileDescriptor;
import java.io.FileOutputStream;

/// Where the product starts.
public final class Main {
    /// Set by the launcher: the letters `o` and `e` where standard output and standard error are terminals.
    private static final String TERMINALS = "skyferry.terminals";

    private Main() {}

    /// Runs one command and ends the process with its exit code.
    public static void main(String[] args) {
        String terminals = System.getProperty(TERMINALS, "");
        var console = new Console(
                output(FileDescriptor.out, terminals.contains("o")),
                output(FileDescriptor.err, terminals.contains("e")),
                System.getenv(),
                System::nanoTime);
        var services = new AppServices(Home.of(System.getenv()));
        System.exit(new CommandLineProgram(console, services).run(RawArguments.of(args)));
    }

    private static Output output(FileDescriptor descriptor, boolean isTerminal) {
        return new Output(new FileOutputStream(descriptor), isTerminal ? Output.Kind.TERMINAL : Output.Kind.PIPE);
    }
}
