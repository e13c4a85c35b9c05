package io.skyferry.storages.s3.sign;

import io.skyferry.hash.Hmac;
import io.skyferry.storage.HashType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Signature version 2, for servers that know nothing newer.
///
/// Source: "Signing and Authenticating REST Requests" of the Amazon S3 Developer Guide.
public final class SigV2 implements Signer {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

    /// What is part of the resource although it stands in the query.
    private static final Set<String> SUBRESOURCES = Set.of(
            "acl",
            "cors",
            "delete",
            "lifecycle",
            "location",
            "logging",
            "notification",
            "partNumber",
            "policy",
            "requestPayment",
            "restore",
            "tagging",
            "torrent",
            "uploadId",
            "uploads",
            "versionId",
            "versioning",
            "versions",
            "website",
            "response-content-type",
            "response-content-language",
            "response-expires",
            "response-cache-control",
            "response-content-disposition",
            "response-content-encoding");

    /// Signs for any region: this version knows none.
    public SigV2() {}

    @Override
    public void sign(Draft draft, Access access, Instant now) {
        if (!draft.headers().containsKey("date")) {
            draft.header("date", DATE.format(now.atZone(ZoneOffset.UTC)));
        }
        access.token().ifPresent(token -> draft.header("x-amz-security-token", token));
        draft.header("authorization", "AWS " + access.keyId() + ":" + hmac(access.secret(), text(draft)));
    }

    private static String text(Draft draft) {
        var text = new StringBuilder(256);
        text.append(draft.method()).append('\n');
        text.append(draft.headers().getOrDefault("content-md5", "")).append('\n');
        text.append(draft.headers().getOrDefault("content-type", "")).append('\n');
        text.append(draft.headers().getOrDefault("date", "")).append('\n');
        for (Map.Entry<String, String> header : draft.headers().entrySet()) {
            if (header.getKey().startsWith("x-amz-")) {
                text.append(header.getKey())
                        .append(':')
                        .append(header.getValue().strip())
                        .append('\n');
            }
        }
        text.append(draft.resource());
        char parting = '?';
        for (Map.Entry<String, String> one : draft.query().entrySet()) {
            if (SUBRESOURCES.contains(one.getKey())) {
                text.append(parting).append(one.getKey());
                if (!one.getValue().isEmpty()) {
                    text.append('=').append(one.getValue());
                }
                parting = '&';
            }
        }
        return text.toString();
    }

    private static String hmac(String secret, String text) {
        var hmac = new Hmac(HashType.SHA1, secret.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(hmac.of(text.getBytes(StandardCharsets.UTF_8)));
    }
}
