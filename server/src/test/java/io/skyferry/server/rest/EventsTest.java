package io.skyferry.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.control.audit.Caller;
import io.skyferry.control.audit.Role;
import io.skyferry.control.json.JsonValue;
import io.skyferry.server.LiveServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The stream of what happens.
class EventsTest {
    private final Path folder;
    private final LiveServer live;
    private final String admin;

    EventsTest(@TempDir Path folder) {
        this.folder = folder;
        live = new LiveServer(folder, Optional.empty());
        admin = live.keyOf("anna", Role.ADMIN);
    }

    @AfterEach
    void end() {
        live.close();
    }

    private String task() throws IOException {
        return RestTest.task(live, admin, folder);
    }

    @Test
    void whoListensHearsOfRuns() throws IOException {
        live.ask(admin, "POST", "/api/v1/tasks", task());
        try (BufferedReader events = live.follow(admin)) {
            assertThat(events.readLine()).isEqualTo(": hello anna");
            live.ask(admin, "POST", "/api/v1/tasks/1/run", "");
            String line = events.readLine();
            while (!line.startsWith("data: ")) {
                line = events.readLine();
            }
            assertThat(line).contains("\"description\":\"photos\"", "\"state\":\"WAITING\"");
        }
    }

    @Test
    void whoListensHearsThatSomethingElseChangedToo() throws IOException {
        try (BufferedReader events = live.follow(admin)) {
            assertThat(events.readLine()).isEqualTo(": hello anna");
            live.ask(admin, "POST", "/api/v1/credentials", CredentialRestTest.CREDENTIAL);
            String line = events.readLine();
            while (!line.startsWith("data: ")) {
                line = events.readLine();
            }
            assertThat(line).isEqualTo("data: {\"thing\":\"CREDENTIAL\"}");
        }
    }

    @Test
    void whoAsksHowThingsStandIsToldAtOnceAndAfterEachChange() throws IOException {
        String task = task();
        try (BufferedReader events = live.follow(admin, "?standing=true")) {
            long before = standing(events);
            live.ask(admin, "POST", "/api/v1/tasks", task);
            assertThat(standing(events)).isEqualTo(before);
            live.ask(admin, "POST", "/api/v1/credentials", CredentialRestTest.CREDENTIAL.replace("cloud", "sky"));
            assertThat(standing(events)).isGreaterThan(before);
        }
    }

    private static long standing(BufferedReader events) throws IOException {
        String line = events.readLine();
        while (!line.equals("event: standing")) {
            line = events.readLine();
        }
        String data = events.readLine().substring("data: ".length());
        var numbers = (JsonValue.Members) JsonValue.parse(data);
        return ((JsonValue.Numeral) numbers.get("CREDENTIAL").orElseThrow())
                .value()
                .longValueExact();
    }

    @Test
    void whoIsKnownNoMoreHearsNothingMore() throws IOException {
        String key = live.keyOf("rita", Role.READER);
        try (BufferedReader events = live.follow(key)) {
            assertThat(events.readLine()).isEqualTo(": hello rita");
            live.ask(admin, "POST", "/api/v1/credentials", CredentialRestTest.CREDENTIAL);
            String line = events.readLine();
            while (!line.startsWith("data: ")) {
                line = events.readLine();
            }
            live.parts().users().remove("rita", Caller.local("root"));
            live.clock().advance(Duration.ofSeconds(20));
            assertThat(events.lines()).noneMatch(text -> text.contains("still here"));
        }
    }
}
