package io.skyferry.storages.s3.credential;

import io.skyferry.hash.Hasher;
import io.skyferry.http.HeaderList;
import io.skyferry.http.HttpException;
import io.skyferry.http.HttpRequest;
import io.skyferry.http.HttpResponse;
import io.skyferry.http.HttpTransport;
import io.skyferry.http.Origin;
import io.skyferry.http.RequestBody;
import io.skyferry.storage.HashType;
import io.skyferry.storages.s3.sign.Access;
import io.skyferry.storages.s3.sign.Draft;
import io.skyferry.storages.s3.sign.Percent;
import io.skyferry.storages.s3.sign.SigV4;
import io.skyferry.storages.s3.wire.Xml;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Asks Amazon's Security Token Service for the keys of roles.
///
/// What is asked goes in the body: tokens in an address would stand in the logs of whoever is on the way.
///
/// Source: AssumeRole and AssumeRoleWithWebIdentity of the AWS Security Token Service API Reference.
final class TokenService {
    private static final int MAX_REPLY = 64 * 1024;

    private final HttpTransport transport;
    private final Origin origin;
    private final SigV4 signature;

    /// @param endpoint `https://sts.eu-central-1.amazonaws.com`
    TokenService(HttpTransport transport, String endpoint, String region) {
        this.transport = transport;
        this.origin = Origin.of(URI.create(endpoint));
        this.signature = new SigV4("sts", region);
    }

    /// Asks with a token that proves who asks.
    Access ask(String action, String role, Map<String, String> form) {
        byte[] body = body(action, role, form);
        return answer(draft(body), body, role);
    }

    /// Asks, signed with another key.
    Access ask(String action, String role, Map<String, String> form, Access signer, Instant now) {
        byte[] body = body(action, role, form);
        Draft draft = draft(body);
        signature.sign(draft, signer, now);
        return answer(draft, body, role);
    }

    private static byte[] body(String action, String role, Map<String, String> form) {
        Map<String, String> fields = new TreeMap<>(form);
        fields.put("Action", action);
        fields.put("Version", "2011-06-15");
        fields.put("RoleArn", role);
        var text = new StringBuilder();
        fields.forEach((name, value) ->
                text.append(text.isEmpty() ? "" : "&").append(name).append('=').append(Percent.ofValue(value)));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private Draft draft(byte[] body) {
        return new Draft("POST", origin.authority(), "/", "/")
                .header("content-type", "application/x-www-form-urlencoded; charset=utf-8")
                .payload(Hasher.hex(HashType.SHA256, body));
    }

    private Access answer(Draft draft, byte[] body, String role) {
        HeaderList.Builder headers = new HeaderList.Builder();
        draft.headers().forEach((name, value) -> {
            if (!name.equals("host")) {
                headers.add(name, value);
            }
        });
        HttpRequest request =
                HttpRequest.of("POST", origin, "/").with(headers.build()).with(RequestBody.of(body));
        try (HttpResponse reply = transport.exchange(request)) {
            byte[] bytes = reply.bytes(MAX_REPLY);
            if (!reply.isSuccess()) {
                throw new Credentials.MissingException(
                        "Want a key for the role '%s' but the token service answered %s %s"
                                .formatted(role, reply.status(), code(bytes))
                                .strip());
            }
            return access(bytes, role);
        } catch (HttpException broken) {
            throw new Credentials.MissingException(
                    "Want a key for the role '%s' but the token service did not answer".formatted(role), broken);
        } catch (Xml.BrokenException none) {
            throw new Credentials.MissingException(
                    "Want a key for the role '%s' but the answer was none".formatted(role), none);
        }
    }

    /// The code of an error; the message is left out, which may quote what was sent.
    private static String code(byte[] bytes) {
        var xml = new Xml(bytes, bytes.length);
        try {
            for (Xml.Event event = xml.next(); event != Xml.Event.DONE; event = xml.next()) {
                if (event == Xml.Event.START && xml.name().equals("Code")) {
                    return xml.text();
                }
            }
        } catch (Xml.BrokenException none) {
            // Proxies answer with pages of their own: the status has to do.
            return "";
        }
        return "";
    }

    private static Access access(byte[] bytes, String role) {
        var xml = new Xml(bytes, bytes.length);
        Map<String, String> fields = new HashMap<>();
        boolean inside = false;
        for (Xml.Event event = xml.next(); event != Xml.Event.DONE; event = xml.next()) {
            boolean isAround = xml.name().equals("Credentials");
            if (event == Xml.Event.START && inside) {
                String name = xml.name();
                fields.put(name, xml.text());
            } else if (isAround) {
                inside = event == Xml.Event.START;
            }
        }
        String id = fields.getOrDefault("AccessKeyId", "");
        String secret = fields.getOrDefault("SecretAccessKey", "");
        if (id.isEmpty() || secret.isEmpty()) {
            throw new Credentials.MissingException(
                    "Want a key for the role '%s' but the token service gave none".formatted(role));
        }
        return new Access(
                id,
                secret,
                Optional.ofNullable(fields.get("SessionToken")),
                Optional.ofNullable(fields.get("Expiration")).flatMap(Given::instant));
    }
}
