package io.skyferry.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import io.skyferry.testkit.servers.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Plays the example of the documentation: a real service, a real S3 server, a mail server and a webhook.
///
/// It waits for its schedule of one minute most of the time, so the other tests go on meanwhile.
@Tag("slow")
@Execution(ExecutionMode.CONCURRENT)
class ServiceExampleTest {
    private static final long PATIENCE_MINUTES = 12;

    private final Path folder;
    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
    private final HttpServer hook;
    private final GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    ServiceExampleTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hook.createContext("/", exchange -> {
            heard.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        hook.start();
        mail.start();
    }

    @AfterEach
    void end() {
        hook.stop(0);
        mail.stop();
    }

    @Test
    void exampleGoesWellOnSqlite() throws IOException, InterruptedException {
        play(Optional.empty());
    }

    @Test
    void exampleGoesWellOnPostgres() throws IOException, InterruptedException, SQLException {
        play(Optional.of(PostgresServiceTest.freshDatabase()));
    }

    private void play(Optional<String> database) throws IOException, InterruptedException {
        TestServer server = TestServer.of("s3proxy");
        Path told = folder.resolve("told");
        var builder = new ProcessBuilder(
                "sh",
                TestServer.folder().resolveSibling("docs/examples/service.sh").toString());
        builder.redirectErrorStream(true).redirectOutput(told.toFile());
        builder.environment().put("SKYFERRY", command().toString());
        builder.environment().put("S3_ENDPOINT", server.endpoint());
        builder.environment().put("AWS_ACCESS_KEY_ID", server.accessKeyId());
        builder.environment().put("AWS_SECRET_ACCESS_KEY", server.secretAccessKey());
        builder.environment()
                .put(
                        "HOOK_URL",
                        "http://127.0.0.1:%s/".formatted(hook.getAddress().getPort()));
        builder.environment().put("MAIL_HOST", "127.0.0.1");
        builder.environment().put("MAIL_PORT", Integer.toString(mail.getSmtp().getPort()));
        database.ifPresent(url -> builder.environment().put("SKYFERRY_DATABASE", url));
        Process process = builder.start();
        boolean ended = process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
        process.destroy();

        assertThat(Files.readString(told)).contains("All went well.");
        assertThat(ended).isTrue();
        assertThat(heard)
                .anySatisfy(body -> assertThat(body).contains("\"TASK_FAILED\"", "\"RAISED\"", "photos"))
                .anySatisfy(body -> assertThat(body).contains("\"TASK_FAILED\"", "\"CLEARED\""));
        assertThat(mail.getReceivedMessages()).hasSizeGreaterThanOrEqualTo(2);
    }

    /// A program of one word that is this build's product.
    private Path command() throws IOException {
        Path script = folder.resolve("skyferry");
        Files.writeString(
                script,
                "#!/bin/sh\nexec '%s' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx128m"
                                .formatted(Path.of(System.getProperty("java.home"), "bin", "java"))
                        + " --enable-native-access=ALL-UNNAMED -cp '%s' io.skyferry.app.Main \"$@\"\n"
                                .formatted(System.getProperty("java.class.path")));
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }
}
