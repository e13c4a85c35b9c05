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
import java.util.function.Supplier;

/// Short-lived tokens: those that log somebody in once more, and those that fetch one log. Neither is good
/// for the other.
final class Tickets {
    private static final Duration DOWNLOAD = Duration.ofMinutes(5);
    private static final int BYTES = 32;
    private static final int MOST = 1000;

    private final InstantSource clock;
    private final Map<String, Ticket> tickets = new LinkedHashMap<>();

    /// What a token is good for.
    sealed interface Ticket {
        Instant ends();
    }

    /// Who somebody is, as long as they are.
    ///
    /// @param address from which alone it is good; empty: from any
    /// @param uses how often
    record Pass(Supplier<Optional<Caller>> owner, String address, Uses uses, Instant ends) implements Ticket {}

    /// One log.
    ///
    /// @param fileName under which it is offered
    record Download(long run, String fileName, Instant ends) implements Ticket {}

    /// How often a token is good.
    enum Uses {
        /// The first time.
        ONE,
        /// Until it ends.
        ANY
    }

    Tickets(InstantSource clock) {
        this.clock = clock;
    }

    /// Letters that nobody guesses.
    static String name() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// A new token that logs in.
    ///
    /// @param owner whom it stands for, asked when it is used
    synchronized String pass(Supplier<Optional<Caller>> owner, Duration lasts, String address, Uses uses) {
        return kept(new Pass(owner, address, uses, clock.instant().plus(lasts)));
    }

    /// A new token that fetches a log.
    synchronized String download(long run, String fileName) {
        return kept(new Download(run, fileName, clock.instant().plus(DOWNLOAD)));
    }

    private String kept(Ticket ticket) {
        tickets.values().removeIf(one -> !clock.instant().isBefore(one.ends()));
        if (tickets.size() >= MOST) {
            tickets.remove(tickets.keySet().iterator().next());
        }
        String token = name();
        tickets.put(token, ticket);
        return token;
    }

    private Optional<Ticket> valid(String token) {
        return Optional.ofNullable(tickets.get(token))
                .filter(one -> clock.instant().isBefore(one.ends()));
    }

    /// Whom a token stands for.
    synchronized Optional<Supplier<Optional<Caller>>> owner(String token, String from) {
        Optional<Ticket> ticket = valid(token);
        if (ticket.isEmpty()
                || !(ticket.orElseThrow() instanceof Pass pass)
                || !(pass.address().isEmpty() || pass.address().equals(from))) {
            return Optional.empty();
        }
        if (pass.uses() == Uses.ONE) {
            tickets.remove(token);
        }
        return Optional.of(pass.owner());
    }

    /// Which log a token fetches.
    synchronized Optional<Download> log(String token) {
        return valid(token).filter(Download.class::isInstance).map(Download.class::cast);
    }
}
