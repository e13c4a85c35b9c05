package io.skyferry.storages.s3;

import io.skyferry.http.Origin;
import io.skyferry.http.Origin.Scheme;
import io.skyferry.storages.s3.S3Family.Style;
import io.skyferry.storages.s3.sign.Draft;
import io.skyferry.storages.s3.sign.Percent;

/// Where requests go: which host, and which path on it.
///
/// Source: "Virtual hosting of general purpose buckets", "Using dual-stack endpoints" and "Using Transfer
/// Acceleration" of the Amazon S3 User Guide.
final class Addressing {
    private final S3Settings settings;

    Addressing(S3Settings settings) {
        this.settings = settings;
    }

    /// Who is asked for the bucket.
    Origin origin(String region) {
        return origin(settings.root().bucket(), region);
    }

    /// Who is asked this.
    Origin origin(Ask ask, String region) {
        return origin(bucket(ask), region);
    }

    private Origin origin(String bucket, String region) {
        Origin service = service(region);
        return namesHost(service, bucket)
                ? new Origin(service.scheme(), bucket + "." + service.host(), service.port())
                : service;
    }

    /// A request, not signed yet.
    Draft draft(Ask ask, String region) {
        Origin service = service(region);
        String key = ask.key();
        String below = key == null ? "/" : "/" + Percent.ofPath(key);
        String bucket = bucket(ask);
        String resource = bucket.isEmpty() ? below : "/" + Percent.ofPath(bucket) + below;
        Draft draft = new Draft(
                ask.method(),
                origin(bucket, region).authority(),
                namesHost(service, bucket) ? below : withBucket(bucket, below),
                resource);
        ask.query().forEach(draft::query);
        ask.headers().forEach(draft::header);
        return draft.payload(ask.payload());
    }

    /// The bucket alone is asked for without a slash behind it: some servers take that for an object without a name.
    private static String withBucket(String bucket, String below) {
        return bucket.isEmpty() ? below : "/" + Percent.ofPath(bucket) + (below.equals("/") ? "" : below);
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
