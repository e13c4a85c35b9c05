package io.skyferry.cli.option;

import java.time.DateTimeException;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// Time zones as people type them.
public final class Zones {
    private Zones() {}

    /// The zone of this name.
    ///
    /// @param name null: this machine's
    /// @throws UsageException if there is none
    public static ZoneId of(@Nullable String name) {
        if (name == null) {
            return ZoneId.systemDefault();
        }
        try {
            return ZoneId.of(name);
        } catch (DateTimeException unknown) {
            var refused = new UsageException("Want a time zone such as 'Europe/Berlin' but have '%s'".formatted(name));
            refused.initCause(unknown);
            throw refused;
        }
    }
}
