package io.skyferry.cli.console;

import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Everything a command knows of where it was started.
///
/// @param environment its variables
/// @param nanoTime a clock that only goes forward
public record Console(Output out, Output err, Map<String, String> environment, LongSupplier nanoTime) {
    /// The value of a variable that is set to something.
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    /// Sends what is waiting on both outputs.
    public void flush() {
        out.flush();
        err.flush();
    }
}
