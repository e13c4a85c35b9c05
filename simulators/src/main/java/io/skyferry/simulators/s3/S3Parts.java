package io.skyferry.simulators.s3;

import io.skyferry.simulators.s3.S3Rules.Quirk;
import io.skyferry.simulators.web.WebReply;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Uploads in parts.
///
/// Source: "Uploading and copying objects using multipart upload" of the Amazon S3 User Guide.
final class S3Parts {
    private static final Pattern PART = Pattern.compile(
            "<Part>\\s*(?:<PartNumber>\\s*([0-9]+)\\s*</PartNumber>|<ETag>(.*?)</ETag>|<Checksum[A-Z0-9]+>(.*?)</Checksum[A-Z0-9]+>|\\s)*\\s*</Part>",
            Pattern.DOTALL);

    static final String ALGORITHM = "x-amz-checksum-algorithm";
    static final String TYPE = "x-amz-checksum-type";
    static final String OF_WHOLE = "FULL_OBJECT";

    private final S3Simulator server;
    private final S3Objects objects;

    S3Parts(S3Simulator server, S3Objects objects) {
        this.server = server;
        this.objects = objects;
    }

    WebReply begin(S3Call call, S3Bucket bucket) {
        S3Objects.checkKey(call.key());
        Map<String, String> headers = server.kept(call);
        if (!has(Quirk.KEEPS_NO_SUMS)) {
            call.header(ALGORITHM).ifPresent(name -> headers.put(ALGORITHM, name));
        }
        if (!has(Quirk.KEEPS_NO_SUMS) && !has(Quirk.KEEPS_SUMS_OF_PARTS)) {
            call.header(TYPE).ifPresent(type -> headers.put(TYPE, type));
        }
        if (call.header(TYPE).isPresent() && call.header(ALGORITHM).isEmpty()) {
            throw S3Problem.invalid("x-amz-checksum-type needs x-amz-checksum-algorithm");
        }
        S3Upload upload = begun(bucket, call.key(), headers);
        WebReply reply = WebReply.xml(
                200,
                "<InitiateMultipartUploadResult><Bucket>%s</Bucket><Key>%s</Key><UploadId>%s</UploadId></InitiateMultipartUploadResult>"
                        .formatted(call.bucket(), S3Text.escaped(call.key()), upload.id()));
        List.of(ALGORITHM, TYPE)
                .forEach(name ->
                        Optional.ofNullable(upload.headers().get(name)).ifPresent(value -> reply.header(name, value)));
        return reply;
    }

    private boolean has(Quirk quirk) {
        return server.rules().quirks().contains(quirk);
    }

    private boolean isSilent() {
        return has(Quirk.TELLS_NO_SUMS) || has(Quirk.TELLS_NO_SUMS_BEHIND);
    }

    S3Upload begun(S3Bucket bucket, String key, Map<String, String> headers) {
        var upload = new S3Upload("upload" + server.number(), key, server.now(), headers);
        bucket.uploads().put(upload.id(), upload);
        return upload;
    }

    private static S3Upload found(S3Call call, S3Bucket bucket) {
        return Optional.ofNullable(bucket.uploads().get(call.query("uploadId")))
                .filter(upload -> upload.key().equals(call.key()))
                .orElseThrow(
                        () -> new S3Problem(404, "NoSuchUpload", "The specified multipart upload does not exist."));
    }

    WebReply put(S3Call call, S3Bucket bucket, S3Payload payload) {
        byte[] bytes = payload.bytes();
        S3Upload upload = found(call, bucket);
        boolean isOther = !upload.algorithm().isEmpty()
                && !payload.checksum().isEmpty()
                && !payload.checksum().equals(upload.algorithm());
        if (isOther) {
            throw S3Problem.invalid("Checksum Type mismatch occurred, expected checksum Type: %s, actual: %s"
                    .formatted(upload.algorithm(), payload.checksum()));
        }
        int number = Integer.parseInt(call.query("partNumber"));
        if (number < 1 || number > 10_000) {
            throw S3Problem.invalid("Part number must be an integer between 1 and 10000, inclusive");
        }
        Map<String, String> sums = has(Quirk.KEEPS_NO_SUMS)
                ? Map.of()
                : payload.kept()
                        .map(sum -> Map.of(sum.getKey(), sum.getValue()))
                        .orElse(Map.of());
        var part = new S3Object("", bytes, S3Call.md5(bytes), server.now(), sums, false);
        upload.parts().put(number, part);
        WebReply reply = WebReply.of(200).header("ETag", '"' + part.etag() + '"');
        boolean isBehind = call.header("x-amz-trailer").isPresent();
        if (!has(Quirk.TELLS_NO_SUMS) && !(isBehind && has(Quirk.TELLS_NO_SUMS_BEHIND))) {
            sums.forEach(reply::header);
        }
        S3Objects.tellEncryption(reply, upload.headers());
        return reply;
    }

    WebReply copy(S3Call call, S3Bucket bucket) {
        byte[] bytes = objects.source(call).bytes();
        put(call, bucket, new S3Payload(bytes, ""));
        return WebReply.xml(
                200, "<CopyPartResult><ETag>&quot;%s&quot;</ETag></CopyPartResult>".formatted(S3Call.md5(bytes)));
    }

    WebReply list(S3Call call, S3Bucket bucket) {
        S3Upload upload = found(call, bucket);
        int after = call.asks("part-number-marker") ? Integer.parseInt(call.query("part-number-marker")) : 0;
        var xml = new StringBuilder("<ListPartsResult>");
        int count = 0;
        boolean truncated = false;
        int last = after;
        for (Map.Entry<Integer, S3Object> part :
                upload.parts().tailMap(after, false).entrySet()) {
            if (count++ == server.rules().pageKeys()) {
                truncated = true;
                break;
            }
            last = part.getKey();
            xml.append("<Part><PartNumber>")
                    .append(part.getKey())
                    .append("</PartNumber><ETag>&quot;")
                    .append(part.getValue().etag())
                    .append("&quot;</ETag><Size>")
                    .append(part.getValue().bytes().length)
                    .append("</Size>");
            if (!isSilent()) {
                part.getValue()
                        .headers()
                        .forEach((name, sum) -> xml.append(
                                "<%s>%s</%s>".formatted(S3Payload.element(name), sum, S3Payload.element(name))));
            }
            xml.append("</Part>");
        }
        xml.append("<IsTruncated>").append(truncated).append("</IsTruncated>");
        xml.append("<NextPartNumberMarker>").append(last).append("</NextPartNumberMarker>");
        return WebReply.xml(200, xml.append("</ListPartsResult>").toString());
    }

    WebReply abort(S3Call call, S3Bucket bucket) {
        bucket.uploads().remove(found(call, bucket).id());
        return WebReply.of(204);
    }

    WebReply complete(S3Call call, S3Bucket bucket, byte[] body) {
        S3Upload upload = found(call, bucket);
        Matcher parts = PART.matcher(new String(body, StandardCharsets.UTF_8));
        var whole = new ByteArrayOutputStream();
        var tags = new ByteArrayOutputStream();
        int before = 0;
        int count = 0;
        List<Integer> sizes = new ArrayList<>();
        while (parts.find()) {
            int number = Integer.parseInt(parts.group(1));
            S3Object part = upload.parts().get(number);
            String tag = S3Objects.bare(parts.group(2).replace("&quot;", "").replace("&#34;", ""));
            if (part == null || !part.etag().equals(tag)) {
                throw new S3Problem(400, "InvalidPart", "One or more of the specified parts could not be found.");
            }
            boolean isKept = parts.group(3) == null
                    || has(Quirk.KEEPS_NO_SUMS)
                    || part.headers().containsValue(parts.group(3));
            if (!isKept) {
                throw new S3Problem(400, "InvalidPart", "A checksum of a part does not match what was received.");
            }
            boolean mustBeTold = isSilent() || has(Quirk.KEEPS_SUMS_OF_PARTS);
            if (mustBeTold && parts.group(3) == null && !upload.algorithm().isEmpty()) {
                throw S3Problem.invalid("The complete request must include the checksum for each part.");
            }
            if (number <= before) {
                throw new S3Problem(400, "InvalidPartOrder", "The list of parts was not in ascending order.");
            }
            before = number;
            if (has(Quirk.LEAVES_PARTS_OUT) && count > 0) {
                continue;
            }
            count++;
            sizes.add(part.bytes().length);
            whole.writeBytes(part.bytes());
            tags.writeBytes(HexFormat.of().parseHex(part.etag()));
        }
        if (count == 0) {
            throw new S3Problem(400, "MalformedXML", "The XML you provided was not well-formed");
        }
        if (sizes.subList(0, count - 1).stream()
                .anyMatch(size -> size < server.rules().minPartBytes())) {
            throw new S3Problem(400, "EntityTooSmall", "Your proposed upload is smaller than the minimum size");
        }
        Map<String, String> headers = finished(call, upload, whole.toByteArray());
        objects.checkCondition(call, bucket, call.key());
        bucket.uploads().remove(upload.id());
        String etag = S3Call.md5(tags.toByteArray()) + "-" + count;
        S3Object made = objects.store(call.key(), bucket, whole.toByteArray(), etag, headers);
        return WebReply.xml(
                200,
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n \n<CompleteMultipartUploadResult><ETag>&quot;%s&quot;</ETag></CompleteMultipartUploadResult>"
                        .formatted(made.etag()));
    }

    /// The headers of the file: with a checksum of all its bytes where the upload was begun so.
    private Map<String, String> finished(S3Call call, S3Upload upload, byte[] whole) {
        Map<String, String> headers = new HashMap<>(upload.headers());
        headers.remove(ALGORITHM);
        headers.remove(TYPE);
        String given = S3Payload.HEADER + upload.algorithm();
        boolean isOfWhole = upload.checksumType().equals(OF_WHOLE);
        boolean isAsBegun = call.header(TYPE).orElse(upload.checksumType()).equals(upload.checksumType());
        if (!isAsBegun && !has(Quirk.KEEPS_NO_SUMS)) {
            throw S3Problem.invalid("The upload was created using another checksum mode");
        }
        if (isOfWhole) {
            String sum = S3Payload.sum(upload.algorithm(), whole);
            if (call.header(given).isPresent()
                    && !call.header(given).orElseThrow().equals(sum)) {
                throw new S3Problem(400, "BadDigest", "The checksum of the whole object did not match.");
            }
            headers.put(given, sum);
            headers.put(TYPE, OF_WHOLE);
        }
        return headers;
    }
}
