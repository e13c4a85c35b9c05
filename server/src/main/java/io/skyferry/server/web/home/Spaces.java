package io.skyferry.server.web.home;

import io.skyferry.control.credential.Credential;
import io.skyferry.control.run.Places;
import io.skyferry.server.ServerParts;
import io.skyferry.server.web.Shown;
import io.skyferry.storage.Quota;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// How much space accounts have, as far as they say. They are asked beside the page, so that none can hold it up, and
/// not more often than every ten minutes.
public final class Spaces {
    private static final System.Logger LOG = System.getLogger(Spaces.class.getName());
    private static final Duration FRESH = Duration.ofMinutes(10);
    private static final int MOST = 12;
    private final ServerParts parts;
    private final Map<Long, Told> told = new ConcurrentHashMap<>();
    private final Set<Long> asking = ConcurrentHashMap.newKeySet();

    Spaces(ServerParts parts) {
        this.parts = parts;
    }

    /// What an account said; empty: nothing of use.
    private record Told(Instant at, Instant changed, Optional<Quota> quota) {}

    /// The space of one account.
    ///
    /// @param words such as `1.2 TiB of 4.0 TiB used`
    /// @param percent that is used, where that can be said
    public record Space(String name, String words, OptionalLong percent) {}

    /// What is known of all accounts.
    ///
    /// @param isWhole whether none is being asked any more
    public record SpacePage(List<Space> spaces, boolean isWhole) {
        /// Makes the list unchangeable.
        public SpacePage {
            spaces = List.copyOf(spaces);
        }
    }

    SpacePage look() {
        List<Credential> all = parts.credentials().list().stream().limit(MOST).toList();
        all.stream().filter(one -> !isFresh(one) && asking.add(one.id())).forEach(one -> {
            var _ = Thread.ofVirtual().name("space of " + one.id()).start(() -> ask(one));
        });
        List<Space> spaces = all.stream()
                .flatMap(one -> Optional.ofNullable(told.get(one.id())).flatMap(Told::quota).stream()
                        .map(quota -> space(one.name(), quota)))
                .toList();
        return new SpacePage(spaces, all.stream().noneMatch(one -> asking.contains(one.id())));
    }

    private boolean isFresh(Credential credential) {
        Told known = told.get(credential.id());
        return known != null
                && known.changed().equals(credential.changed())
                && Duration.between(known.at(), parts.clock().instant()).compareTo(FRESH) < 0;
    }

    private void ask(Credential credential) {
        Optional<Quota> quota = Optional.empty();
        try (Storage storage =
                parts.opener().open(new StorageSpec(credential.name(), Map.of(Places.ROOT_SETTING, "")))) {
            quota = Optional.of(storage.quota());
        } catch (RuntimeException silent) {
            LOG.log(System.Logger.Level.DEBUG, "An account does not tell its space", silent);
        } finally {
            told.put(credential.id(), new Told(parts.clock().instant(), credential.changed(), quota));
            asking.remove(credential.id());
        }
    }

    private static Space space(String name, Quota quota) {
        boolean whole = quota.total().isPresent() && quota.total().orElseThrow() > 0;
        OptionalLong used = quota.used();
        if (used.isEmpty() && whole && quota.free().isPresent()) {
            used = OptionalLong.of(quota.total().orElseThrow() - quota.free().orElseThrow());
        }
        if (whole && used.isPresent()) {
            long total = quota.total().orElseThrow();
            return new Space(
                    name,
                    "%s of %s used".formatted(Shown.bytes(used.orElseThrow()), Shown.bytes(total)),
                    OptionalLong.of(Math.clamp(Math.round(used.orElseThrow() * 100.0 / total), 0, 100)));
        }
        if (used.isPresent()) {
            return new Space(name, Shown.bytes(used.orElseThrow()) + " used", OptionalLong.empty());
        }
        String words = quota.free().isPresent() ? Shown.bytes(quota.free().orElseThrow()) + " free" : "does not say";
        return new Space(name, words, OptionalLong.empty());
    }
}
