package io.skyferry.server.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.control.alert.AlertRule;
import io.skyferry.control.alert.Channel;
import io.skyferry.control.alert.Notice;
import io.skyferry.server.tls.Trust;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailOverTlsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T16:40:01Z");
    private static final Notice NOTICE =
            new Notice(AlertRule.TASK_FAILED, "task 7", "the task 'Photos' failed", Notice.State.RAISED, NOW);

    private final Path folder;
    private final KeyStore store;

    MailOverTlsTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.store = Trust.made(folder.resolve("mail.p12"), Set.of("localhost"));
    }

    private static Channel channel(MailPeer peer, String host, String security) {
        return new Channel(
                1,
                "mail",
                Channel.Kind.MAIL,
                Map.of(
                        "host",
                        host,
                        "port",
                        Integer.toString(peer.port()),
                        "security",
                        security,
                        "user",
                        "ferry",
                        "from",
                        "skyferry@example.org",
                        "to",
                        "ops@example.org"),
                true,
                NOW,
                Optional.empty());
    }

    private static MailSender believing(KeyStore believed) throws GeneralSecurityException, IOException {
        return new MailSender(Duration.ofSeconds(20), Trust.client(believed).getSocketFactory());
    }

    @Test
    void passwordAndMailGoOverAfterStartTlsAlone() throws Exception {
        try (var peer = new MailPeer(Trust.server(store), MailPeer.Begin.PLAIN)) {
            believing(store).send(channel(peer, "localhost", "starttls"), "swordfish", NOTICE);
            assertThat(peer.plain()).hasSize(2).last().isEqualTo("STARTTLS");
            assertThat(peer.hidden()).anyMatch(line -> line.startsWith("AUTH"));
            assertThat(peer.hidden())
                    .contains("RCPT TO:<ops@example.org>", "Subject: Skyferry: the task 'Photos' failed");
        }
    }

    @Test
    void mailGoesOverUnderTlsFromTheStart() throws Exception {
        try (var peer = new MailPeer(Trust.server(store), MailPeer.Begin.TLS)) {
            believing(store).send(channel(peer, "localhost", "tls"), "swordfish", NOTICE);
            assertThat(peer.plain()).isEmpty();
            assertThat(peer.hidden()).contains("About: task 7");
        }
    }

    @Test
    void serverWithACertificateThatNobodyBelievesGetsNothing() throws Exception {
        KeyStore other = Trust.made(folder.resolve("other.p12"), Set.of("localhost"));
        for (MailPeer.Begin begin : MailPeer.Begin.values()) {
            try (var peer = new MailPeer(Trust.server(store), begin)) {
                String security = begin == MailPeer.Begin.TLS ? "tls" : "starttls";
                assertThatThrownBy(
                                () -> believing(other).send(channel(peer, "localhost", security), "swordfish", NOTICE))
                        .isInstanceOf(IOException.class)
                        .hasMessageNotContaining("swordfish")
                        .hasMessageContaining("PKIX");
                assertThat(peer.hidden()).isEmpty();
            }
        }
    }

    @Test
    void serverUnderAnotherNameGetsNothing() throws Exception {
        try (var peer = new MailPeer(Trust.server(store), MailPeer.Begin.PLAIN)) {
            assertThatThrownBy(() -> believing(store).send(channel(peer, "127.0.0.1", "starttls"), "swordfish", NOTICE))
                    .isInstanceOf(IOException.class);
            assertThat(peer.hidden()).isEmpty();
        }
    }
}
