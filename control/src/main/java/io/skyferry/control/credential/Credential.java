package io.skyferry.control.credential;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// An account's saved settings under a name, without the secrets: those leave the vault only to open a storage.
///
/// @param id never given to another credential, also when this one is removed
/// @param provider the provider's key
/// @param settings that are no secrets, by name
/// @param secrets the names of the secret settings that are set
/// @param expires until when the account takes it, where somebody said so
public record Credential(
        long id,
        String name,
        String provider,
        Map<String, String> settings,
        Set<String> secrets,
        Instant created,
        Instant changed,
        Optional<Instant> expires) {
    /// Makes the collections unchangeable, in order of their names.
    public Credential {
        settings = Collections.unmodifiableMap(new TreeMap<>(settings));
        secrets = Collections.unmodifiableSet(new TreeSet<>(secrets));
    }
}
