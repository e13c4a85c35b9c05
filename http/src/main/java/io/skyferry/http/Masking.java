package io.skyferry.http;

import java.util.Locale;
import java.util.Set;

/// What of a request or reply may be shown: names always, values unless they may be secrets.
public final class Masking {
    private static final String MASK = "***";
    private static final Set<String> SECRET_HEADERS = Set.of(
            "authorization",
            "proxy-authorization",
            "cookie",
            "set-cookie",
            "www-authenticate",
            "authentication-info",
            "x-api-key",
            "api-key");
    /// Parts of names of headers and parameters whose values are secret or open a door.
    private static final Set<String> SECRET_PARTS = Set.of(
            "token",
            "secret",
            "password",
            "passwd",
            "signature",
            "credential",
            "customer-key",
            "encryption-key",
            "accesskey",
            "access-key",
            "access_key",
            "apikey",
            "api_key",
            "session",
            "assertion");
    private static final Set<String> SECRET_PARAMETERS = Set.of("sig", "code", "key", "auth", "sv", "se");

    private Masking() {}

    /// The value of a header as it may be shown.
    public static String header(String name, String value) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.equals("location")) {
            return target(value);
        }
        return SECRET_HEADERS.contains(lower) || hasSecretPart(lower) ? MASK : value;
    }

    /// A target or address as it may be shown: parameters that may be secrets are masked, and any login.
    public static String target(String target) {
        int query = target.indexOf('?');
        String path = withoutLogin(query < 0 ? target : target.substring(0, query));
        if (query < 0) {
            return path;
        }
        StringBuilder shown = new StringBuilder(path).append('?');
        String separator = "";
        for (String parameter : target.substring(query + 1).split("&", -1)) {
            shown.append(separator).append(parameter(parameter));
            separator = "&";
        }
        return shown.toString();
    }

    private static String withoutLogin(String path) {
        int host = path.indexOf("://");
        int at = path.indexOf('@');
        int slash = host < 0 ? -1 : path.indexOf('/', host + 3);
        return host >= 0 && at > host && (slash < 0 || at < slash)
                ? path.substring(0, host + 3) + MASK + path.substring(at)
                : path;
    }

    private static String parameter(String parameter) {
        int equals = parameter.indexOf('=');
        if (equals < 0) {
            return parameter;
        }
        String lower = parameter.substring(0, equals).toLowerCase(Locale.ROOT).replace("%2d", "-");
        return SECRET_PARAMETERS.contains(lower) || hasSecretPart(lower)
                ? parameter.substring(0, equals + 1) + MASK
                : parameter;
    }

    private static boolean hasSecretPart(String lower) {
        // What goes on in a listing is wanted in a log, and no secret.
        return !lower.equals("continuation-token") && SECRET_PARTS.stream().anyMatch(lower::contains);
    }
}
