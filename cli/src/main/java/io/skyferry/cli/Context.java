package io.skyferry.cli;

import io.skyferry.cli.console.Console;
import io.skyferry.engine.work.CancelFlag;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/// What a command is run with.
///
/// @param cancel raised by Ctrl-C
public record Context(Console console, Services services, CancelFlag cancel) {
    /// Now, in the zone of this machine.
    public ZonedDateTime now() {
        return services.clock().instant().atZone(ZoneId.systemDefault());
    }
}
