package io.skyferry.http;

import io.skyferry.storage.Content;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/// The bytes that go with a request, streamed from where they are.
public interface RequestBody {
    /// No body. Methods that want one (`PUT`, `POST`, `PATCH`) are sent with length 0.
    RequestBody NONE = of(new byte[0]);

    /// In bytes; empty if nobody knows before the end, which is sent in chunks.
    OptionalLong length();

    /// Whether [#open] may be called again.
    Opening opening();

    /// The bytes from the start. If there is a length, the stream has to give just so many.
    ///
    /// What it throws fails the exchange: an [IOException] as [HttpException.Kind#SOURCE_FAILED] with it as
    /// cause, anything unchecked as it is.
    InputStream open() throws IOException;

    /// How often a body can be opened.
    enum Opening {
        /// Any number of times, with the same bytes each time.
        AGAIN,
        /// Once only.
        ONCE
    }

    /// Bytes that are there.
    static RequestBody of(byte[] bytes) {
        return of(bytes, 0, bytes.length);
    }

    /// A stretch of bytes that are there; the array is not copied.
    static RequestBody of(byte[] bytes, int offset, int length) {
        return new Streamed(
                OptionalLong.of(length), Opening.AGAIN, () -> new ByteArrayInputStream(bytes, offset, length));
    }

    /// A range of what is to be stored, opened for each sending.
    static RequestBody of(Content content, long offset, long length) {
        return new Streamed(OptionalLong.of(length), Opening.AGAIN, () -> content.open(offset, length));
    }

    /// Any stream, opened for each sending.
    ///
    /// @param length in bytes; empty to send in chunks
    static RequestBody of(OptionalLong length, Opening opening, Source source) {
        return new Streamed(length, opening, source);
    }

    /// Opens a stream.
    @FunctionalInterface
    interface Source {
        /// The bytes from the start.
        InputStream open() throws IOException;
    }

    /// A body from a source of streams.
    record Streamed(OptionalLong length, Opening opening, Source source) implements RequestBody {
        @Override
        public InputStream open() throws IOException {
            return source.open();
        }
    }
}
