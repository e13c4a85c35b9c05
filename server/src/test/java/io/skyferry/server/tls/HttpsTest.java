package io.skyferry.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.skyferry.server.LiveServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpsTest {
    private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1");

    private final Path folder;
    private final Path certificate;
    private final Path key;

    HttpsTest(@TempDir Path folder) {
        this.folder = folder;
        this.certificate = folder.resolve("nas.pem");
        this.key = folder.resolve("nas.key");
    }

    private static HttpResponse<String> health(LiveServer live, KeyStore believed)
            throws IOException, InterruptedException, GeneralSecurityException {
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(Trust.client(believed)).build()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(live.server().url() + "/health"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private static String pem(String kind, byte[] bytes) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(kind, Base64.getMimeEncoder().encodeToString(bytes), kind);
    }

    private void put(Path file, String kind, byte[] bytes, long second) throws IOException {
        Files.writeString(file, pem(kind, bytes), StandardCharsets.US_ASCII);
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(second)));
    }

    private static Certificate certificateOf(KeyStore store) throws GeneralSecurityException {
        return store.getCertificate(store.aliases().nextElement());
    }

    private static Key keyOf(KeyStore store) throws GeneralSecurityException {
        return store.getKey(
                store.aliases().nextElement(), Certificates.password().toCharArray());
    }

    private void putCertificate(KeyStore store, long second) throws IOException, GeneralSecurityException {
        put(certificate, "CERTIFICATE", certificateOf(store).getEncoded(), second);
    }

    private void putKey(KeyStore store, long second) throws IOException, GeneralSecurityException {
        put(key, "PRIVATE KEY", keyOf(store).getEncoded(), second);
    }

    @Test
    void certificateThatTheServiceMadeForItselfIsKeptAndUsed() throws Exception {
        Path file = folder.resolve("home/tls.p12");
        KeyStore made = Trust.made(file, NAMES);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var live = new LiveServer(folder, Optional.of(Trust.made(file, NAMES)))) {
            HttpResponse<String> answer = health(live, made);
            assertThat(answer.body()).isEqualTo("ok\n");
            assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();
            KeyStore other = Trust.made(folder.resolve("other.p12"), NAMES);
            assertThrows(SSLHandshakeException.class, () -> health(live, other));
        }
    }

    @Test
    void renewedCertificateIsUsedWithoutARestart() throws Exception {
        KeyStore old = Trust.made(folder.resolve("old.p12"), NAMES);
        KeyStore renewed = Trust.made(folder.resolve("new.p12"), NAMES);
        putCertificate(old, 1);
        putKey(old, 1);
        var watch = new CertificateWatch(certificate, key);
        try (var live = new LiveServer(folder, Optional.of(Certificates.fromPem(certificate, key)))) {
            assertThat(watch.look()).isEmpty();
            putCertificate(renewed, 2);
            assertThat(watch.look()).as("half of it").isEmpty();
            assertThat(health(live, old).statusCode()).isEqualTo(200);
            putKey(renewed, 2);
            live.server().useCertificate(watch.look().orElseThrow());
            assertThat(health(live, renewed).statusCode()).isEqualTo(200);
            assertThrows(SSLHandshakeException.class, () -> health(live, old));
            assertThat(watch.look()).isEmpty();
        }
    }

    @Test
    void keyOfAnotherCertificateIsRefused() throws Exception {
        putCertificate(Trust.made(folder.resolve("one.p12"), NAMES), 1);
        putKey(Trust.made(folder.resolve("two.p12"), NAMES), 1);
        assertThatThrownBy(() -> Certificates.fromPem(certificate, key))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("holds another one");
        assertThatThrownBy(() -> Certificates.fromPem(Path.of("nowhere.pem"), Path.of("nowhere.key")))
                .hasMessage("Want a certificate and its key in PEM but 'nowhere.pem' is not there");
    }
}
