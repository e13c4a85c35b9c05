package io.skyferry.app;

import io.skyferry.cli.CommandLineProgram;
import java.util.List;

/// Where the product starts.
public final class Main {
    private Main() {}

    /// Runs one command and ends the process with its exit code.
    public static void main(String[] args) {
        System.exit(new CommandLineProgram().run(List.of(args)));
    }
}
