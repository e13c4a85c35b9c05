package io.skyferry.control.exchange;

import io.skyferry.control.credential.Credential;
import io.skyferry.control.credential.Credentials;
import io.skyferry.control.credential.SettingChanges;
import io.skyferry.control.exchange.ImportReport.Fate;
import io.skyferry.control.run.RefusedException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// A credential that an import has saved.
record ImportedAccount(Credential credential, Fate fate) {
    /// Saves an account under its name, or changes the one that is there.
    ///
    /// @param settings secrets among them
    /// @param gone which of its settings a credential that is there loses; those that are given stay
    /// @throws RefusedException saying why it cannot be
    static ImportedAccount put(
            String name,
            String kind,
            Map<String, String> settings,
            Function<Credential, Set<String>> gone,
            Credentials credentials) {
        Optional<Credential> there = credentials.list().stream()
                .filter(one -> one.name().equals(name))
                .findFirst();
        if (there.isEmpty()) {
            return new ImportedAccount(credentials.add(name, kind, SettingChanges.of(settings)), Fate.MADE);
        }
        Credential old = there.orElseThrow();
        if (!old.provider().equals(kind)) {
            throw new RefusedException("Want a new name: the credential '%s' that is here is for '%s', not '%s'"
                    .formatted(name, old.provider(), kind));
        }
        Set<String> unset = new HashSet<>(gone.apply(old));
        unset.removeAll(settings.keySet());
        return new ImportedAccount(
                credentials.edit(name, Optional.empty(), new SettingChanges(settings, unset)), Fate.UPDATED);
    }
}
