package io.skyferry.storages.s3.credential;

import io.skyferry.http.HttpException;
import io.skyferry.http.HttpRequest;
import io.skyferry.http.HttpResponse;
import io.skyferry.http.HttpTransport;
import io.skyferry.storages.s3.sign.Access;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/// A key from the keeper of the container that one runs in.
///
/// Source: "Container credential provider" of the AWS SDKs and Tools Reference Guide.
final class ContainerKeys implements Renewed.Source {
    private static final int MAX_REPLY = 64 * 1024;

    /// Keys are asked for in the clear, so nowhere but on this machine.
    private static final Set<String> HERE =
            Set.of("169.254.170.2", "169.254.170.23", "[fd00:ec2::23]", "localhost", "127.0.0.1", "[::1]");

    private final HttpTransport transport;
    private final URI address;
    private final Environment environment;

    ContainerKeys(HttpTransport transport, URI address, Environment environment) {
        this.transport = transport;
        this.address = address;
        this.environment = environment;
    }

    static Optional<URI> address(Environment environment) {
        return environment
                .variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI")
                .map(path -> "http://169.254.170.2" + path)
                .or(() -> environment.variable("AWS_CONTAINER_CREDENTIALS_FULL_URI"))
                .map(URI::create);
    }

    @Override
    public Access fetch() {
        boolean allowed = "https".equals(address.getScheme()) || HERE.contains(String.valueOf(address.getHost()));
        if (!allowed) {
            throw new Credentials.MissingException(
                    "Want a keeper of keys on this machine but have '%s'".formatted(address.getHost()));
        }
        HttpRequest request = HttpRequest.of("GET", address);
        Optional<String> token = token();
        if (token.isPresent()) {
            request = request.with("Authorization", token.orElseThrow());
        }
        try (HttpResponse reply = transport.exchange(request)) {
            if (!reply.isSuccess()) {
                throw new Credentials.MissingException(
                        "Want a key of the container but its keeper answered %s".formatted(reply.status()));
            }
            return Given.read(reply.text(MAX_REPLY), "the container");
        } catch (HttpException broken) {
            throw new Credentials.MissingException("Want a key of the container but its keeper did not answer", broken);
        }
    }

    private Optional<String> token() {
        Optional<String> file = environment.variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE");
        if (file.isEmpty()) {
            return environment.variable("AWS_CONTAINER_AUTHORIZATION_TOKEN");
        }
        try {
            return Optional.of(Files.readString(Path.of(file.orElseThrow()), StandardCharsets.UTF_8)
                    .strip());
        } catch (IOException unreadable) {
            throw new Credentials.MissingException(
                    "The token in '%s' cannot be read".formatted(file.orElseThrow()), unreadable);
        }
    }
}
