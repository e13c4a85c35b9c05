package io.skyferry.storages.s3.credential;

import io.skyferry.http.HttpTransport;
import io.skyferry.storages.s3.sign.Access;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/// Looks for a key where Amazon's own tools look, in their order: environment, web identity, profile, container,
/// machine.
///
/// Source: "Standardized credential providers" of the AWS SDKs and Tools Reference Guide.
public final class CredentialChain {
    private final Environment environment;
    private final Optional<String> profile;
    private final Supplier<HttpTransport> transports;
    private final InstantSource clock;

    /// @param profile that was named; empty: the usual one
    /// @param transports makes one for the services that give keys out
    public CredentialChain(
            Environment environment,
            Optional<String> profile,
            Supplier<HttpTransport> transports,
            InstantSource clock) {
        this.environment = environment;
        this.profile = profile;
        this.transports = transports;
        this.clock = clock;
    }

    /// A source that looks when it is first asked.
    public Credentials credentials() {
        return new Found();
    }

    /// The region that environment or profile name.
    public Optional<String> region() {
        return environment
                .variable("AWS_REGION")
                .or(() -> environment.variable("AWS_DEFAULT_REGION"))
                .or(() -> Profiles.of(environment).setting(name(), "region"));
    }

    /// The endpoint that environment or profile name.
    public Optional<String> endpoint() {
        if (environment
                .variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")
                .map("true"::equalsIgnoreCase)
                .orElse(false)) {
            return Optional.empty();
        }
        return environment
                .variable("AWS_ENDPOINT_URL_S3")
                .or(() -> environment.variable("AWS_ENDPOINT_URL"))
                .or(() -> Profiles.of(environment).setting(name(), "endpoint_url"));
    }

    private String name() {
        return profile.orElseGet(environment::profile);
    }

    private final class Found implements Credentials {
        private volatile Optional<Credentials> found = Optional.empty();

        private synchronized Credentials found() {
            if (found.isEmpty()) {
                found = Optional.of(look());
            }
            return found.orElseThrow();
        }

        @Override
        public Access access() {
            return found().access();
        }

        @Override
        public boolean renew() {
            return found().renew();
        }

        @Override
        public void close() {
            found.ifPresent(Credentials::close);
        }
    }

    private Credentials look() {
        if (profile.isPresent()) {
            return ofProfile()
                    .orElseThrow(() -> new Credentials.MissingException(
                            "Want a profile '%s' with a key but there is none".formatted(name())));
        }
        return ofVariables()
                .or(this::ofWebIdentity)
                .or(this::ofProfile)
                .or(this::ofContainer)
                .or(this::ofMachine)
                .orElseThrow(() -> new Credentials.MissingException(
                        "Want a key but there is none in settings, environment, profiles or on this machine"));
    }

    private Optional<Credentials> ofVariables() {
        Optional<String> id = environment.variable("AWS_ACCESS_KEY_ID");
        Optional<String> secret = environment.variable("AWS_SECRET_ACCESS_KEY");
        return id.isPresent() && secret.isPresent()
                ? Optional.of(new Credentials.Fixed(new Access(
                        id.orElseThrow(),
                        secret.orElseThrow(),
                        environment.variable("AWS_SESSION_TOKEN"),
                        Optional.empty())))
                : Optional.empty();
    }

    private Optional<Credentials> ofProfile() {
        Profiles profiles = Profiles.of(environment);
        Optional<String> id = profiles.setting(name(), "aws_access_key_id");
        Optional<String> secret = profiles.setting(name(), "aws_secret_access_key");
        if (id.isPresent() && secret.isPresent()) {
            return Optional.of(new Credentials.Fixed(new Access(
                    id.orElseThrow(),
                    secret.orElseThrow(),
                    profiles.setting(name(), "aws_session_token"),
                    Optional.empty())));
        }
        Optional<String> file = profiles.setting(name(), "web_identity_token_file");
        Optional<String> role = profiles.setting(name(), "role_arn");
        return file.isPresent() && role.isPresent()
                ? Optional.of(webIdentity(file.orElseThrow(), role.orElseThrow()))
                : Optional.empty();
    }

    private Optional<Credentials> ofWebIdentity() {
        Optional<String> file = environment.variable("AWS_WEB_IDENTITY_TOKEN_FILE");
        Optional<String> role = environment.variable("AWS_ROLE_ARN");
        return file.isPresent() && role.isPresent()
                ? Optional.of(webIdentity(file.orElseThrow(), role.orElseThrow()))
                : Optional.empty();
    }

    private Credentials webIdentity(String file, String role) {
        HttpTransport transport = transports.get();
        String session = environment.variable("AWS_ROLE_SESSION_NAME").orElse("skyferry");
        String endpoint = environment
                .variable("AWS_ENDPOINT_URL_STS")
                .orElseGet(() ->
                        region().map("https://sts.%s.amazonaws.com"::formatted).orElse("https://sts.amazonaws.com"));
        return new Renewed(new WebIdentity(transport, endpoint, file, role, session), clock, transport::close);
    }

    private Optional<Credentials> ofContainer() {
        return ContainerKeys.address(environment).map(address -> {
            HttpTransport transport = transports.get();
            return new Renewed(new ContainerKeys(transport, address, environment), clock, transport::close);
        });
    }

    private Optional<Credentials> ofMachine() {
        if (environment
                .variable("AWS_EC2_METADATA_DISABLED")
                .map("true"::equalsIgnoreCase)
                .orElse(false)) {
            return Optional.empty();
        }
        HttpTransport transport = transports.get();
        String address =
                environment.variable("AWS_EC2_METADATA_SERVICE_ENDPOINT").orElse("http://169.254.169.254");
        return Optional.of(new Renewed(new InstanceKeys(transport, address), clock, transport::close));
    }
}
