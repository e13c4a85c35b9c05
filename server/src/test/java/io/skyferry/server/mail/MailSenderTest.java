package io.skyferry.server.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.DummySSLSocketFactory;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.skyferry.control.alert.AlertRule;
import io.skyferry.control.alert.Channel;
import io.skyferry.control.alert.Notice;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MailSenderTest {
    private static final Instant NOW = Instant.parse("2026-11-21T16:40:01Z");
    private final ServerSetup setup = new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
    private final GreenMail server = new GreenMail(setup);
    private final MailSender sender =
            new MailSender(Duration.ofSeconds(20), (SSLSocketFactory) DummySSLSocketFactory.getDefault());

    MailSenderTest() {
        server.start();
    }

    @AfterEach
    void end() {
        server.stop();
    }

    private Channel channel(String security) {
        return new Channel(
                1,
                "mail",
                Channel.Kind.MAIL,
                Map.of(
                        "host", "127.0.0.1",
                        "port", Integer.toString(server.getSmtp().getPort()),
                        "security", security,
                        "user", "ferry",
                        "from", "skyferry@example.org",
                        "to", "ops@example.org, night@example.org"),
                true,
                NOW,
                Optional.empty());
    }

    private static Notice notice(String words) {
        return new Notice(AlertRule.TASK_FAILED, "task 7", words, Notice.State.RAISED, NOW);
    }

    @Test
    void mailArrivesAtAllWithTheWordsOfTheAlert() throws Exception {
        server.setUser("skyferry@example.org", "ferry", "swordfish");
        sender.send(channel("none"), "swordfish", notice("the task 'Fotos für Ömer' failed"));
        MimeMessage[] mails = server.getReceivedMessages();
        assertThat(mails).hasSize(2);
        assertThat(mails[0].getSubject()).isEqualTo("Skyferry: the task 'Fotos für Ömer' failed");
        assertThat(String.valueOf(mails[0].getContent())).contains("About: task 7");
    }

    @Test
    void serverWithoutStartTlsGetsNothingUnlessThatWasAskedFor() {
        assertThatThrownBy(() -> sender.send(channel("starttls"), "swordfish", notice("x")))
                .isInstanceOf(IOException.class)
                .hasMessageNotContaining("swordfish");
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void nameWithALineEndMakesNoHeader() throws Exception {
        server.setUser("skyferry@example.org", "ferry", "swordfish");
        sender.send(channel("none"), "swordfish", notice("a\r\nBcc: eve@example.org\r\n\r\nb"));
        assertThat(server.getReceivedMessages()).hasSize(2);
        assertThat(server.getReceivedMessages()[0].getHeader("Bcc")).isNull();
    }
}
