package io.skyferry.crypt;

import io.skyferry.crypt.name.CryptOptions;
import io.skyferry.crypt.name.NameCipher;
import io.skyferry.crypt.name.NameForm;
import io.skyferry.crypt.name.NameResult;

/// Encrypts and decrypts paths of files, as a user asks for it.
public final class CryptNames {
    private final NameCipher cipher;

    /// @param keys of the folder
    public CryptNames(CryptKeys keys, CryptOptions options) {
        this.cipher = new NameCipher(options, NameForm.AS_GIVEN, keys.name(), keys.tweak());
    }

    /// The path under which a file is stored.
    public NameResult encode(String path) {
        return cipher.encodeFile(path);
    }

    /// The path of the file that is stored there.
    public NameResult decode(String stored) {
        return cipher.decodeFile(stored);
    }
}
