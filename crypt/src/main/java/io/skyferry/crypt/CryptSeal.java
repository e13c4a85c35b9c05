package io.skyferry.crypt;

import io.skyferry.crypt.content.Nonce;
import io.skyferry.storage.Entry;
import io.skyferry.storage.HashType;
import io.skyferry.storage.Seal;
import java.util.Optional;

/// What is remembered of an encrypted file: under which nonce it was encrypted, and what that gave.
///
/// @param sealedSize of the encrypted file, in bytes
/// @param sealedHash of the encrypted file as its storage tells it, `md5:...`; empty where it tells none
/// @param below the seal of a layer below
record CryptSeal(Nonce nonce, long sealedSize, String sealedHash, Optional<Seal> below) {
    private static final String FORM = "1";

    /// What to remember of a file that the storage below describes.
    static CryptSeal of(Nonce nonce, Entry.File stored) {
        String hash = "";
        for (HashType type : HashType.values()) {
            if (stored.hashes().containsKey(type)) {
                hash = type + ":" + stored.hashes().get(type);
            }
        }
        return new CryptSeal(nonce, stored.size(), hash, stored.seal());
    }

    /// Reads a seal; empty if it is none of ours.
    static Optional<CryptSeal> parse(Seal seal) {
        String[] lines = seal.text().split("\n", 3);
        String[] fields = lines[0].split(" ", -1);
        if (lines.length < 2 || fields.length != 3 || !fields[0].equals(FORM)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new CryptSeal(
                    Nonce.ofHex(fields[1]),
                    Long.parseLong(fields[2]),
                    lines[1],
                    lines.length == 3 ? Optional.of(new Seal(lines[2])) : Optional.empty()));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    /// The seal as it is stored.
    Seal seal() {
        String ours = "%s %s %s\n%s".formatted(FORM, nonce.hex(), sealedSize, sealedHash);
        return new Seal(below.isPresent() ? ours + "\n" + below.orElseThrow().text() : ours);
    }
}
