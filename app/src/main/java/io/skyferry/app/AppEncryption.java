package io.skyferry.app;

import io.skyferry.control.crypt.Encryption;
import io.skyferry.control.run.RefusedException;
import io.skyferry.crypt.CryptFiles;
import io.skyferry.crypt.CryptNames;
import io.skyferry.crypt.Obscured;
import io.skyferry.crypt.box.Kernels;
import io.skyferry.crypt.content.Nonce;
import io.skyferry.crypt.synology.CloudSyncSecret;
import io.skyferry.crypt.synology.CloudSyncStream;
import io.skyferry.storage.Content;
import io.skyferry.storage.LayerSpec;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// Encryption by the formats that the product knows.
final class AppEncryption implements Encryption {
    private final EncryptionLayers layers;

    AppEncryption(EncryptionLayers layers) {
        this.layers = layers;
    }

    @Override
    public Names names(LayerSpec layer) {
        var names = new CryptNames(layers.keys(layer), EncryptionLayers.options(layer));
        return new Names() {
            @Override
            public Translated encode(String path) {
                return EncryptionLayers.translated(names.encode(path));
            }

            @Override
            public Translated decode(String stored) {
                return EncryptionLayers.translated(names.decode(stored));
            }
        };
    }

    @Override
    public Contents contents(LayerSpec layer) {
        return layer.kind().equals("synology")
                ? new CloudSyncContents(EncryptionLayers.secret(layer))
                : new CryptContents(new CryptFiles(layers.keys(layer), Kernels.shared()), layers);
    }

    @Override
    public String obscure(byte[] password) {
        return Obscured.obscure(password, layers.random());
    }

    @Override
    public byte[] reveal(String obscured) {
        try {
            return Obscured.reveal(obscured);
        } catch (IllegalArgumentException wrong) {
            throw refused(wrong);
        }
    }

    private static RefusedException refused(IllegalArgumentException wrong) {
        var refused = new RefusedException(String.valueOf(wrong.getMessage()));
        refused.initCause(wrong);
        return refused;
    }

    /// In rclone's format.
    private record CryptContents(CryptFiles files, EncryptionLayers layers) implements Contents {
        @Override
        public InputStream opened(InputStream sealed) throws IOException {
            return files.opened(sealed);
        }

        @Override
        public Content sealed(Content plain, Optional<String> nonce) {
            try {
                return files.sealed(plain, nonce.map(Nonce::ofHex).orElseGet(() -> Nonce.draw(layers.random())));
            } catch (IllegalArgumentException wrong) {
                throw refused(wrong);
            }
        }
    }

    /// In Cloud Sync's format, which is only read.
    private record CloudSyncContents(CloudSyncSecret secret) implements Contents {
        @Override
        public InputStream opened(InputStream sealed) throws IOException {
            return new CloudSyncStream(sealed, secret);
        }

        @Override
        public Content sealed(Content plain, Optional<String> nonce) {
            throw new RefusedException("Want to read what Cloud Sync encrypted but have something to encrypt");
        }
    }
}
