package io.skyferry.layers;

import io.skyferry.storage.Body;
import io.skyferry.storage.Content;
import io.skyferry.storage.StorageException.Where;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Holds bytes back so that they keep to the limits of task, connection and process, uploads and
/// downloads apart.
///
/// Stands below retry: bytes that are sent again are charged again. Copies inside a storage are never
/// held back.
public final class BandwidthInterceptor implements Interceptor {
    private final List<BandwidthGate> uploads;
    private final List<BandwidthGate> downloads;

    /// @param uploads gates that written bytes pass, the narrowest circle first: task, connection, process
    /// @param downloads gates that read bytes pass, in the same order
    public BandwidthInterceptor(List<BandwidthGate> uploads, List<BandwidthGate> downloads) {
        this.uploads = List.copyOf(uploads);
        this.downloads = List.copyOf(downloads);
    }

    @Override
    public <R> R around(Call<R> call) {
        return call.proceed();
    }

    @Override
    public Body reading(ReadCall call, Body body) {
        return new Body(body.file(), new LimitedStream(body.stream(), downloads));
    }

    @Override
    public Content writing(Where where, Content content) {
        return new Limited(content, uploads);
    }

    @Override
    public Optional<Content.Origin> fetching(Optional<Content.Origin> origin) {
        return isLimited(downloads) ? Optional.empty() : origin;
    }

    private static boolean isLimited(List<BandwidthGate> gates) {
        for (BandwidthGate gate : gates) {
            if (gate.isLimited()) {
                return true;
            }
        }
        return false;
    }

    private record Limited(Content inner, List<BandwidthGate> gates) implements Content {
        @Override
        public OptionalLong size() {
            return inner.size();
        }

        @Override
        public InputStream open(long offset, long length) throws IOException {
            return new LimitedStream(inner.open(offset, length), gates);
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
            return isLimited(gates) ? Optional.empty() : inner.origin();
        }
    }

    private static final class LimitedStream extends PassingStream {
        private final List<BandwidthGate> gates;

        LimitedStream(InputStream inner, List<BandwidthGate> gates) {
            super(inner);
            this.gates = gates;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            int step = length;
            for (BandwidthGate gate : gates) {
                step = gate.isLimited() ? Math.min(step, gate.step()) : step;
            }
            int count = inner().read(to, offset, step);
            if (count > 0) {
                for (BandwidthGate gate : gates) {
                    gate.pass(count);
                }
            }
            return count;
        }
    }
}
