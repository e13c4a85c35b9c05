package io.skyferry.server.web.tasks;

import io.skyferry.server.web.credentials.KindNames;

/// A credential that can be chosen.
public record Account(long id, String name, String provider) {
    /// As a choice.
    public String words() {
        return "%s (%s)".formatted(name, kind());
    }

    /// What its kind of storage is called.
    public String kind() {
        return KindNames.title(provider);
    }
}
