package io.skyferry.storages.s3.sign;

import java.util.Map;
import java.util.TreeMap;

/// A request that is being put together, up to its signature. For one thread.
public final class Draft {
    private final String method;
    private final String host;
    private final String path;
    private final String resource;
    private final TreeMap<String, String> query = new TreeMap<>();
    private final TreeMap<String, String> headers = new TreeMap<>();
    private String payload = SigV4.UNSIGNED;

    /// @param host with its port where that is not the usual one
    /// @param path percent-encoded, from the first `/`
    /// @param resource the same with the bucket in front, whether the path holds it or the host does
    public Draft(String method, String host, String path, String resource) {
        this.method = method;
        this.host = host;
        this.path = path;
        this.resource = resource;
        headers.put("host", host);
    }

    /// Asks with a query's name and value; an empty value for names that stand alone.
    public Draft query(String name, String value) {
        query.put(name, value);
        return this;
    }

    /// Sends a header.
    ///
    /// @param name in lower case
    public Draft header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /// Signs the body too.
    ///
    /// @param sha256 of the body, in lower-case hexadecimal digits
    public Draft payload(String sha256) {
        payload = sha256;
        return this;
    }

    /// `GET`, `PUT`.
    public String method() {
        return method;
    }

    /// Who is asked.
    public String host() {
        return host;
    }

    String path() {
        return path;
    }

    String resource() {
        return resource;
    }

    String payload() {
        return payload;
    }

    Map<String, String> query() {
        return query;
    }

    /// All headers, by lower-case name.
    public Map<String, String> headers() {
        return headers;
    }

    /// Path and query as they are sent.
    public String target() {
        return query.isEmpty() ? path : path + "?" + canonicalQuery();
    }

    /// The query in the form that is signed, which is that in which it is sent.
    String canonicalQuery() {
        var text = new StringBuilder();
        query.forEach((name, value) -> {
            if (!text.isEmpty()) {
                text.append('&');
            }
            text.append(Percent.ofValue(name)).append('=').append(Percent.ofValue(value));
        });
        return text.toString();
    }
}
