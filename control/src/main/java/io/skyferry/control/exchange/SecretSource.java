package io.skyferry.control.exchange;

import java.util.Optional;

/// Knows secrets that an export does not show.
@FunctionalInterface
public interface SecretSource {
    /// Knows none.
    SecretSource NONE = (_, _) -> Optional.empty();

    /// The secret.
    ///
    /// @param owner the name of the account, or the description of the task
    /// @param field in the other product's words, as `secret_access_key`
    Optional<String> find(String owner, String field);
}
