package io.skyferry.layers;

import io.skyferry.storage.Body;
import io.skyferry.storage.Content;
import io.skyferry.storage.Entry;
import io.skyferry.storage.Part;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageException.Where;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.LongSupplier;

/// Tells a [CallListener] of every logical call and of the bytes that went through.
public final class ObserveInterceptor implements Interceptor {
    private final CallListener listener;
    private final LongSupplier nanos;

    /// @param nanos a clock that only goes forward
    public ObserveInterceptor(CallListener listener, LongSupplier nanos) {
        this.listener = listener;
        this.nanos = nanos;
    }

    @Override
    public <R> R around(Call<R> call) {
        long begun = nanos.getAsLong();
        R result;
        try {
            result = call.proceed();
        } catch (StorageException failure) {
            listener.failed(call.where(), nanos.getAsLong() - begun, failure);
            throw failure;
        }
        listener.succeeded(call.where(), nanos.getAsLong() - begun);
        return result;
    }

    @Override
    public <R> R aroundContent(Where where, Call.Repetition repetition, Content content, Function<Content, R> step) {
        var furthest = new Furthest(where, listener);
        R result = around(new Call<>(where, repetition, () -> step.apply(new Observed(content, furthest))));
        furthest.reachEnd(sizeOf(result));
        return result;
    }

    private static long sizeOf(Object result) {
        return switch (result) {
            case Entry.File file -> file.size();
            case Part part -> part.size();
            default -> 0;
        };
    }

    @Override
    public Body reading(ReadCall call, Body body) {
        var furthest = new Furthest(call.where(), listener);
        furthest.beginAt(call.range().offset());
        return new Body(
                body.file(),
                new FurthestStream(body.stream(), furthest, call.range().offset()));
    }

    /// How far one call has come; bytes that are sent again lie before it and are not told.
    private static final class Furthest {
        private final Where where;
        private final CallListener listener;
        private long base = -1;
        private long reached;

        Furthest(Where where, CallListener listener) {
            this.where = where;
            this.listener = listener;
        }

        synchronized void beginAt(long offset) {
            if (base < 0) {
                base = offset;
                reached = offset;
            }
        }

        synchronized void reach(long offset) {
            if (offset > reached) {
                listener.advanced(where, offset - reached);
                reached = offset;
            }
        }

        /// What the target fetched by itself went past this layer; it counts when the call has succeeded.
        synchronized void reachEnd(long size) {
            beginAt(0);
            reach(base + size);
        }
    }

    private record Observed(Content inner, Furthest furthest) implements Content {
        @Override
        public OptionalLong size() {
            return inner.size();
        }

        @Override
        public InputStream open(long offset, long length) throws IOException {
            furthest.beginAt(offset);
            return new FurthestStream(inner.open(offset, length), furthest, offset);
        }

        @Override
        public InputStream openToHash(long offset, long length) throws IOException {
            return inner.openToHash(offset, length);
        }

        @Override
        public String fingerprint() {
            return inner.fingerprint();
        }

        @Override
        public Optional<Origin> origin() {
            return inner.origin();
        }
    }

    private static final class FurthestStream extends PassingStream {
        private final Furthest furthest;
        private long position;

        FurthestStream(InputStream inner, Furthest furthest, long offset) {
            super(inner);
            this.furthest = furthest;
            this.position = offset;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            int count = inner().read(to, offset, length);
            if (count > 0) {
                position += count;
                furthest.reach(position);
            }
            return count;
        }
    }
}
