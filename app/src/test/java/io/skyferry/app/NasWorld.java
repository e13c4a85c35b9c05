package io.skyferry.app;

import io.skyferry.cli.Serving;
import io.skyferry.control.audit.Caller;
import io.skyferry.control.audit.Role;
import io.skyferry.control.runs.Run;
import io.skyferry.control.runs.RunKind;
import io.skyferry.control.runs.RunState;
import io.skyferry.control.setting.Settings.Name;
import io.skyferry.control.task.Task;
import io.skyferry.server.tls.Certificates;
import io.skyferry.simulators.s3.S3Rules;
import io.skyferry.simulators.s3.S3Simulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A whole service on a free port, over a bucket in memory, with a user of each role.
final class NasWorld implements AutoCloseable {
    static final Caller ROOT = Caller.local("root");
    static final String PASSWORD = "a long password";

    final Path root;
    final Path tank;
    final S3Simulator bucket = new S3Simulator(S3Rules.AMAZON, Instant::now).withBucket("backups");
    final AppServices services;
    final String adminKey;
    private final Serving.Running running;
    private final Optional<KeyStore> certificate;

    /// Whether it speaks TLS.
    enum Door {
        /// It does.
        TLS,
        /// It does not.
        PLAIN
    }

    NasWorld(Path root, Door door) throws IOException, GeneralSecurityException {
        this.root = root.toRealPath();
        this.tank = Files.createDirectories(this.root.resolve("tank"));
        Path folder = this.root.resolve("home");
        var home = new Home(folder, folder.resolve(Home.KEY), Optional.empty());
        services = new AppServices(home, "test");
        services.settings().set(Name.ALLOWED_FOLDERS, this.root.toString(), ROOT);
        services.users().add("admin", Role.ADMIN, PASSWORD, ROOT);
        services.users().add("reader", Role.READER, PASSWORD, ROOT);
        adminKey =
                services.apiKeys().make("admin", "test", Optional.empty(), ROOT).text();
        certificate = door == Door.TLS
                ? Optional.of(Certificates.ownIn(
                        this.root.resolve("own.p12"), Set.of("127.0.0.1"), new SecureRandom(), Instant.now()))
                : Optional.empty();
        running = ServiceProcess.start(services, home, new Serving.Wishes("127.0.0.1", 0, encryption()));
    }

    private Serving.Encryption encryption() throws IOException, GeneralSecurityException {
        if (certificate.isEmpty()) {
            return new Serving.Encryption.Plain();
        }
        KeyStore store = certificate.orElseThrow();
        String alias = store.aliases().nextElement();
        Key key = store.getKey(alias, Certificates.password().toCharArray());
        Path pem = root.resolve("own.pem");
        Files.writeString(pem, pem("CERTIFICATE", store.getCertificate(alias).getEncoded()));
        Path secret = root.resolve("own.key");
        Files.writeString(secret, pem("PRIVATE KEY", key.getEncoded()));
        return new Serving.Encryption.Own(pem, secret);
    }

    private static String pem(String what, byte[] bytes) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(what, Base64.getMimeEncoder().encodeToString(bytes), what);
    }

    String url() {
        return running.url();
    }

    /// The file with the certificate, for programs that are told whom to trust.
    Path pem() {
        return root.resolve("own.pem");
    }

    /// A context that trusts this server alone.
    Optional<SSLContext> trust() throws GeneralSecurityException, IOException {
        if (certificate.isEmpty()) {
            return Optional.empty();
        }
        KeyStore known = KeyStore.getInstance("PKCS12");
        known.load(null, new char[0]);
        known.setCertificateEntry("server", serverCertificate());
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(known);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return Optional.of(context);
    }

    private Certificate serverCertificate() throws GeneralSecurityException {
        KeyStore store = certificate.orElseThrow();
        return store.getCertificate(store.aliases().nextElement());
    }

    /// What a login is bound to.
    byte[] endPoint() throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(serverCertificate().getEncoded());
    }

    /// A client that is logged in.
    NasClient client() throws GeneralSecurityException, IOException {
        NasClient client = NasClient.to(url(), trust());
        if (!client.call("auth.login_with_api_key", "[\"%s\"]".formatted(adminKey))
                .text()
                .equals("true")) {
            throw new IllegalStateException("Want to be let in");
        }
        client.call("core.subscribe", "[\"core.get_jobs\"]");
        return client;
    }

    /// An account for the bucket, as clients of today describe it.
    String account(String name) {
        return ("{\"name\":\"%s\",\"provider\":{\"type\":\"S3\",\"access_key_id\":\"%s\",\"secret_access_key\":\"%s\","
                        + "\"endpoint\":\"%s\"}}")
                .formatted(name, S3Simulator.KEY_ID, S3Simulator.SECRET, bucket.address());
    }

    /// A task that pushes a folder of the tank, and more fields.
    String task(String account, String folder, String more) {
        return ("{\"description\":\"%s\",\"direction\":\"PUSH\",\"transfer_mode\":\"COPY\",\"path\":\"%s\","
                        + "\"credentials\":%s,\"attributes\":{\"bucket\":\"backups\",\"folder\":\"/%s\"},"
                        + "\"schedule\":{\"minute\":\"30\",\"hour\":\"2\",\"dom\":\"*\",\"month\":\"*\","
                        + "\"dow\":\"*\"}%s}")
                .formatted(folder, tank.resolve(folder), account, folder, more);
    }

    void write(String name, String content) throws IOException {
        Path file = tank.resolve(name);
        Files.createDirectories(Optional.ofNullable(file.getParent()).orElseThrow());
        Files.writeString(file, content);
    }

    /// Runs a task to its good end.
    void run(Task task) {
        long id = services.runs().trigger(task.id(), RunKind.REAL, ROOT).id();
        TaskWorld.await("the run ends", () -> services.runs().get(id).state().isFinal());
        Run run = services.runs().get(id);
        if (run.state() != RunState.SUCCESS) {
            throw new IllegalStateException(
                    "Want a run that ends well but have %s: %s".formatted(run.state(), run.message()));
        }
    }

    @Override
    public void close() {
        running.close();
        bucket.close();
    }
}
