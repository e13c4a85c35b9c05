package io.skyferry.server.mail;

import io.skyferry.control.alert.AlertSender;
import io.skyferry.control.alert.Channel;
import io.skyferry.control.alert.Notice;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Date;
import java.util.Properties;
import javax.net.ssl.SSLSocketFactory;

/// Delivers by SMTP. Unless told otherwise it insists on STARTTLS and on a certificate that fits the host.
///
/// Source: RFC 5321, RFC 3207 (STARTTLS), RFC 8314 (TLS from the start).
public final class MailSender implements AlertSender {
    private final Duration patience;
    private final SSLSocketFactory sockets;

    /// A sender that waits so long for each answer of a mail server.
    ///
    /// @param sockets decides which certificates are believed
    public MailSender(Duration patience, SSLSocketFactory sockets) {
        this.patience = patience;
        this.sockets = sockets;
    }

    @Override
    public void send(Channel channel, String secret, Notice notice) throws IOException {
        Session session = Session.getInstance(properties(channel, secret));
        try {
            Message message = message(session, channel, notice);
            try (Transport transport = session.getTransport("smtp")) {
                if (secret.isEmpty()) {
                    transport.connect();
                } else {
                    transport.connect(channel.setting("user"), secret);
                }
                transport.sendMessage(message, message.getAllRecipients());
            }
        } catch (MessagingException failure) {
            throw new IOException(
                    "The mail server '%s' did not take the mail: %s".formatted(channel.setting("host"), words(failure)),
                    failure);
        }
    }

    /// That TLS failed is told by the outermost, why it did by those within.
    private static String words(MessagingException failure) {
        var words = new StringBuilder(String.valueOf(failure.getMessage()));
        for (Throwable within = failure.getCause(); within != null; within = within.getCause()) {
            String why = String.valueOf(within.getMessage());
            if (words.indexOf(why) < 0) {
                words.append(": ").append(why);
            }
        }
        return words.toString();
    }

    private Properties properties(Channel channel, String secret) {
        String security = channel.setting("security").isEmpty() ? "starttls" : channel.setting("security");
        String port = channel.setting("port").isEmpty() ? "587" : channel.setting("port");
        String millis = Long.toString(patience.toMillis());
        var properties = new Properties();
        properties.setProperty("mail.smtp.host", channel.setting("host"));
        properties.setProperty("mail.smtp.port", port);
        properties.setProperty("mail.smtp.auth", Boolean.toString(!secret.isEmpty()));
        properties.setProperty("mail.smtp.connectiontimeout", millis);
        properties.setProperty("mail.smtp.timeout", millis);
        properties.setProperty("mail.smtp.writetimeout", millis);
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(security.equals("starttls")));
        properties.setProperty("mail.smtp.starttls.required", Boolean.toString(security.equals("starttls")));
        properties.setProperty("mail.smtp.ssl.enable", Boolean.toString(security.equals("tls")));
        properties.put("mail.smtp.ssl.socketFactory", sockets);
        return properties;
    }

    private static Message message(Session session, Channel channel, Notice notice) throws MessagingException {
        var message = new MimeMessage(session);
        message.setFrom(new InternetAddress(channel.setting("from")));
        message.setRecipients(Message.RecipientType.TO, InternetAddress.parse(channel.setting("to")));
        message.setSubject(oneLine(notice.subject()), StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(notice.at()));
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setText(
                "%s\n\nAbout: %s\nRule: %s (%s)\nSince: %s\n"
                        .formatted(
                                notice.subject(),
                                notice.object(),
                                notice.rule(),
                                notice.rule().level(),
                                notice.at()),
                StandardCharsets.UTF_8.name());
        return message;
    }

    /// A line end in a name must not become a header.
    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }
}
