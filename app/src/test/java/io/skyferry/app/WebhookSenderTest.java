package io.skyferry.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.skyferry.control.alert.AlertRule;
import io.skyferry.control.alert.Channel;
import io.skyferry.control.alert.Notice;
import io.skyferry.http.ChannelTransport;
import io.skyferry.http.HttpTransport;
import io.skyferry.http.TransportSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebhookSenderTest {
    private static final Instant NOW = Instant.parse("2026-11-21T16:40:01Z");
    private static final Notice NOTICE =
            new Notice(AlertRule.TASK_FAILED, "task 7", "the task 'photos' failed", Notice.State.RAISED, NOW);

    private final List<String> heard = new ArrayList<>();
    private final HttpServer server;
    private final HttpTransport transport = new ChannelTransport(TransportSettings.defaults(), System::nanoTime);
    private volatile int status = 204;

    WebhookSenderTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            heard.add(exchange.getRequestURI().toString());
            heard.add(String.valueOf(exchange.getRequestHeaders().getFirst("X-Skyferry-Signature")));
            heard.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void end() {
        transport.close();
        server.stop(0);
    }

    private Channel channel(int port) {
        return new Channel(
                1,
                "hook",
                Channel.Kind.WEBHOOK,
                Map.of("url", "http://127.0.0.1:%s/hook?a=b".formatted(port)),
                true,
                NOW,
                Optional.empty());
    }

    @Test
    void noticeArrivesWithASignatureThatOthersCanCheck() throws IOException {
        new WebhookSender(transport).send(channel(server.getAddress().getPort()), "key", NOTICE);
        // Computed with Python's hmac over "2026-11-21T16:40:01Z." and the body.
        assertThat(heard)
                .containsExactly(
                        "/hook?a=b",
                        "sha256=0834798b338b3a81110d5470f081ee69fc711b062e76cae58ec489e6f40f2481",
                        "{\"rule\":\"TASK_FAILED\",\"level\":\"ERROR\",\"object\":\"task 7\",\"state\":\"RAISED\","
                                + "\"text\":\"the task 'photos' failed\",\"at\":\"2026-11-21T16:40:01Z\"}");
    }

    @Test
    void refusalAndSilenceAreFailuresWithoutTheAddressesSecrets() {
        status = 500;
        assertThatThrownBy(() -> new WebhookSender(transport)
                        .send(channel(server.getAddress().getPort()), "key", NOTICE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("500");
        int port = server.getAddress().getPort();
        server.stop(0);
        assertThatThrownBy(() -> new WebhookSender(transport).send(channel(port), "key", NOTICE))
                .isInstanceOf(IOException.class)
                .hasMessageNotContaining("a=b");
    }
}
