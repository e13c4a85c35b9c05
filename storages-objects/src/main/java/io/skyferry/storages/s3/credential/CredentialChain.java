package io.skyferry.storages.s3.credential;

import io.skyferry.http.HttpTransport;
import io.skyferry.storages.s3.sign.Access;
import java.time.InstantSource;
import java.util.Optional;

/// Looks for a key where Amazon's own tools look, in their order: environment, web identity, profile, container,
/// machine.
///
/// Source: "Standardized credential providers" of the AWS SDKs and Tools Reference Guide.
public final class CredentialChain {
    private static final String USUAL_REGION = "us-east-1";

    private final Environment environment;
    private final Optional<String> profile;
    private final Transports transports;
    private final InstantSource clock;

    /// @param profile that was named; empty: the usual one
    /// @param transports to the services that give keys out
    public CredentialChain(
            Environment environment, Optional<String> profile, Transports transports, InstantSource clock) {
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
        if (isOn("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")) {
            return Optional.empty();
        }
        return environment
                .variable("AWS_ENDPOINT_URL_S3")
                .or(() -> environment.variable("AWS_ENDPOINT_URL"))
                .or(() -> Profiles.of(environment).setting(name(), "endpoint_url"));
    }

    private boolean isOn(String variable) {
        return environment.variable(variable).map("true"::equalsIgnoreCase).orElse(false);
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
        public boolean renewed(Access refused) {
            return found().renewed(refused);
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
                .orElseThrow(Credentials.MissingException::anywhere);
    }

    private Optional<Credentials> ofVariables() {
        Optional<String> id = environment.variable("AWS_ACCESS_KEY_ID");
        Optional<String> secret = environment.variable("AWS_SECRET_ACCESS_KEY");
        if (id.isPresent() != secret.isPresent()) {
            // Whoever set one half means this key, not the next that is found.
            throw new Credentials.MissingException(
                    "Want AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY but the environment has only the %s"
                            .formatted(id.isPresent() ? "first" : "second"));
        }
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
        if (!name().equals("default") && !profiles.has(name())) {
            // Whoever names a profile does not mean the key of the machine.
            throw new Credentials.MissingException("Want the profile '%s' but neither '%s' nor '%s' has it"
                    .formatted(name(), environment.configFile(), environment.credentialsFile()));
        }
        return new ProfileKeys(profiles, new Elsewhere()).of(name());
    }

    private Optional<Credentials> ofWebIdentity() {
        Optional<String> file = environment.variable("AWS_WEB_IDENTITY_TOKEN_FILE");
        Optional<String> role = environment.variable("AWS_ROLE_ARN");
        String session = environment.variable("AWS_ROLE_SESSION_NAME").orElse("skyferry");
        return file.isPresent() && role.isPresent()
                ? Optional.of(new Elsewhere().webIdentity(file.orElseThrow(), role.orElseThrow(), session))
                : Optional.empty();
    }

    private Optional<Credentials> ofContainer() {
        return ContainerKeys.address(environment).map(address -> {
            HttpTransport transport = transports.near();
            return new Renewed(new ContainerKeys(transport, address, environment), clock, transport::close);
        });
    }

    private Optional<Credentials> ofMachine() {
        if (isOn("AWS_EC2_METADATA_DISABLED")) {
            return Optional.empty();
        }
        HttpTransport transport = transports.near();
        String address =
                environment.variable("AWS_EC2_METADATA_SERVICE_ENDPOINT").orElse("http://169.254.169.254");
        return Optional.of(new Renewed(new InstanceKeys(transport, address), clock, transport::close));
    }

    private final class Elsewhere implements ProfileKeys.Sources {
        @Override
        public Credentials webIdentity(String file, String role, String session) {
            HttpTransport transport = transports.far();
            return new Renewed(new WebIdentity(service(transport), file, role, session), clock, transport::close);
        }

        @Override
        public Credentials assumed(AssumedRole.Role role, Credentials source) {
            HttpTransport transport = transports.far();
            return new Renewed(new AssumedRole(service(transport), source, role, clock), clock, () -> {
                transport.close();
                source.close();
            });
        }

        @Override
        public Credentials command(String profileName, String command) {
            return new Renewed(new CommandKeys(profileName, command), clock, () -> {});
        }

        @Override
        public Optional<Credentials> named(String source) {
            return switch (source) {
                case "Environment" -> ofVariables();
                case "EcsContainer" -> ofContainer();
                case "Ec2InstanceMetadata" -> ofMachine();
                default -> Optional.empty();
            };
        }

        private TokenService service(HttpTransport transport) {
            Optional<String> region = region();
            String endpoint = environment
                    .variable("AWS_ENDPOINT_URL_STS")
                    .orElseGet(() -> region.map("https://sts.%s.amazonaws.com"::formatted)
                            .orElse("https://sts.amazonaws.com"));
            return new TokenService(transport, endpoint, region.orElse(USUAL_REGION));
        }
    }
}
