package io.skyferry.control.user;

import java.time.Instant;
import java.util.Optional;

/// What is told of an API key; its secret was told once, when it was made.
///
/// @param id stands before the dash of the key
/// @param expires empty: never
/// @param used when it last opened something, to the minute
public record ApiKey(
        long id, String user, String name, Instant created, Optional<Instant> expires, Optional<Instant> used) {}
