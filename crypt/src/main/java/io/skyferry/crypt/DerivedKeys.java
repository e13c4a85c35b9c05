package io.skyferry.crypt;

import io.skyferry.hash.Hasher;
import io.skyferry.storage.HashType;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// The keys that were used last, known by a hash of what they were derived from: deriving costs a tenth of a second,
/// for each run of a task. Safe for many threads.
final class DerivedKeys {
    private static final int MOST = 16;

    private final Map<String, CryptKeys> last = new LinkedHashMap<>(MOST, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, CryptKeys> eldest) {
            return size() > MOST;
        }
    };

    /// The keys of these, which are derived where they are not known. One at a time, as each takes memory for a moment.
    CryptKeys get(byte[] password, byte[] salt, Supplier<CryptKeys> how) {
        String name = name(password, salt);
        synchronized (last) {
            CryptKeys known = last.get(name);
            if (known == null) {
                known = how.get();
                last.put(name, known);
            }
            return known;
        }
    }

    /// The length stands in front: `ab` with `c` is not `a` with `bc`.
    private static String name(byte[] password, byte[] salt) {
        byte[] both = ByteBuffer.allocate(Integer.BYTES + password.length + salt.length)
                .putInt(password.length)
                .put(password)
                .put(salt)
                .array();
        return Hasher.hex(HashType.SHA256, both);
    }
}
