package io.skyferry.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// A server's reply: its head is here, its body is still on the way.
///
/// @param status from 200 to 599: interim replies are not shown
/// @param body throws an [IOException] whose cause is the [HttpException] if it ends too early or breaks; never
///     null, empty where the reply has none; closing it gives the connection back
public record HttpResponse(int status, HttpHeaders headers, InputStream body) implements AutoCloseable {
    /// Whether the server says that it worked: 200 to 299.
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /// The value of the first field of this name.
    public Optional<String> header(String name) {
        return headers.first(name);
    }

    /// The whole body of a reply that is known to be small; closes it.
    ///
    /// @param max in bytes
    /// @throws HttpException if it breaks or is longer
    public byte[] bytes(int max) {
        var whole = new ReplyBuffer();
        readInto(whole, max);
        return Arrays.copyOf(whole.bytes(), whole.length());
    }

    /// Reads the whole body; closes it.
    ///
    /// @param max in bytes
    /// @throws HttpException if it breaks or is longer
    public void readInto(ReplyBuffer whole, int max) {
        try (InputStream from = body) {
            whole.fill(from, max);
        } catch (IOException broken) {
            throw HttpException.inStream(broken);
        }
    }

    /// The whole body of a reply that is known to be small, as UTF-8; closes it.
    ///
    /// @param max in bytes
    public String text(int max) {
        return new String(bytes(max), StandardCharsets.UTF_8);
    }

    /// Gives the connection back. Little that was left is read so that the connection can be used again; else it
    /// is closed.
    @Override
    public void close() {
        try {
            body.close();
        } catch (IOException closing) {
            throw HttpException.inStream(closing);
        }
    }
}
