package io.skyferry.http;

import io.skyferry.http.TlsSettings.ClientCertificate;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// Makes what the JDK wants for TLS from files that users have.
final class TlsContexts {
    private static final String KEY_START = "-----BEGIN PRIVATE KEY-----";
    private static final String KEY_END = "-----END PRIVATE KEY-----";

    private TlsContexts() {}

    /// @throws IllegalArgumentException naming the file that cannot be used
    static SSLContext of(TlsSettings settings) {
        try {
            if (settings.equals(TlsSettings.DEFAULT)) {
                return SSLContext.getDefault();
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(settings.client()), trust(settings.authorities()), null);
            return context;
        } catch (GeneralSecurityException refused) {
            throw new IllegalArgumentException("Want usable TLS settings but the JDK refuses them", refused);
        }
    }

    private static TrustManager @Nullable [] trust(Optional<Path> authorities) throws GeneralSecurityException {
        if (authorities.isEmpty()) {
            return null;
        }
        KeyStore store = emptyStore();
        int number = 0;
        for (Certificate one : certificates(authorities.orElseThrow())) {
            store.setCertificateEntry("authority-" + number, one);
            number++;
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyManager @Nullable [] keys(Optional<ClientCertificate> client) throws GeneralSecurityException {
        if (client.isEmpty()) {
            return null;
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        switch (client.orElseThrow()) {
            case ClientCertificate.Pem(Path chain, Path key) -> factory.init(pemStore(chain, key), new char[0]);
            case ClientCertificate.Pkcs12(Path file, String password) ->
                factory.init(pkcs12(file, password), password.toCharArray());
        }
        return factory.getKeyManagers();
    }

    private static KeyStore pemStore(Path chain, Path key) throws GeneralSecurityException {
        Collection<? extends Certificate> certificates = certificates(chain);
        String algorithm = certificates.iterator().next().getPublicKey().getAlgorithm();
        KeyStore store = emptyStore();
        store.setKeyEntry("client", privateKey(key, algorithm), new char[0], certificates.toArray(Certificate[]::new));
        return store;
    }

    private static KeyStore emptyStore() throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        } catch (IOException impossible) {
            throw new IllegalStateException("An empty key store reads nothing", impossible);
        }
    }

    private static KeyStore pkcs12(Path file, String password) throws GeneralSecurityException {
        try (InputStream from = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(from, password.toCharArray());
            return store;
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    "Want a PKCS #12 file and its password but cannot open '%s'".formatted(file), unreadable);
        }
    }

    private static Collection<? extends Certificate> certificates(Path file) {
        // The JDK takes such a file byte by byte.
        try (InputStream from = new BufferedInputStream(Files.newInputStream(file))) {
            Collection<? extends Certificate> all =
                    CertificateFactory.getInstance("X.509").generateCertificates(from);
            if (all.isEmpty()) {
                throw new IllegalArgumentException("Want certificates in PEM but '%s' has none".formatted(file));
            }
            return all;
        } catch (IOException | GeneralSecurityException unreadable) {
            throw new IllegalArgumentException(
                    "Want certificates in PEM but cannot read '%s'".formatted(file), unreadable);
        }
    }

    private static PrivateKey privateKey(Path file, String algorithm) {
        try {
            String text = Files.readString(file, StandardCharsets.US_ASCII);
            int start = text.indexOf(KEY_START);
            int end = text.indexOf(KEY_END);
            if (start < 0 || end < start) {
                throw new IllegalArgumentException(
                        "Want a key in PKCS #8 without password ('BEGIN PRIVATE KEY') but '%s' has none"
                                .formatted(file));
            }
            byte[] encoded = Base64.getMimeDecoder().decode(text.substring(start + KEY_START.length(), end));
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (IOException | GeneralSecurityException unreadable) {
            throw new IllegalArgumentException("Want a private key but cannot read '%s'".formatted(file), unreadable);
        }
    }
}
