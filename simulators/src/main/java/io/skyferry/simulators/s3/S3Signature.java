package io.skyferry.simulators.s3;

import io.skyferry.simulators.web.WebRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Checks who asks.
///
/// Source: "Signature Calculations for the Authorization Header" of the Amazon S3 API Reference, done backwards: from
/// the request as it came.
final class S3Signature {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Duration MOST_SKEW = Duration.ofMinutes(15);

    private final String keyId;
    private final String secret;
    private final String region;

    S3Signature(String keyId, String secret, String region) {
        this.keyId = keyId;
        this.secret = secret;
        this.region = region;
    }

    void check(WebRequest request, Instant now) {
        String header = request.header("authorization")
                .orElseThrow(() -> new S3Problem(403, "AccessDenied", "Anonymous access is forbidden"));
        if (!header.startsWith("AWS4-HMAC-SHA256 ")) {
            throw new S3Problem(400, "InvalidRequest", "The authorization mechanism is not supported.");
        }
        Map<String, String> fields = Arrays.stream(header.substring(17).split(",", -1))
                .map(String::strip)
                .map(one -> one.split("=", 2))
                .collect(Collectors.toMap(one -> one[0], one -> one[1]));
        String[] scope = fields.getOrDefault("Credential", "").split("/", -1);
        if (scope.length != 5 || !scope[3].equals("s3") || !scope[4].equals("aws4_request")) {
            throw new S3Problem(400, "AuthorizationHeaderMalformed", "The credential is malformed");
        }
        if (!scope[2].equals(region)) {
            throw new S3Problem(
                    400,
                    "AuthorizationHeaderMalformed",
                    "The authorization header is malformed; the region '%s' is wrong; expecting '%s'"
                            .formatted(scope[2], region));
        }
        if (!scope[0].equals(keyId)) {
            throw new S3Problem(403, "InvalidAccessKeyId", "The key id does not exist in our records.");
        }
        String stamp = request.header("x-amz-date").orElse("");
        checkTime(stamp, scope[1], now);
        checkHeaders(request, fields.getOrDefault("SignedHeaders", ""));
        String wanted = signature(request, fields.getOrDefault("SignedHeaders", ""), stamp, scope[1]);
        if (!wanted.equals(fields.get("Signature"))) {
            throw new S3Problem(
                    403, "SignatureDoesNotMatch", "The request signature we calculated does not match yours.");
        }
    }

    private static void checkTime(String stamp, String day, Instant now) {
        Instant at;
        try {
            at = STAMP.parse(stamp, Instant::from);
        } catch (DateTimeException none) {
            throw (S3Problem) new S3Problem(403, "AccessDenied", "Want a valid x-amz-date").initCause(none);
        }
        if (!stamp.startsWith(day)) {
            throw new S3Problem(400, "AuthorizationHeaderMalformed", "The day of the credential is another");
        }
        if (Duration.between(at, now).abs().compareTo(MOST_SKEW) > 0) {
            throw new S3Problem(403, "RequestTimeTooSkewed", "The difference to the server's time is too large.");
        }
    }

    private static void checkHeaders(WebRequest request, String signed) {
        List<String> names = List.of(signed.split(";", -1));
        boolean all = names.contains("host")
                && request.headers().keySet().stream()
                        .filter(name -> name.startsWith("x-amz-") || name.equals("content-md5"))
                        .allMatch(names::contains);
        if (!all || !names.equals(names.stream().sorted().toList())) {
            throw new S3Problem(403, "AccessDenied", "There were headers present in the request which were not signed");
        }
    }

    private String signature(WebRequest request, String signed, String stamp, String day) {
        String query = Arrays.stream(request.query().split("&", -1))
                .filter(one -> !one.isEmpty())
                .map(one -> one.contains("=") ? one : one + "=")
                .sorted()
                .collect(Collectors.joining("&"));
        String headers = Arrays.stream(signed.split(";", -1))
                .map(name ->
                        name + ":" + request.header(name).orElse("").strip().replaceAll(" +", " ") + "\n")
                .collect(Collectors.joining());
        String canonical = String.join(
                "\n",
                request.method(),
                request.path(),
                query,
                headers,
                signed,
                request.header("x-amz-content-sha256").orElse(""));
        String scope = day + "/" + region + "/s3/aws4_request";
        String text = String.join("\n", "AWS4-HMAC-SHA256", stamp, scope, sha256(canonical));
        byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
        for (String step : List.of(day, region, "s3", "aws4_request", text)) {
            key = hmac(key, step);
        }
        return HexFormat.of().formatHex(key);
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
