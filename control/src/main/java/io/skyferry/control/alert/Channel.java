package io.skyferry.control.alert;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A way that alerts take to people, without its secret.
///
/// @param settings by name, see [Kind]
/// @param hasSecret whether a password or key is kept for it
/// @param problem why the last attempt failed of what still waits to go this way; empty: nothing waits
public record Channel(
        long id,
        String name,
        Kind kind,
        Map<String, String> settings,
        boolean hasSecret,
        Instant created,
        Optional<String> problem) {
    /// How it delivers.
    public enum Kind {
        /// By SMTP: `host`, `port`, `security` (`starttls`, `tls` or `none`), `user`, `from`, `to`; the secret is
        /// the password.
        MAIL,
        /// By HTTP POST to `url`, signed with the secret.
        WEBHOOK,
        /// By the shell: `command`, which gets the notice on its standard input.
        COMMAND
    }

    /// Makes the settings unchangeable.
    public Channel {
        settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    }

    /// A setting; empty text where there is none.
    public String setting(String setting) {
        return settings.getOrDefault(setting, "");
    }
}
