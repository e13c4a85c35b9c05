package io.skyferry.app;

import io.skyferry.cli.console.SecretPrompt;
import java.io.Console;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Asks at this process's terminal.
final class TerminalPrompt implements SecretPrompt {
    private final @Nullable Console console = terminal();

    /// The check speaks of Java 22 to 24: since 25 there is again no console where input or output is no terminal.
    @SuppressWarnings("SystemConsoleNull")
    private static @Nullable Console terminal() {
        Console console = System.console();
        return console != null && console.isTerminal() ? console : null;
    }

    @Override
    public boolean canAsk() {
        return console != null;
    }

    @Override
    public Optional<String> ask(String question) {
        char[] typed = console == null ? null : console.readPassword("%s", question);
        return typed == null || typed.length == 0 ? Optional.empty() : Optional.of(new String(typed));
    }
}
