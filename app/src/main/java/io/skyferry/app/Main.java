package io.skyferry.app;

import io.skyferry.cli.CommandLineProgram;
import io.skyferry.cli.console.Console;
import io.skyferry.cli.console.Output;
import io.skyferry.cli.option.BucketOptions;
import io.skyferry.server.log.ServerLogs;
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
        ServerLogs.choose();
        QuickStart.prepare();
        String terminals = System.getProperty(TERMINALS, "");
        var out = output(new FileOutputStream(FileDescriptor.out), terminals.contains("o"));
        List<String> words = RawArguments.of(args);
        AppServices services = services(words);
        int code = run(services, words, out, terminals.contains("e"));
        if (services.hasServed()) {
            System.exit(code);
        }
        // An exit asks for a logger first, and the JDK opens every jar to find one; here, nothing waits for the end.
        Runtime.getRuntime().halt(code);
    }

    /// Runs one command inside this process.
    ///
    /// @param out takes what goes to standard output
    /// @return the exit code
    public static int run(String[] args, OutputStream out) {
        List<String> words = List.of(args);
        return run(services(words), words, output(out, false), false);
    }

    private static int run(AppServices opened, List<String> args, Output out, boolean errorIsTerminal) {
        var console = new Console(
                out,
                output(new FileOutputStream(FileDescriptor.err), errorIsTerminal),
                System.getenv(),
                System::nanoTime);
        try (var services = opened) {
            return new CommandLineProgram(console, services).run(args);
        }
    }

    private static AppServices services(List<String> args) {
        return new AppServices(Home.of(System.getenv()), SpokenCommand.of(BucketOptions.withoutSecrets(args)));
    }

    private static Output output(OutputStream stream, boolean isTerminal) {
        return new Output(stream, isTerminal ? Output.Kind.TERMINAL : Output.Kind.PIPE);
    }
}
