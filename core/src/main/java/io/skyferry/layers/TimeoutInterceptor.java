package io.skyferry.layers;

import io.skyferry.storage.Body;
import io.skyferry.storage.CancelledException;
import io.skyferry.storage.Content;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageException.Where;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Ends one attempt that makes no progress for too long. For bytes in either direction that means so long
/// without a byte, not a total; the time that a source takes to give its bytes is not held against the
/// target.
public final class TimeoutInterceptor implements Interceptor {
    private final Duration patience;
    private final Watchdog watchdog;

    /// @param patience how long without progress
    public TimeoutInterceptor(Duration patience, Watchdog watchdog) {
        this.patience = patience;
        this.watchdog = watchdog;
    }

    @Override
    public <R> R around(Call<R> call) {
        Watchdog.Watch watch = watchdog.watch(patience, null);
        return watched(watch, call.where(), call.step());
    }

    @Override
    public <R> R aroundContent(Where where, Call.Repetition repetition, Content content, Function<Content, R> step) {
        Watchdog.Watch watch = watchdog.watch(patience, null);
        return watched(watch, where, () -> step.apply(new Watched(content, watch)));
    }

    private <R> R watched(Watchdog.Watch watch, Where where, Supplier<R> step) {
        watch.arm();
        try {
            return step.get();
        } catch (StorageException | CancelledException failure) {
            watch.end();
            if (watch.wasStruck()) {
                throw timeout(where).causedBy(failure);
            }
            throw failure;
        } finally {
            watch.end();
            watch.wasStruck();
        }
    }

    private StorageException timeout(Where where) {
        return StorageException.unknownEffect(
                ErrorKind.TIMEOUT, where, "Want progress within %s s but had none".formatted(patience.toSeconds()));
    }

    @Override
    public Body reading(ReadCall call, Body body) {
        return new Body(body.file(), new WatchedBody(body.stream(), call.where()));
    }

    /// Bytes that come out: each reading of some must end in time.
    private final class WatchedBody extends PassingStream {
        private final Where where;
        private final Watchdog.Watch watch;
        private volatile @Nullable IOException closing;

        WatchedBody(InputStream inner, Where where) {
            super(inner);
            this.where = where;
            this.watch = watchdog.watch(patience, this::closeBeside);
        }

        private void closeBeside() {
            try {
                inner().close();
            } catch (IOException failure) {
                closing = failure;
            }
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            watch.arm();
            try {
                int count = inner().read(to, offset, length);
                watch.disarm();
                watch.wasStruck();
                return count;
            } catch (IOException | StorageException | CancelledException failure) {
                watch.disarm();
                if (watch.wasStruck()) {
                    throw timeoutAfter(failure);
                }
                throw failure;
            }
        }

        private IOException timeoutAfter(Exception failure) {
            IOException told = timeout(where).causedBy(failure).asIo();
            IOException alsoFailed = closing;
            if (alsoFailed != null) {
                told.addSuppressed(alsoFailed);
            }
            return told;
        }

        @Override
        public void close() throws IOException {
            watch.end();
            super.close();
        }
    }

    /// Bytes that go in: while the source is asked for some, the target is not waited for.
    private record Watched(Content inner, Watchdog.Watch watch) implements Content {
        @Override
        public OptionalLong size() {
            return inner.size();
        }

        @Override
        public InputStream open(long offset, long length) throws IOException {
            return watched(() -> inner.open(offset, length));
        }

        @Override
        public InputStream openToHash(long offset, long length) throws IOException {
            return watched(() -> inner.openToHash(offset, length));
        }

        private InputStream watched(Opening opening) throws IOException {
            watch.disarm();
            try {
                return new WatchedSource(opening.open(), watch);
            } finally {
                watch.arm();
            }
        }

        private interface Opening {
            InputStream open() throws IOException;
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

    private static final class WatchedSource extends PassingStream {
        private final Watchdog.Watch watch;

        WatchedSource(InputStream inner, Watchdog.Watch watch) {
            super(inner);
            this.watch = watch;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            watch.disarm();
            try {
                return inner().read(to, offset, length);
            } finally {
                watch.arm();
            }
        }
    }
}
