package io.skyferry.storages.s3;

import io.skyferry.http.ChannelTransport;
import io.skyferry.http.HttpTransport;
import io.skyferry.http.TlsSettings;
import io.skyferry.http.TransportSettings;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageProvider;
import io.skyferry.storages.s3.credential.CredentialChain;
import io.skyferry.storages.s3.credential.Credentials;
import io.skyferry.storages.s3.credential.Environment;
import io.skyferry.storages.s3.sign.Access;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Buckets that speak S3.
public final class S3Provider implements StorageProvider {
    /// Stored in tasks.
    static final String KEY = "s3";

    private static final Duration SHORT = Duration.ofSeconds(2);

    private final Environment environment;
    private final InstantSource clock;

    /// Found by the service loader.
    public S3Provider() {
        this(new Environment(System.getenv(), Path.of(System.getProperty("user.home", "/"))), InstantSource.system());
    }

    /// In another environment.
    S3Provider(Environment environment, InstantSource clock) {
        this.environment = environment;
        this.clock = clock;
    }

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public List<Setting> settings() {
        return S3SettingList.ALL;
    }

    @Override
    public Storage open(Map<String, String> settings) {
        var chain = new CredentialChain(
                environment,
                Optional.ofNullable(settings.get(S3Settings.PROFILE)).filter(name -> !name.isBlank()),
                () -> new ChannelTransport(
                        TransportSettings.defaults().withTimeouts(SHORT, Duration.ofSeconds(20)), System::nanoTime),
                clock);
        S3Settings known = S3Settings.of(withDefaults(settings, chain));
        HttpTransport transport = new ChannelTransport(transport(settings), System::nanoTime);
        return new S3Storage(new S3Api(known, transport, credentials(settings, chain), clock));
    }

    private static Map<String, String> withDefaults(Map<String, String> settings, CredentialChain chain) {
        Map<String, String> all = new LinkedHashMap<>(settings);
        if (!all.containsKey(S3Settings.ENDPOINT) && takesAnyEndpoint(all)) {
            chain.endpoint().ifPresent(url -> all.put(S3Settings.ENDPOINT, url));
        }
        if (!all.containsKey(S3Settings.REGION)) {
            chain.region().ifPresent(region -> all.put(S3Settings.REGION, region));
        }
        return all;
    }

    /// Whoever named a cloud does not mean the server that the environment names for Amazon's tools.
    private static boolean takesAnyEndpoint(Map<String, String> settings) {
        S3Family family =
                S3Family.of(settings.getOrDefault(S3Settings.PROVIDER, "aws")).orElse(S3Family.OTHER);
        return family == S3Family.AWS || family.host("").isEmpty();
    }

    private static Credentials credentials(Map<String, String> settings, CredentialChain chain) {
        String id = settings.getOrDefault(S3Settings.ACCESS_KEY_ID, "");
        String secret = settings.getOrDefault(S3Settings.SECRET_ACCESS_KEY, "");
        if (id.isEmpty() != secret.isEmpty()) {
            throw S3Settings.wrong(
                    id.isEmpty() ? S3Settings.ACCESS_KEY_ID : S3Settings.SECRET_ACCESS_KEY,
                    "both halves of a key, the other one too,",
                    "");
        }
        return id.isEmpty()
                ? chain.credentials()
                : new Credentials.Fixed(new Access(
                        id, secret, Optional.ofNullable(settings.get(S3Settings.SESSION_TOKEN)), Optional.empty()));
    }

    private TransportSettings transport(Map<String, String> settings) {
        Optional<Path> authorities = Optional.ofNullable(settings.get(S3Settings.CA_BUNDLE))
                .or(() -> environment.variable("AWS_CA_BUNDLE"))
                .map(Path::of);
        return TransportSettings.defaults().withTls(new TlsSettings(authorities, Optional.empty()));
    }
}
