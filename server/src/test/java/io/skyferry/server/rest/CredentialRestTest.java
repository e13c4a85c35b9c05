package io.skyferry.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.control.audit.Role;
import io.skyferry.server.LiveServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialRestTest {
    static final String CREDENTIAL =
            "{\"name\":\"cloud\",\"provider\":\"memory\",\"settings\":{\"password\":\"top secret\"}}";

    private final LiveServer live;
    private final String admin;

    CredentialRestTest(@TempDir Path folder) {
        live = new LiveServer(folder, Optional.empty());
        admin = live.keyOf("anna", Role.ADMIN);
    }

    @AfterEach
    void end() {
        live.close();
    }

    @Test
    void whatIsWrongWithACredentialIsNamedFieldByField() {
        live.ask(admin, "POST", "/api/v1/credentials", CREDENTIAL);
        LiveServer.Answer answer = live.ask(
                admin,
                "POST",
                "/api/v1/credentials",
                "{\"name\":\"more\",\"provider\":\"memory\",\"settings\":{\"colour\":\"red\",\"path\":\"a\\nb\"}}");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body())
                .contains("\"path\":\"settings.colour\"", "\"path\":\"settings.path\"")
                .contains("\"path\":\"settings.password\"");
        for (String wrong : List.of(
                "{\"name\":\"?\",\"provider\":\"memory\",\"settings\":{}} name",
                "{\"name\":\"cloud\",\"provider\":\"memory\",\"settings\":{\"password\":\"p\"}} name",
                "{\"name\":\"more\",\"provider\":\"fog\",\"settings\":{}} provider",
                "{\"name\":\"more\",\"provider\":\"memory\",\"settings\":{\"password\":\"p\",\"endpoint\":\"nonsense\"}}"
                        + " settings.endpoint")) {
            int blank = wrong.lastIndexOf(' ');
            LiveServer.Answer one = live.ask(admin, "POST", "/api/v1/credentials", wrong.substring(0, blank));
            assertThat(one.status()).as(wrong).isEqualTo(422);
            assertThat(one.body()).contains("\"path\":\"" + wrong.substring(blank + 1) + "\"");
        }
        LiveServer.Answer edited =
                live.ask(admin, "PATCH", "/api/v1/credentials/1", "{\"settings\":{\"endpoint\":\"nonsense\"}}");
        assertThat(edited.status()).isEqualTo(422);
        assertThat(edited.body()).contains("\"path\":\"settings.endpoint\"", "have 'nonsense'");
    }
}
