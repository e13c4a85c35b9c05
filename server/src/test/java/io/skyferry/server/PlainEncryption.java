package io.skyferry.server;

import io.skyferry.control.crypt.Encryption;
import io.skyferry.storage.LayerSpec;
import java.nio.charset.StandardCharsets;

/// Writes passwords as they are and knows nothing else.
final class PlainEncryption implements Encryption {
    @Override
    public Names names(LayerSpec layer) {
        throw new IllegalStateException("Nothing here encrypts names");
    }

    @Override
    public Contents contents(LayerSpec layer) {
        throw new IllegalStateException("Nothing here encrypts contents");
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
