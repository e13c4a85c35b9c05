package io.skyferry.storages.s3;

import io.skyferry.http.Origin;
import io.skyferry.http.Origin.Scheme;
import io.skyferry.storages.s3.S3Family.Style;
import io.skyferry.storages.s3.sign.Draft;
import io.skyferry.storages.s3.sign.Percent;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where requests go: which host, and which path on it.
///
/// Source: "Virtual hosting of general purpose buckets", "Using dual-stack endpoints" and "Using Transfer
/// Acceleration" of the Amazon S3 User Guide.
final class Addressing {
    private final S3Settings settings;
    /// Made anew only when another bucket or region is asked: most requests are to the server of the one before.
    private volatile @Nullable Server last;

    Addressing(S3Settings settings) {
        this.settings = settings;
    }

    /// Who is asked for the bucket.
    Origin origin(String region) {
        return server(settings.root().bucket(), region).origin();
    }

    /// Who is asked this.
    Origin origin(Ask ask, String region) {
        return server(bucket(ask), region).origin();
    }

    /// A request, not signed yet.
    Draft draft(Ask ask, String region) {
        Server server = server(bucket(ask), region);
        String key = ask.key();
        String below = key == null ? "/" : "/" + Percent.ofPath(key);
        String resource = server.above() + below;
        // The bucket alone is asked for without a slash behind it: some servers take that for an object without a name.
        String withBucket = below.length() == 1 && !server.above().isEmpty() ? server.above() : resource;
        Draft draft = new Draft(ask.method(), server.authority(), server.namesHost() ? below : withBucket, resource);
        for (Map.Entry<String, String> one : ask.query().entrySet()) {
            draft.query(one.getKey(), one.getValue());
        }
        for (Map.Entry<String, String> one : ask.headers().entrySet()) {
            draft.header(one.getKey(), one.getValue());
        }
        return draft.payload(ask.payload());
    }

    /// Who is asked for a bucket.
    ///
    /// @param authority as requests name it
    /// @param namesHost whether the bucket is in its name
    /// @param above `/bucket`, encoded; empty where no bucket is meant
    private record Server(
            String bucket, String region, Origin origin, String authority, boolean namesHost, String above) {}

    private Server server(String bucket, String region) {
        Server known = last;
        if (known == null || !known.bucket().equals(bucket) || !known.region().equals(region)) {
            Origin service = service(region);
            boolean namesHost = namesHost(service, bucket);
            Origin origin =
                    namesHost ? new Origin(service.scheme(), bucket + "." + service.host(), service.port()) : service;
            String above = bucket.isEmpty() ? "" : "/" + Percent.ofPath(bucket);
            known = new Server(bucket, region, origin, origin.authority(), namesHost, above);
            last = known;
        }
        return known;
    }

    private String bucket(Ask ask) {
        return ask.bucket().orElse(settings.root().bucket());
    }

    private boolean namesHost(Origin service, String bucket) {
        if (bucket.isEmpty()) {
            return false;
        }
        boolean fits = service.scheme() == Scheme.HTTP || Buckets.fitsHost(bucket);
        return (settings.style() == Style.HOST && fits) || settings.hosts().accelerated();
    }

    private Origin service(String region) {
        return settings.endpoint().orElseGet(() -> new Origin(Scheme.HTTPS, host(region), Scheme.HTTPS.defaultPort()));
    }

    private String host(String region) {
        if (settings.family() == S3Family.AWS) {
            String suffix = Partition.of(region).suffix();
            boolean dual = settings.hosts().dualStack();
            if (settings.hosts().accelerated()) {
                return (dual ? "s3-accelerate.dualstack." : "s3-accelerate.") + suffix;
            }
            if (dual) {
                return "s3.dualstack." + region + "." + suffix;
            }
        }
        return settings.family().host(region).orElseThrow();
    }
}
