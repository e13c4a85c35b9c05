package io.skyferry.control.credential;

import io.skyferry.control.run.RefusedException;
import io.skyferry.storage.StorageProvider.Setting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Saves the remotes of an `rclone.conf` as credentials, as far as their kinds of storage are known here.
public final class RcloneImport {
    private static final System.Logger LOG = System.getLogger(RcloneImport.class.getName());

    /// Options that say what holds here anyway, or what others say too.
    private static final Set<String> NEEDLESS = Set.of("env_auth", "sse_customer_algorithm", "sse_customer_key_md5");

    private static final String PROVIDER = "provider";
    private static final String ANONYMOUS = "anonymous";

    private final Credentials credentials;

    /// Imports to these.
    public RcloneImport(Credentials credentials) {
        this.credentials = credentials;
    }

    /// What became of one remote.
    ///
    /// @param saved whether there is now a credential of its name
    /// @param words what was left out, or why it was not saved; never a secret
    public record Outcome(String name, boolean saved, String words) {}

    /// Saves what can be saved; each remote has an answer of its own.
    ///
    /// @param text the content of the file
    /// @throws RefusedException if it is no such file
    public List<Outcome> run(String text) {
        return RcloneConfig.parse(text).stream().map(this::saved).toList();
    }

    private Outcome saved(RcloneConfig.Remote remote) {
        try {
            Translated ours = translated(remote, credentials.kinds());
            credentials.add(remote.name(), remote.type(), SettingChanges.of(ours.settings()));
            return new Outcome(remote.name(), true, ours.words());
        } catch (RefusedException refused) {
            return new Outcome(remote.name(), false, String.valueOf(refused.getMessage()));
        }
    }

    /// A remote's options in our words.
    ///
    /// @param leftOut options that are not known here
    public record Translated(Map<String, String> settings, List<String> leftOut) {
        /// Leaves the values out.
        @Override
        public String toString() {
            return "Translated[%s, without %s]".formatted(settings.keySet(), leftOut);
        }

        /// What is to be known.
        public String words() {
            return leftOut.isEmpty() ? "" : "left out, not known here: " + String.join(", ", leftOut);
        }
    }

    /// Puts the options of a remote into our words.
    ///
    /// @throws RefusedException if its kind of storage is not known here
    public static Translated translated(RcloneConfig.Remote remote, Kinds kinds) {
        if (!kinds.keys().contains(remote.type())) {
            throw new RefusedException("the kind of storage '%s' is not known here".formatted(remote.type()));
        }
        Map<String, Setting> known = kinds.settings(remote.type());
        Map<String, String> settings = new HashMap<>();
        List<String> leftOut = new ArrayList<>();
        remote.options().forEach((option, value) -> {
            String name = RcloneWords.setting(option);
            if (value.isEmpty() || NEEDLESS.contains(option)) {
                return;
            }
            if (!known.containsKey(name) || !put(settings, name, option, value)) {
                leftOut.add(option);
            }
        });
        if (known.containsKey(ANONYMOUS) && isAnonymous(remote.options())) {
            settings.put(ANONYMOUS, "on");
        }
        // A server that is known by its name alone is not to be taken for Amazon.
        if (known.containsKey(PROVIDER) && leftOut.contains(PROVIDER) && !settings.containsKey("endpoint")) {
            settings.put(PROVIDER, "other");
        }
        return new Translated(settings, leftOut);
    }

    /// @return whether there is a word for the value
    private static boolean put(Map<String, String> settings, String name, String option, String value) {
        if (option.equals(PROVIDER)) {
            Optional<String> server = RcloneWords.provider(value);
            server.ifPresent(ours -> settings.put(name, ours));
            return server.isPresent();
        }
        try {
            settings.put(name, RcloneWords.ours(option, value));
            return true;
        } catch (IllegalArgumentException unreadable) {
            LOG.log(System.Logger.Level.DEBUG, "The option '%s' cannot be read".formatted(option), unreadable);
            return false;
        }
    }

    /// Whoever has no key and is not to look for one signs nothing.
    private static boolean isAnonymous(Map<String, String> options) {
        return options.getOrDefault("access_key_id", "").isEmpty()
                && !RcloneWords.isTrue(options.getOrDefault("env_auth", ""));
    }
}
