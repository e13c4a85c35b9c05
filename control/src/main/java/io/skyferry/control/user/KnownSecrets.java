package io.skyferry.control.user;

import java.util.LinkedHashMap;
import java.util.Map;

/// Secrets of keys that were found right a while ago, so that a program that asks often is not made to wait for the
/// thousands of hashes of each look. Only while the key's row is as it was then.
final class KnownSecrets {
    private static final int MOST = 256;

    private final Map<Long, Right> right = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Right> eldest) {
            return size() > MOST;
        }
    };

    /// @param digest of the secret, which is too long to be found by trying
    private record Right(String digest, ScramKey key) {}

    /// Whether this is the secret of the key.
    boolean matches(long number, ScramKey key, String secret) {
        String digest = Tokens.digest(secret);
        if (isKnown(number, key, digest)) {
            return true;
        }
        boolean matches = key.matches(secret);
        if (matches) {
            keep(number, new Right(digest, key));
        }
        return matches;
    }

    private synchronized boolean isKnown(long number, ScramKey key, String digest) {
        Right known = right.get(number);
        return known != null && known.digest().equals(digest) && known.key().isSame(key);
    }

    private synchronized void keep(long number, Right found) {
        right.put(number, found);
    }
}
