package io.skyferry.server.web.credentials;

import io.skyferry.server.web.Form;
import java.util.List;
import java.util.Optional;

/// The form of an account.
///
/// @param action where it goes
/// @param kind the key of its kind
/// @param first what most need
/// @param more what few need
/// @param refusal why it was refused of late
public record CredentialFormPage(
        String action,
        String kind,
        String title,
        Form form,
        List<SettingField> first,
        List<SettingField> more,
        Optional<CredentialCard.Refusal> refusal) {
    /// Makes the lists unchangeable.
    public CredentialFormPage {
        first = List.copyOf(first);
        more = List.copyOf(more);
    }

    /// Whether something is set, or wrong, that few need.
    public boolean isMoreOpen() {
        return more.stream()
                .anyMatch(one -> one.kept()
                        || !form.value(one.name()).isEmpty()
                        || form.error(one.name()).isPresent());
    }
}
