package io.skyferry.app;

import io.skyferry.control.alert.AlertSender;
import io.skyferry.control.alert.Channel;
import io.skyferry.control.alert.Notice;
import io.skyferry.http.HeaderList;
import io.skyferry.http.HttpException;
import io.skyferry.http.HttpRequest;
import io.skyferry.http.HttpResponse;
import io.skyferry.http.HttpTransport;
import io.skyferry.http.Origin;
import io.skyferry.http.RequestBody;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Delivers by HTTP POST. Where the channel has a secret, `X-Skyferry-Signature` holds `sha256=` and the
/// HMAC-SHA256, in hexadecimal, of the time in `X-Skyferry-Timestamp` (as in the notice), a dot, and the body.
final class WebhookSender implements AlertSender {
    private static final String HMAC = "HmacSHA256";

    private final HttpTransport transport;

    WebhookSender(HttpTransport transport) {
        this.transport = transport;
    }

    @Override
    public void send(Channel channel, String secret, Notice notice) throws IOException {
        byte[] body = notice.json().toString().getBytes(StandardCharsets.UTF_8);
        URI url = URI.create(channel.setting("url"));
        HeaderList headers = HeaderList.of(
                "Content-Type",
                "application/json",
                "X-Skyferry-Timestamp",
                notice.at().toString());
        if (!secret.isEmpty()) {
            headers = headers.plus("X-Skyferry-Signature", "sha256=" + signature(secret, notice, body));
        }
        var request = new HttpRequest(
                "POST",
                Origin.of(url),
                HttpRequest.targetOf(url),
                headers,
                RequestBody.of(body),
                HttpRequest.Manner.PLAIN);
        try (HttpResponse answer = transport.exchange(request)) {
            if (!answer.isSuccess()) {
                throw new IOException("The webhook '%s' answered %s".formatted(url.getHost(), answer.status()));
            }
        } catch (HttpException failure) {
            throw new IOException(
                    "The webhook '%s' could not be reached: %s".formatted(url.getHost(), failure.getMessage()),
                    failure);
        }
    }

    private static String signature(String secret, Notice notice, byte[] body) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC));
            mac.update((notice.at() + ".").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("Want a Java that knows HMAC-SHA256 but this one does not", missing);
        }
    }
}
