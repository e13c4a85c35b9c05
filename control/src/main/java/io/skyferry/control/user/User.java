package io.skyferry.control.user;

import io.skyferry.control.audit.Caller;
import io.skyferry.control.audit.Role;
import java.time.Instant;

/// Somebody who may log in.
///
/// @param hasPassword without one, API keys alone open the door
public record User(long id, String name, Role role, boolean hasPassword, Instant created, Instant changed) {
    /// This user, asking from somewhere.
    public Caller from(String origin) {
        return new Caller(name, role, origin);
    }
}
