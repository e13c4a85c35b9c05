package io.skyferry.cli.console;

import java.util.Optional;

/// Asks the user for a secret, without showing what is typed.
public interface SecretPrompt {
    /// Whether anybody can be asked.
    boolean canAsk();

    /// What was typed; empty: nothing, or the input ended.
    Optional<String> ask(String question);
}
