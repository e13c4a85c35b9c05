package io.skyferry.simulators.s3;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.UnaryOperator;

/// How things are spelled in replies.
final class S3Text {
    private static final DateTimeFormatter IN_XML = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter IN_HEADERS = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private S3Text() {}

    static String inXml(Instant time) {
        return IN_XML.format(time);
    }

    static String inHeader(Instant time) {
        return IN_HEADERS.format(time);
    }

    static String escaped(String text) {
        var out = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                default -> {
                    if (c < ' ') {
                        out.append("&#x").append(Integer.toHexString(c)).append(';');
                    } else {
                        out.appendCodePoint(c);
                    }
                }
            }
        });
        return out.toString();
    }

    /// How names stand in a listing: encoded where that was asked for.
    static UnaryOperator<String> names(String encodingType) {
        return encodingType.equals("url")
                ? text -> URLEncoder.encode(text, StandardCharsets.UTF_8).replace("%2F", "/")
                : S3Text::escaped;
    }
}
