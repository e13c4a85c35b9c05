package io.skyferry.storage;

/// Which place a storage stands for, whatever the path or account it was opened by. Never holds a secret.
///
/// @param provider the provider's key: `local`, `s3`
/// @param account where it is: a machine, an endpoint and account; empty for this machine
/// @param root the canonical root: an absolute path, a bucket and prefix
/// @param volume what holds the root and may be swapped under it: a file system's UUID; empty where nothing can
/// @param key which encryption key opens it; empty for plain storages
public record StorageIdentity(String provider, String account, String root, String volume, String key) {
    /// Whether the place is on this machine, so that reading it costs no more than disk time.
    public boolean isHere() {
        return account.isEmpty();
    }

    /// The text that names the place in the memory of a pair; the volume is left out, as it may change under a root.
    public String canonical() {
        return provider + ":" + account + ":" + root + (key.isEmpty() ? "" : "#" + key);
    }
}
