package io.skyferry.server.web.tasks;

/// A credential that can be chosen.
public record Account(long id, String name, String provider) {
    /// As a choice.
    public String words() {
        return "%s (%s)".formatted(name, provider);
    }
}
