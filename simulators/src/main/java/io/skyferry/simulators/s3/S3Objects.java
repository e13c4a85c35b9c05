package io.skyferry.simulators.s3;

import io.skyferry.simulators.web.WebReply;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Single objects: written, read, looked at, copied, deleted.
final class S3Objects {
    private static final int MAX_KEY = 1024;
    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]+)-([0-9]*)");
    private static final Pattern DELETED_KEY = Pattern.compile("<Key>(.*?)</Key>", Pattern.DOTALL);

    private final S3Simulator server;
    private final Function<String, S3Bucket> buckets;

    S3Objects(S3Simulator server, Function<String, S3Bucket> buckets) {
        this.server = server;
        this.buckets = buckets;
    }

    /// @param payload which was read before the lock was taken
    WebReply put(S3Call call, S3Bucket bucket, S3Payload payload) {
        checkKey(call.key());
        checkCondition(call, bucket, call.key());
        Map<String, String> headers = server.kept(call);
        boolean keepsSums = !server.rules().quirks().contains(S3Rules.Quirk.KEEPS_NO_SUMS);
        payload.kept().filter(_ -> keepsSums).ifPresent(sum -> {
            headers.put(sum.getKey(), sum.getValue());
            headers.put(S3Parts.TYPE, S3Parts.OF_WHOLE);
        });
        var object = store(call.key(), bucket, payload.bytes(), S3Call.md5(payload.bytes()), headers);
        WebReply reply = told(WebReply.of(200), bucket, object);
        checksums(object).forEach(reply::header);
        return reply;
    }

    private static Map<String, String> checksums(S3Object object) {
        Map<String, String> sums = new HashMap<>(object.headers());
        sums.keySet().removeIf(name -> !name.startsWith(S3Payload.HEADER));
        return sums;
    }

    S3Object store(String key, S3Bucket bucket, byte[] bytes, String etag, Map<String, String> headers) {
        boolean opaque =
                headers.getOrDefault("x-amz-server-side-encryption", "").equals("aws:kms")
                        || headers.containsKey("x-amz-server-side-encryption-customer-key-md5");
        boolean anyhow = server.rules().quirks().contains(S3Rules.Quirk.TAGS_ANYHOW);
        String tag =
                opaque || anyhow ? S3Call.md5(("opaque " + server.number()).getBytes(StandardCharsets.UTF_8)) : etag;
        var object = new S3Object("v" + server.number(), bytes, tag, server.now(), headers, false);
        bucket.put(key, object);
        return object;
    }

    private static WebReply told(WebReply reply, S3Bucket bucket, S3Object object) {
        reply.header("ETag", '"' + object.etag() + '"');
        tellEncryption(reply, object);
        return bucket.keepsVersions() ? reply.header("x-amz-version-id", object.id()) : reply;
    }

    private static void tellEncryption(WebReply reply, S3Object object) {
        tellEncryption(reply, object.headers());
    }

    static void tellEncryption(WebReply reply, Map<String, String> headers) {
        Optional.ofNullable(headers.get("x-amz-server-side-encryption"))
                .ifPresent(value -> reply.header("x-amz-server-side-encryption", value));
        if (headers.containsKey("x-amz-server-side-encryption-customer-key-md5")) {
            reply.header("x-amz-server-side-encryption-customer-algorithm", "AES256");
        }
    }

    static void checkKey(String key) {
        if (key.getBytes(StandardCharsets.UTF_8).length > MAX_KEY) {
            throw new S3Problem(400, "KeyTooLongError", "Your key is too long");
        }
    }

    void checkCondition(S3Call call, S3Bucket bucket, String key) {
        Optional<String> none = call.header("if-none-match");
        Optional<String> match = call.header("if-match");
        if (none.isEmpty() && match.isEmpty()) {
            return;
        }
        switch (server.rules().conditions()) {
            case IGNORED -> {}
            case REFUSED ->
                throw new S3Problem(
                        501, "NotImplemented", "A header you provided implies functionality not implemented");
            case KEPT -> {
                Optional<S3Object> now = bucket.now(key);
                if (none.isPresent() && !none.orElseThrow().equals("*")) {
                    throw new S3Problem(501, "NotImplemented", "If-None-Match takes * alone");
                }
                if (none.isPresent() && now.isPresent()) {
                    throw S3Problem.preconditionFailed();
                }
                if (match.isPresent()) {
                    S3Object there = now.orElseThrow(S3Problem::noSuchKey);
                    if (!bare(match.orElseThrow()).equals(there.etag())) {
                        throw S3Problem.preconditionFailed();
                    }
                }
            }
        }
    }

    static String bare(String etag) {
        return etag.replace("\"", "");
    }

    private static void checkCustomerKey(S3Call call, S3Object object) {
        String wanted = object.headers().getOrDefault("x-amz-server-side-encryption-customer-key-md5", "");
        String given =
                call.header("x-amz-server-side-encryption-customer-key-md5").orElse("");
        if (!wanted.equals(given)) {
            throw new S3Problem(400, "InvalidRequest", "The object was stored using a form of Server Side Encryption.");
        }
    }

    private static S3Object found(S3Call call, S3Bucket bucket) {
        Optional<S3Object> object =
                call.asks("versionId") ? bucket.version(call.key(), call.query("versionId")) : bucket.now(call.key());
        return object.orElseThrow(S3Problem::noSuchKey);
    }

    WebReply get(S3Call call, S3Bucket bucket) {
        S3Object object = found(call, bucket);
        boolean isLook = call.request().method().equals("HEAD");
        checkCustomerKey(call, object);
        Optional<String> match = call.header("if-match");
        if (match.isPresent() && !bare(match.orElseThrow()).equals(object.etag())) {
            throw S3Problem.preconditionFailed();
        }
        if (object.storageClass().equals("GLACIER") && !isLook) {
            throw new S3Problem(403, "InvalidObjectState", "The operation is not valid for the object's storage class");
        }
        int from = 0;
        int to = object.bytes().length;
        Optional<String> range = call.header("range");
        if (range.isPresent()) {
            Matcher asked = RANGE.matcher(range.orElseThrow());
            if (!asked.matches() || Long.parseLong(asked.group(1)) >= to) {
                throw new S3Problem(416, "InvalidRange", "The requested range is not satisfiable");
            }
            from = Integer.parseInt(asked.group(1));
            to = asked.group(2).isEmpty() ? to : (int) Math.min(to, Long.parseLong(asked.group(2)) + 1);
        }
        byte[] bytes = isLook ? new byte[0] : Arrays.copyOfRange(object.bytes(), from, to);
        WebReply reply = new WebReply(range.isPresent() ? 206 : 200, bytes);
        reply.announcing(isLook ? object.bytes().length : bytes.length);
        if (range.isPresent()) {
            reply.header("Content-Range", "bytes %s-%s/%s".formatted(from, to - 1, object.bytes().length));
        }
        object.headers().forEach((name, value) -> {
            if (!name.contains("encryption") && !name.startsWith(S3Payload.HEADER)) {
                reply.header(name, value);
            }
        });
        if (range.isEmpty() && call.header("x-amz-checksum-mode").orElse("").equals("ENABLED")) {
            checksums(object).forEach(reply::header);
        }
        reply.header("Last-Modified", S3Text.inHeader(object.modified())).header("Accept-Ranges", "bytes");
        return told(reply, bucket, object);
    }

    /// What is copied.
    record Source(S3Object object, int from, int to) {
        byte[] bytes() {
            return Arrays.copyOfRange(object.bytes(), from, to);
        }
    }

    Source source(S3Call call) {
        String path = URLDecoder.decode(
                call.header("x-amz-copy-source").orElse("").replace("+", "%2B"), StandardCharsets.UTF_8);
        String version = "";
        int mark = path.indexOf("?versionId=");
        if (mark >= 0) {
            version = path.substring(mark + 11);
            path = path.substring(0, mark);
        }
        String below = path.startsWith("/") ? path.substring(1) : path;
        int slash = below.indexOf('/');
        S3Bucket bucket = buckets.apply(below.substring(0, slash));
        String key = below.substring(slash + 1);
        S3Object object =
                (version.isEmpty() ? bucket.now(key) : bucket.version(key, version)).orElseThrow(S3Problem::noSuchKey);
        Optional<String> match = call.header("x-amz-copy-source-if-match");
        if (match.isPresent() && !bare(match.orElseThrow()).equals(object.etag())) {
            throw S3Problem.preconditionFailed();
        }
        Optional<String> range = call.header("x-amz-copy-source-range");
        if (range.isEmpty()) {
            return new Source(object, 0, object.bytes().length);
        }
        Matcher asked = RANGE.matcher(range.orElseThrow());
        if (!asked.matches() || asked.group(2).isEmpty() || Long.parseLong(asked.group(2)) >= object.bytes().length) {
            throw S3Problem.invalid("The x-amz-copy-source-range value must be of the form bytes=first-last");
        }
        return new Source(object, Integer.parseInt(asked.group(1)), Integer.parseInt(asked.group(2)) + 1);
    }

    WebReply copy(S3Call call, S3Bucket bucket) {
        checkKey(call.key());
        Source source = source(call);
        boolean replaces =
                call.header("x-amz-metadata-directive").orElse("COPY").equals("REPLACE");
        if (bucket.now(call.key()).map(now -> now == source.object()).orElse(false) && !replaces) {
            throw new S3Problem(
                    400, "InvalidRequest", "This copy request is illegal because it is copying an object to itself");
        }
        Map<String, String> headers =
                new HashMap<>(replaces ? Map.of() : source.object().headers());
        headers.putAll(server.kept(call));
        S3Object made = store(call.key(), bucket, source.bytes(), S3Call.md5(source.bytes()), headers);
        String xml = "<CopyObjectResult><LastModified>%s</LastModified><ETag>&quot;%s&quot;</ETag></CopyObjectResult>"
                .formatted(S3Text.inXml(made.modified()), made.etag());
        return bucket.keepsVersions()
                ? WebReply.xml(200, xml).header("x-amz-version-id", made.id())
                : WebReply.xml(200, xml);
    }

    WebReply delete(S3Call call, S3Bucket bucket) {
        if (call.asks("versionId")) {
            bucket.removeVersion(call.key(), call.query("versionId"));
            return WebReply.of(204);
        }
        Optional<String> marker = deleted(bucket, call.key());
        WebReply reply = WebReply.of(204);
        marker.ifPresent(id -> reply.header("x-amz-delete-marker", "true").header("x-amz-version-id", id));
        return reply;
    }

    private Optional<String> deleted(S3Bucket bucket, String key) {
        if (!bucket.keepsVersions()) {
            bucket.remove(key);
            return Optional.empty();
        }
        var marker = new S3Object("v" + server.number(), new byte[0], "", server.now(), Map.of(), true);
        bucket.put(key, marker);
        return Optional.of(marker.id());
    }

    WebReply deleteMany(S3Call call, S3Bucket bucket, byte[] body) throws IOException {
        if (server.rules().quirks().contains(S3Rules.Quirk.DELETES_NO_BATCH)) {
            throw new S3Problem(501, "NotImplemented", "The requested resource is not implemented");
        }
        if (call.header("content-md5").isEmpty()) {
            throw new S3Problem(400, "InvalidRequest", "Missing required header for this request: Content-MD5");
        }
        Matcher keys = DELETED_KEY.matcher(new String(body, StandardCharsets.UTF_8));
        var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<DeleteResult>");
        int count = 0;
        while (keys.find()) {
            count++;
            String key = unescaped(keys.group(1));
            Optional<String> marker = deleted(bucket, key);
            xml.append("<Deleted><Key>").append(S3Text.escaped(key)).append("</Key>");
            marker.ifPresent(id -> xml.append("<DeleteMarker>true</DeleteMarker><DeleteMarkerVersionId>")
                    .append(id)
                    .append("</DeleteMarkerVersionId>"));
            xml.append("</Deleted>");
        }
        if (count == 0 || count > 1000) {
            throw new S3Problem(400, "MalformedXML", "The XML you provided was not well-formed");
        }
        return WebReply.xml(200, xml.append("</DeleteResult>").toString());
    }

    private static String unescaped(String text) {
        Matcher entity = Pattern.compile("&(#?[a-zA-Z0-9]+);").matcher(text);
        return entity.replaceAll(found -> Matcher.quoteReplacement(
                switch (found.group(1)) {
                    case "lt" -> "<";
                    case "gt" -> ">";
                    case "amp" -> "&";
                    case "quot" -> "\"";
                    case "apos" -> "'";
                    default -> Character.toString(code(found.group(1)));
                }));
    }

    private static int code(String entity) {
        return entity.startsWith("#x")
                ? Integer.parseInt(entity.substring(2), 16)
                : Integer.parseInt(entity.substring(1));
    }
}
