package io.skyferry.simulators.web;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A request as it came over the wire.
///
/// @param path percent-encoded, without the query
/// @param query as it came, without the question mark; empty where there is none
/// @param headers by lower-case name
public record WebRequest(String method, String path, String query, Map<String, String> headers, InputStream body) {
    /// A header's value.
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /// The whole body.
    public byte[] bytes() throws IOException {
        return body.readAllBytes();
    }
}
