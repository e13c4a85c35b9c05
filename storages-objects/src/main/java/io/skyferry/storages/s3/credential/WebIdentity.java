package io.skyferry.storages.s3.credential;

import io.skyferry.http.HttpException;
import io.skyferry.http.HttpRequest;
import io.skyferry.http.HttpResponse;
import io.skyferry.http.HttpTransport;
import io.skyferry.http.Origin;
import io.skyferry.storages.s3.sign.Access;
import io.skyferry.storages.s3.sign.Percent;
import io.skyferry.storages.s3.wire.Xml;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A role's key in exchange for a token that the machine's own keeper wrote into a file.
///
/// Source: AssumeRoleWithWebIdentity of the AWS Security Token Service API Reference.
final class WebIdentity implements Renewed.Source {
    private static final int MAX_REPLY = 64 * 1024;

    private final HttpTransport transport;
    private final String endpoint;
    private final String file;
    private final String role;
    private final String session;

    WebIdentity(HttpTransport transport, String endpoint, String file, String role, String session) {
        this.transport = transport;
        this.endpoint = endpoint;
        this.file = file;
        this.role = role;
        this.session = session;
    }

    @Override
    public Access fetch() {
        String target =
                "/?Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleArn=%s&RoleSessionName=%s&WebIdentityToken=%s"
                        .formatted(Percent.ofValue(role), Percent.ofValue(session), Percent.ofValue(token()));
        var request = HttpRequest.of("GET", Origin.of(URI.create(endpoint)), target);
        try (HttpResponse reply = transport.exchange(request)) {
            byte[] bytes = reply.bytes(MAX_REPLY);
            if (!reply.isSuccess()) {
                throw new Credentials.MissingException("Want a key for the role '%s' but the token service answered %s"
                        .formatted(role, reply.status()));
            }
            return access(bytes);
        } catch (HttpException broken) {
            throw new Credentials.MissingException(
                    "Want a key for the role '%s' but the token service did not answer".formatted(role), broken);
        } catch (Xml.BrokenException none) {
            throw new Credentials.MissingException(
                    "Want a key for the role '%s' but the answer was none".formatted(role), none);
        }
    }

    private String token() {
        try {
            return Files.readString(Path.of(file), StandardCharsets.UTF_8).strip();
        } catch (IOException unreadable) {
            throw new Credentials.MissingException("The token in '%s' cannot be read".formatted(file), unreadable);
        }
    }

    private static Access access(byte[] bytes) {
        var xml = new Xml(bytes, bytes.length);
        Map<String, String> fields = new HashMap<>();
        for (Xml.Event event = xml.next(); event != Xml.Event.DONE; event = xml.next()) {
            boolean inside = event == Xml.Event.START && !xml.name().endsWith("Response");
            if (inside && !xml.name().equals("Credentials") && !xml.name().endsWith("Result")) {
                String name = xml.name();
                fields.put(name, xml.text());
            }
        }
        String id = fields.getOrDefault("AccessKeyId", "");
        String secret = fields.getOrDefault("SecretAccessKey", "");
        if (id.isEmpty() || secret.isEmpty()) {
            throw new Credentials.MissingException("Want a key of the token service but it gave none");
        }
        return new Access(
                id,
                secret,
                Optional.ofNullable(fields.get("SessionToken")),
                Optional.ofNullable(fields.get("Expiration")).flatMap(Given::instant));
    }
}
