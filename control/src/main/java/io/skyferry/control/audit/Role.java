package io.skyferry.control.audit;

/// What somebody may do; each may do what the ones after it may.
public enum Role {
    /// Everything, scripts, users and settings among it.
    ADMIN,
    /// Make, change and run tasks and credentials; no scripts, users or settings.
    OPERATOR,
    /// Look.
    READER;

    /// Whether this one may do what another may.
    public boolean includes(Role other) {
        return compareTo(other) <= 0;
    }
}
