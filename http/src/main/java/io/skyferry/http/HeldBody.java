package io.skyferry.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import org.jspecify.annotations.Nullable;

/// A body of the JDK's client that can be let go of before anybody was given it: a reply that comes just when its
/// reader is told to stop would keep its connection for ever.
final class HeldBody implements BodyHandler<InputStream> {
    private @Nullable InputStream stream;
    private boolean isAbandoned;

    @Override
    public synchronized BodySubscriber<InputStream> apply(ResponseInfo info) {
        BodySubscriber<InputStream> subscriber = BodySubscribers.ofInputStream();
        stream = subscriber.getBody().toCompletableFuture().join();
        if (isAbandoned) {
            close(stream);
        }
        return subscriber;
    }

    /// Nobody will read it.
    synchronized void abandon() {
        isAbandoned = true;
        if (stream != null) {
            close(stream);
        }
    }

    private static void close(InputStream unread) {
        try {
            unread.close();
        } catch (IOException closing) {
            // Nobody waits for it.
        }
    }
}
