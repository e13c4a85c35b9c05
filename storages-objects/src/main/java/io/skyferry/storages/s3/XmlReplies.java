package io.skyferry.storages.s3;

import io.skyferry.http.HttpResponse;
import io.skyferry.http.ReplyBuffer;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageException.Where;
import io.skyferry.storages.s3.wire.Failure;
import io.skyferry.storages.s3.wire.Xml;
import java.util.Objects;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.function.BiFunction;

/// Reads replies whole, into buffers that are used again, and understands their XML. Safe for many threads.
final class XmlReplies {
    /// A page of a thousand long keys, each byte of them encoded.
    private static final int MOST_BYTES = 32 << 20;

    /// Of buffers that are kept for the next reply: pages of a listing fit.
    private static final int MOST_ROOM = 1 << 20;

    private static final int MOST_SPARE = 16;

    /// The one used last is used next: few grow.
    private final BlockingDeque<ReplyBuffer> spare = new LinkedBlockingDeque<>(MOST_SPARE);

    /// @param reading of the first bytes of an array; keeps nothing of it
    /// @throws io.skyferry.http.HttpException if the reply breaks or is too long
    <X> X read(HttpResponse reply, BiFunction<byte[], Integer, X> reading, Where where) {
        ReplyBuffer whole = Objects.requireNonNullElseGet(spare.pollFirst(), ReplyBuffer::new);
        try {
            reply.readInto(whole, MOST_BYTES);
            return understood(whole, reading, where);
        } catch (Xml.BrokenException none) {
            throw StorageException.unknownEffect(ErrorKind.UNAVAILABLE, where, String.valueOf(none.getMessage()))
                    .causedBy(none);
        } finally {
            if (whole.room() <= MOST_ROOM) {
                var _ = spare.offerFirst(whole);
            }
        }
    }

    /// Some servers say yes before they know, and then tell an error.
    private static <X> X understood(ReplyBuffer whole, BiFunction<byte[], Integer, X> reading, Where where) {
        try {
            return reading.apply(whole.bytes(), whole.length());
        } catch (Xml.StrangeException other) {
            Failure told = Failure.read(whole.bytes(), whole.length());
            if (!told.code().isEmpty()) {
                throw S3Errors.behindYes(told, where).causedBy(other);
            }
            throw StorageException.unknownEffect(ErrorKind.UNEXPECTED, where, String.valueOf(other.getMessage()))
                    .causedBy(other);
        }
    }
}
