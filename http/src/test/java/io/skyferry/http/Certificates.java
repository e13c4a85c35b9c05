package io.skyferry.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// Certificates for tests, made once by the JDK's own tool: an authority, servers it vouches for, a client, and a
/// server nobody vouches for.
final class Certificates {
    private static final char[] PASSWORD = "for tests".toCharArray();
    private static final Certificates MADE = make();

    private final KeyStore store;

    private Certificates(KeyStore store) {
        this.store = store;
    }

    static Certificates made() {
        return MADE;
    }

    private static Certificates make() {
        try {
            Path folder = Files.createTempDirectory("certificates");
            try {
                Path file = folder.resolve("all.p12");
                keytool(file, "authority", "-ext", "bc:critical=ca:true");
                keytool(file, "good", "-signer", "authority", "-ext", "san=ip:127.0.0.1,dns:localhost");
                keytool(file, "misnamed", "-signer", "authority", "-ext", "san=dns:other.example");
                keytool(file, "expired", "-signer", "authority", "-startdate", "-9d", "-ext", "san=ip:127.0.0.1");
                keytool(file, "client", "-signer", "authority");
                keytool(file, "selfmade", "-ext", "san=ip:127.0.0.1");
                KeyStore store = KeyStore.getInstance("PKCS12");
                try (InputStream from = Files.newInputStream(file)) {
                    store.load(from, PASSWORD);
                }
                return new Certificates(store);
            } finally {
                delete(folder);
            }
        } catch (IOException | GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path one : files.toList()) {
                Files.delete(one);
            }
        }
        Files.delete(folder);
    }

    private static void keytool(Path file, String alias, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-genkeypair",
                "-alias",
                alias,
                "-dname",
                "CN=" + alias,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                alias.equals("expired") ? "5" : "3650",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD)));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(said);
            }
        } catch (InterruptedException told) {
            throw new IOException(told);
        }
    }

    /// What a server needs to be this one.
    SSLContext server(String alias) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(only(alias), PASSWORD);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            KeyStore authorities = KeyStore.getInstance("PKCS12");
            authorities.load(null, null);
            authorities.setCertificateEntry("authority", store.getCertificate("authority"));
            trust.init(authorities);
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private KeyStore only(String alias) throws IOException, GeneralSecurityException {
        KeyStore one = KeyStore.getInstance("PKCS12");
        one.load(null, null);
        one.setKeyEntry(alias, store.getKey(alias, PASSWORD), PASSWORD, store.getCertificateChain(alias));
        return one;
    }

    /// The authority's certificate as a PEM file.
    Path authority(Path folder) {
        return certificate("authority", folder);
    }

    /// A certificate as a PEM file.
    Path certificate(String alias, Path folder) {
        try {
            return pem(
                    folder.resolve(alias + ".pem"),
                    "CERTIFICATE",
                    store.getCertificate(alias).getEncoded());
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /// A private key as a PEM file.
    Path key(String alias, Path folder) {
        try {
            Key key = store.getKey(alias, PASSWORD);
            return pem(folder.resolve(alias + "-key.pem"), "PRIVATE KEY", key.getEncoded());
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /// Certificate and key as a PKCS #12 file with the password `for tests`.
    Path pkcs12(String alias, Path folder) {
        Path file = folder.resolve(alias + ".p12");
        try (var to = Files.newOutputStream(file)) {
            only(alias).store(to, PASSWORD);
            return file;
        } catch (IOException | GeneralSecurityException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static Path pem(Path file, String what, byte[] bytes) {
        try {
            return Files.writeString(
                    file,
                    "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                            .formatted(
                                    what,
                                    Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes),
                                    what));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
