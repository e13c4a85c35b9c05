package io.skyferry.server.web.credentials;

import io.skyferry.control.credential.Credential;
import io.skyferry.control.task.Task;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An account on its card.
///
/// @param title of its kind
/// @param facts what is set and no secret, by the label
/// @param secrets labels of those that are kept
/// @param users the tasks that use it
/// @param refusal why the account was refused of late; empty: nothing is known of that
/// @param verified what came of the last trial since the service began
public record CredentialCard(
        Credential credential,
        String title,
        String icon,
        Map<String, String> facts,
        List<String> secrets,
        List<Task> users,
        Optional<Refusal> refusal,
        Optional<Verified> verified) {
    /// Makes the collections unchangeable.
    public CredentialCard {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        secrets = List.copyOf(secrets);
        users = List.copyOf(users);
    }

    /// A run that failed as the account did not let it in.
    ///
    /// @param words of the run
    public record Refusal(long run, String task, String words) {}
}
