package io.skyferry.control.exchange;

import io.skyferry.control.credential.RcloneConfig.Remote;
import io.skyferry.control.run.RefusedException;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/// Finds out at which account remotes begin that lead to others: aliases and encrypted ones.
final class RcloneBases {
    static final String ALIAS = "alias";
    static final String CRYPT = "crypt";
    static final String LOCAL = "local";

    private static final Set<String> LEADING = Set.of(ALIAS, CRYPT);
    private static final String REMOTE = "remote";
    private static final int LONGEST_CHAIN = 10;

    private final Map<String, Remote> remotes;
    private final Collection<String> kinds;

    /// @param kinds of storage that are known here
    RcloneBases(Map<String, Remote> remotes, Collection<String> kinds) {
        this.remotes = remotes;
        this.kinds = kinds;
    }

    /// Where something begins.
    ///
    /// @param account whose kind of storage is known here
    /// @param path in it; empty: at its top
    record Base(Remote account, String path) {
        /// Whether it is a folder of this machine that no remote stands for.
        boolean isUnnamed() {
            return account.name().isEmpty();
        }
    }

    /// Where a remote begins, aliases followed to their end.
    ///
    /// @throws UnknownKindException if that is at nothing that there is here
    /// @throws RefusedException if it leads nowhere
    Base of(Remote remote) {
        if (!LEADING.contains(remote.type())) {
            return new Base(known(remote), "");
        }
        String target = target(remote);
        String below = "";
        for (int i = 0; i < LONGEST_CHAIN; i++) {
            if (target.startsWith(":")) {
                throw new UnknownKindException("it leads to a remote that is described on the spot");
            }
            int colon = target.indexOf(':');
            int slash = target.indexOf('/');
            if (colon < 1 || (slash >= 0 && slash < colon)) {
                return here(join(target, below));
            }
            String name = target.substring(0, colon);
            below = join(target.substring(colon + 1), below);
            Remote next = remotes.get(name);
            if (next == null) {
                throw new RefusedException("it leads to '%s:', which is not in the file".formatted(name));
            }
            if (next.type().equals(CRYPT)) {
                throw new UnknownKindException(
                        "it leads to '%s:', which is encrypted: name a folder of it where it is used".formatted(name));
            }
            if (!next.type().equals(ALIAS)) {
                return new Base(known(next), below);
            }
            target = target(next);
        }
        throw new RefusedException("it leads in a circle, or too far");
    }

    private Remote known(Remote account) {
        if (account.type().isEmpty()) {
            throw new UnknownKindException("'%s' has no type".formatted(account.name()));
        }
        if (!kinds.contains(account.type())) {
            throw new UnknownKindException("the kind of storage '%s' is not known here".formatted(account.type()));
        }
        return account;
    }

    private static String target(Remote leading) {
        String target = leading.options().getOrDefault(REMOTE, "");
        if (target.isEmpty()) {
            throw new RefusedException("'%s' does not say where it leads to".formatted(leading.name()));
        }
        return target;
    }

    private static Base here(String path) {
        if (!path.startsWith("/")) {
            throw new RefusedException("Want a path from the top or 'name:path' but have '%s'".formatted(path));
        }
        return new Base(new Remote("", LOCAL, Map.of()), path);
    }

    static String join(String above, String below) {
        if (above.isEmpty() || below.isEmpty()) {
            return above + below;
        }
        return above.replaceAll("/+$", "") + "/" + below.replaceAll("^/+", "");
    }
}
