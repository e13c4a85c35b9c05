package io.skyferry.server.truenas;

import io.skyferry.control.audit.Caller;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Short-lived tokens that stand for somebody who has logged in: for another connection, or for one
/// download.
final class Tickets {
    private static final Duration LASTS = Duration.ofMinutes(10);
    private static final int BYTES = 32;
    private static final int MOST = 1000;

    private final InstantSource clock;
    private final Map<String, Ticket> tickets = new LinkedHashMap<>();

    private record Ticket(Caller caller, Instant ends) {}

    Tickets(InstantSource clock) {
        this.clock = clock;
    }

    /// A new token.
    synchronized String issued(Caller caller) {
        tickets.values().removeIf(one -> !clock.instant().isBefore(one.ends()));
        if (tickets.size() >= MOST) {
            tickets.remove(tickets.keySet().iterator().next());
        }
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        tickets.put(token, new Ticket(caller, clock.instant().plus(LASTS)));
        return token;
    }

    /// Whom a token stands for.
    synchronized Optional<Caller> caller(String token) {
        return Optional.ofNullable(tickets.get(token))
                .filter(one -> clock.instant().isBefore(one.ends()))
                .map(Ticket::caller);
    }
}
