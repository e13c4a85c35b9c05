package io.skyferry.storages.s3.credential;

import io.skyferry.storages.s3.sign.Access;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// A role's key in exchange for a token that the machine's own keeper wrote into a file.
///
/// Source: AssumeRoleWithWebIdentity of the AWS Security Token Service API Reference.
final class WebIdentity implements Renewed.Source {
    private final TokenService service;
    private final String file;
    private final String role;
    private final String session;

    WebIdentity(TokenService service, String file, String role, String session) {
        this.service = service;
        this.file = file;
        this.role = role;
        this.session = session;
    }

    @Override
    public Access fetch() {
        return service.ask(
                "AssumeRoleWithWebIdentity", role, Map.of("RoleSessionName", session, "WebIdentityToken", token()));
    }

    private String token() {
        try {
            return Files.readString(Path.of(file), StandardCharsets.UTF_8).strip();
        } catch (IOException unreadable) {
            throw new Credentials.MissingException("The token in '%s' cannot be read".formatted(file), unreadable);
        }
    }
}
