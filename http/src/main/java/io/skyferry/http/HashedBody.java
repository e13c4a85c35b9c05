package io.skyferry.http;

import io.skyferry.hash.Hasher;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalLong;

/// A request's body that is hashed while it is sent; a second sending starts anew.
///
/// @param hashers hold the checksums of what was sent, once the exchange is over; not shared with other bodies
public record HashedBody(RequestBody inner, List<Hasher> hashers) implements RequestBody {
    public HashedBody {
        hashers = List.copyOf(hashers);
    }

    @Override
    public OptionalLong length() {
        return inner.length();
    }

    @Override
    public Opening opening() {
        return inner.opening();
    }

    @Override
    public InputStream open() throws IOException {
        hashers.forEach(Hasher::reset);
        return new HashedStream(inner.open(), hashers);
    }
}
