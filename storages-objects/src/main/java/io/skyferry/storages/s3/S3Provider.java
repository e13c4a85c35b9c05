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
import io.skyferry.storages.s3.credential.Transports;
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

    private static final Duration AT_ONCE = Duration.ofSeconds(1);
    private static final Duration SHORT = Duration.ofSeconds(5);
    private static final Duration USUAL = Duration.ofSeconds(20);

    private final Environment environment;
    private final InstantSource clock;

    /// Found by the service loader.
    public S3Provider() {
        this(Environment.ofProcess(), InstantSource.system());
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
    public Top top() {
        return Top.BUCKET;
    }

    @Override
    public void check(Map<String, String> settings) {
        var _ = settings(settings, chain(settings));
    }

    private static boolean isAccount(Map<String, String> settings) {
        return S3Root.isNone(settings.getOrDefault(S3Settings.PATH, ""));
    }

    private static S3Settings settings(Map<String, String> settings, CredentialChain chain) {
        Map<String, String> all = withDefaults(settings, chain);
        return isAccount(settings) ? S3Settings.ofAccount(all) : S3Settings.of(all);
    }

    private CredentialChain chain(Map<String, String> settings) {
        return new CredentialChain(
                environment,
                Optional.ofNullable(settings.get(S3Settings.PROFILE)).filter(name -> !name.isBlank()),
                new KeyGivers(),
                clock);
    }

    @Override
    public Storage open(Map<String, String> settings) {
        CredentialChain chain = chain(settings);
        S3Settings known = settings(settings, chain);
        HttpTransport transport = new ChannelTransport(transport(settings), System::nanoTime);
        var api = new S3Api(known, transport, credentials(settings, chain), clock);
        return isAccount(settings) ? new S3Account(api) : new S3Storage(api);
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

    private static final class KeyGivers implements Transports {
        @Override
        public HttpTransport near() {
            return within(AT_ONCE, AT_ONCE);
        }

        @Override
        public HttpTransport far() {
            return within(SHORT, USUAL);
        }

        private static HttpTransport within(Duration connect, Duration stall) {
            return new ChannelTransport(TransportSettings.defaults().withTimeouts(connect, stall), System::nanoTime);
        }
    }

    private TransportSettings transport(Map<String, String> settings) {
        Optional<Path> authorities = Optional.ofNullable(settings.get(S3Settings.CA_BUNDLE))
                .or(() -> environment.variable("AWS_CA_BUNDLE"))
                .map(Path::of);
        return TransportSettings.defaults().withTls(new TlsSettings(authorities, Optional.empty()));
    }
}
