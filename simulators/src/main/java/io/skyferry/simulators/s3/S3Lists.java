package io.skyferry.simulators.s3;

import io.skyferry.simulators.web.WebReply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Listings of a bucket.
///
/// Source: ListObjects, ListObjectsV2, ListObjectVersions and ListMultipartUploads of the Amazon S3 API Reference.
final class S3Lists {
    private final S3Rules rules;

    S3Lists(S3Rules rules) {
        this.rules = rules;
    }

    private int mostKeys(S3Call call) {
        String asked = call.query("max-keys");
        try {
            int most = asked.isEmpty() ? 1000 : Integer.parseInt(asked);
            if (most < 0) {
                throw S3Problem.invalid("Argument maxKeys must be an integer between 0 and 2147483647");
            }
            return Math.min(Math.min(most, 1000), rules.pageKeys());
        } catch (NumberFormatException none) {
            throw (S3Problem)
                    S3Problem.invalid("Provided max-keys not an integer").initCause(none);
        }
    }

    WebReply objects(S3Call call, S3Bucket bucket) {
        boolean two = call.query("list-type").equals("2") && rules.lists() == S3Rules.Lists.BOTH;
        UnaryOperator<String> names = S3Text.names(call.query("encoding-type"));
        boolean anew = rules.quirks().contains(S3Rules.Quirk.LISTS_FROM_THE_START);
        String after = anew ? "" : two ? afterOfTwo(call) : call.query("marker");
        var page = new Page(call.query("prefix"), call.query("delimiter"), after, mostKeys(call), names);
        page.fill(bucket.all());
        var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + "<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">");
        xml.append("<Name>").append(S3Text.escaped(call.bucket())).append("</Name>");
        xml.append("<Prefix>").append(names.apply(call.query("prefix"))).append("</Prefix>");
        if (call.query("encoding-type").equals("url")) {
            xml.append("<EncodingType>url</EncodingType>");
        }
        xml.append("<MaxKeys>").append(mostKeys(call)).append("</MaxKeys>");
        xml.append("<IsTruncated>").append(page.truncated).append("</IsTruncated>");
        if (two) {
            xml.append("<KeyCount>").append(page.count).append("</KeyCount>");
        }
        if (page.truncated && two) {
            String token = Base64.getEncoder().encodeToString(("after " + page.last).getBytes(StandardCharsets.UTF_8));
            xml.append("<NextContinuationToken>").append(token).append("</NextContinuationToken>");
        } else if (page.truncated && !call.query("delimiter").isEmpty()) {
            xml.append("<NextMarker>").append(names.apply(page.last)).append("</NextMarker>");
        }
        xml.append(page.items).append(page.prefixes).append("</ListBucketResult>");
        return WebReply.xml(200, xml.toString());
    }

    private static String afterOfTwo(S3Call call) {
        if (!call.asks("continuation-token")) {
            return call.query("start-after");
        }
        try {
            String token =
                    new String(Base64.getDecoder().decode(call.query("continuation-token")), StandardCharsets.UTF_8);
            if (token.startsWith("after ")) {
                return token.substring(6);
            }
        } catch (IllegalArgumentException none) {
            throw (S3Problem) S3Problem.invalid("The continuation token provided is incorrect")
                    .initCause(none);
        }
        throw S3Problem.invalid("The continuation token provided is incorrect");
    }

    /// One page as it grows.
    private static final class Page {
        private final String prefix;
        private final String delimiter;
        private final String after;
        private final int most;
        private final UnaryOperator<String> names;
        private final StringBuilder items = new StringBuilder();
        private final StringBuilder prefixes = new StringBuilder();
        private String last = "";
        private String lastPrefix = "";
        private int count;
        private boolean truncated;

        Page(String prefix, String delimiter, String after, int most, UnaryOperator<String> names) {
            this.prefix = prefix;
            this.delimiter = delimiter;
            this.after = after;
            this.most = most;
            this.names = names;
            this.lastPrefix = after;
        }

        void fill(NavigableMap<String, Deque<S3Object>> objects) {
            for (Map.Entry<String, Deque<S3Object>> one :
                    objects.tailMap(prefix, true).entrySet()) {
                String key = one.getKey();
                if (!key.startsWith(prefix)) {
                    break;
                }
                Optional<S3Object> object =
                        Optional.of(one.getValue().getFirst()).filter(state -> !state.deleted());
                if (object.isEmpty() || isBefore(key)) {
                    continue;
                }
                String common = common(key);
                if (!common.isEmpty() && common.equals(lastPrefix)) {
                    continue;
                }
                if (count == most) {
                    truncated = most > 0;
                    return;
                }
                count++;
                if (common.isEmpty()) {
                    add(key, object.orElseThrow());
                    last = key;
                } else {
                    prefixes.append("<CommonPrefixes><Prefix>")
                            .append(names.apply(common))
                            .append("</Prefix></CommonPrefixes>");
                    lastPrefix = common;
                    last = common;
                }
            }
        }

        private boolean isBefore(String key) {
            if (after.isEmpty()) {
                return false;
            }
            boolean inLastPrefix = !delimiter.isEmpty() && after.endsWith(delimiter) && key.startsWith(after);
            return inLastPrefix
                    ? common(key).equals(after)
                    : Arrays.compareUnsigned(
                                    key.getBytes(StandardCharsets.UTF_8), after.getBytes(StandardCharsets.UTF_8))
                            <= 0;
        }

        private String common(String key) {
            if (delimiter.isEmpty()) {
                return "";
            }
            int at = key.indexOf(delimiter, prefix.length());
            return at < 0 ? "" : key.substring(0, at + delimiter.length());
        }

        private void add(String key, S3Object object) {
            items.append("<Contents><Key>")
                    .append(names.apply(key))
                    .append("</Key><LastModified>")
                    .append(S3Text.inXml(object.modified()))
                    .append("</LastModified><ETag>&quot;")
                    .append(object.etag())
                    .append("&quot;</ETag><Size>")
                    .append(object.bytes().length)
                    .append("</Size><StorageClass>")
                    .append(object.storageClass())
                    .append("</StorageClass></Contents>");
        }
    }

    WebReply versions(S3Call call, S3Bucket bucket) {
        UnaryOperator<String> names = S3Text.names(call.query("encoding-type"));
        var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ListVersionsResult>"
                + (call.query("encoding-type").equals("url") ? "<EncodingType>url</EncodingType>" : "")
                + "<IsTruncated>false</IsTruncated>");
        bucket.all().tailMap(call.query("prefix"), true).forEach((key, states) -> {
            boolean latest = true;
            for (S3Object state : key.startsWith(call.query("prefix")) ? states : new ArrayDeque<S3Object>()) {
                String element = state.deleted() ? "DeleteMarker" : "Version";
                xml.append('<').append(element).append("><Key>").append(names.apply(key));
                xml.append("</Key><VersionId>").append(state.id()).append("</VersionId><IsLatest>");
                xml.append(latest).append("</IsLatest><LastModified>");
                xml.append(S3Text.inXml(state.modified())).append("</LastModified>");
                if (!state.deleted()) {
                    xml.append("<ETag>&quot;").append(state.etag()).append("&quot;</ETag><Size>");
                    xml.append(state.bytes().length).append("</Size>");
                }
                xml.append("</").append(element).append('>');
                latest = false;
            }
        });
        return WebReply.xml(200, xml.append("</ListVersionsResult>").toString());
    }

    WebReply uploads(S3Call call, S3Bucket bucket) {
        UnaryOperator<String> names = S3Text.names(call.query("encoding-type"));
        var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ListMultipartUploadsResult>"
                + (call.query("encoding-type").equals("url") ? "<EncodingType>url</EncodingType>" : "")
                + "<IsTruncated>false</IsTruncated>");
        bucket.uploads().values().stream()
                .filter(upload -> isAsked(upload.key(), call.query("prefix")))
                .forEach(upload -> xml.append("<Upload><Key>")
                        .append(names.apply(upload.key()))
                        .append("</Key><UploadId>")
                        .append(upload.id())
                        .append("</UploadId><Initiated>")
                        .append(S3Text.inXml(upload.begun()))
                        .append("</Initiated></Upload>"));
        return WebReply.xml(200, xml.append("</ListMultipartUploadsResult>").toString());
    }

    private boolean isAsked(String key, String prefix) {
        boolean wholeKeys = rules.quirks().contains(S3Rules.Quirk.LISTS_UPLOADS_BY_KEY);
        return (wholeKeys && !prefix.isEmpty()) ? key.equals(prefix) : key.startsWith(prefix);
    }
}
