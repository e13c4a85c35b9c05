package io.skyferry.server;

import io.skyferry.control.crypt.Encryption;
import io.skyferry.storage.LayerSpec;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Names in capitals stand for those in small letters; nothing else is encrypted.
final class PlainEncryption implements Encryption {
    @Override
    public Names names(LayerSpec layer) {
        return new Names() {
            @Override
            public Translated encode(String path) {
                return new Translated.Path(path.toUpperCase(Locale.ROOT));
            }

            @Override
            public Translated decode(String stored) {
                return stored.equals(stored.toUpperCase(Locale.ROOT))
                        ? new Translated.Path(stored.toLowerCase(Locale.ROOT))
                        : new Translated.Refused("has small letters");
            }
        };
    }

    @Override
    public Contents contents(LayerSpec layer) {
        throw new UnsupportedOperationException("Want names but have contents");
    }

    @Override
    public String obscure(byte[] password) {
        return new String(password, StandardCharsets.UTF_8);
    }

    @Override
    public byte[] reveal(String obscured) {
        return obscured.getBytes(StandardCharsets.UTF_8);
    }
}
