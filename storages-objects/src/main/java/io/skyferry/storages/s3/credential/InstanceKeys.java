package io.skyferry.storages.s3.credential;

import io.skyferry.http.HeaderList;
import io.skyferry.http.HttpException;
import io.skyferry.http.HttpRequest;
import io.skyferry.http.HttpResponse;
import io.skyferry.http.HttpTransport;
import io.skyferry.http.Origin;
import io.skyferry.storages.s3.sign.Access;
import java.net.URI;

/// The key of the role that a machine at Amazon has.
///
/// Source: "Use IMDSv2" and "Retrieve security credentials from instance metadata" of the Amazon EC2 User Guide.
final class InstanceKeys implements Renewed.Source {
    private static final String KEYS = "/latest/meta-data/iam/security-credentials/";
    private static final int MAX_REPLY = 64 * 1024;

    private final HttpTransport transport;
    private final Origin origin;
    private volatile boolean isAlone;

    InstanceKeys(HttpTransport transport, String address) {
        this.transport = transport;
        this.origin = Origin.of(URI.create(address));
    }

    @Override
    public Access fetch() {
        if (isAlone) {
            // Whoever is not at Amazon does not get there while we run.
            throw Credentials.MissingException.anywhere();
        }
        String token = answer(HttpRequest.of("PUT", origin, "/latest/api/token")
                .with(HeaderList.of("X-aws-ec2-metadata-token-ttl-seconds", "21600")));
        String role = get(KEYS, token).lines().findFirst().orElse("").strip();
        if (role.isEmpty()) {
            throw new Credentials.MissingException("Want a role of this machine but it has none");
        }
        return Given.read(get(KEYS + role, token), "this machine");
    }

    private String get(String target, String token) {
        return answer(HttpRequest.of("GET", origin, target).with("X-aws-ec2-metadata-token", token));
    }

    private String answer(HttpRequest request) {
        try (HttpResponse reply = transport.exchange(request)) {
            if (!reply.isSuccess()) {
                throw new Credentials.MissingException(
                        "Want a key of this machine but its metadata service answered %s".formatted(reply.status()));
            }
            return reply.text(MAX_REPLY);
        } catch (HttpException broken) {
            isAlone = broken.kind() == HttpException.Kind.UNREACHABLE || broken.kind() == HttpException.Kind.TIMEOUT;
            throw Credentials.MissingException.anywhere(broken);
        }
    }
}
