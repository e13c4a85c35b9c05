package io.skyferry.http;

import io.skyferry.storage.CancelledException;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// Writes one line for each request and one for what came of it; bodies and secrets are never written.
public final class WireLog implements HttpFilter {
    private static final long NANOS_PER_MICRO = 1000;

    private final Consumer<String> lines;
    private final LongSupplier nanos;
    private final AtomicLong numbers = new AtomicLong();

    /// @param lines takes each line
    /// @param nanos a clock that only goes forward
    public WireLog(Consumer<String> lines, LongSupplier nanos) {
        this.lines = lines;
        this.nanos = nanos;
    }

    @Override
    public HttpResponse around(HttpRequest request, Rest rest) {
        long number = numbers.incrementAndGet();
        lines.accept("%s > %s %s%s%s%s"
                .formatted(
                        number,
                        request.method(),
                        request.origin(),
                        Masking.target(request.target()),
                        size(request.body().length()),
                        fields(request.headers())));
        long start = nanos.getAsLong();
        try {
            HttpResponse reply = rest.proceed(request);
            lines.accept("%s < %s after %s%s".formatted(number, reply.status(), since(start), fields(reply.headers())));
            return reply;
        } catch (HttpException failure) {
            lines.accept(
                    "%s ! %s, effect %s, after %s".formatted(number, failure.kind(), failure.effect(), since(start)));
            throw failure;
        } catch (CancelledException told) {
            lines.accept("%s ! stopped after %s".formatted(number, since(start)));
            throw told;
        }
    }

    private String since(long start) {
        return (nanos.getAsLong() - start) / NANOS_PER_MICRO + " us";
    }

    private static String size(OptionalLong length) {
        return length.isEmpty() ? " (chunks)" : " (%s bytes)".formatted(length.orElseThrow());
    }

    private static String fields(HttpHeaders headers) {
        StringBuilder shown = new StringBuilder();
        headers.forEach(
                (name, value) -> shown.append(" | ").append(name).append(": ").append(Masking.header(name, value)));
        return shown.toString();
    }
}
