package io.skyferry.http;

import io.skyferry.storage.StorageException.Effect;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// One request and its reply on one connection, from the first byte sent to the last byte read.
final class Exchange {
    private static final int MOST_INTERIM = 32;

    private final Pool pool;
    private final Route route;
    private final Connection connection;
    private final HttpRequest request;
    private final TransportSettings settings;
    private final long writtenBefore;
    private final Inlet inlet;
    private final Sender sender;
    private @Nullable ReplyHead early;
    private boolean mayBeReused = true;
    private boolean isOver;
    private int interim;

    /// @param slab a small one for what comes in
    Exchange(
            Pool pool,
            Route route,
            Connection connection,
            HttpRequest request,
            TransportSettings settings,
            byte[] slab) {
        this.pool = pool;
        this.route = route;
        this.connection = connection;
        this.request = request;
        this.settings = settings;
        this.writtenBefore = connection.written();
        this.inlet = new Inlet(connection, settings.budget(), settings.maxHeadBytes(), slab);
        this.sender = new Sender(connection, settings.budget(), request.body(), this::isAnswered);
    }

    /// Sends the request and reads the head of the reply.
    ///
    /// @param slab for what goes out; free again when this returns
    HttpResponse run(byte[] slab, byte[] userAgent) throws IOException {
        send(slab, userAgent);
        ReplyHead head = early == null ? finalHead() : early;
        mayBeReused &= !head.endsConnection();
        if (route.isForwarded() && head.status() == 407) {
            throw new HttpException(
                    HttpException.Kind.PROXY_REFUSED, Effect.NONE, "The proxy wants another login (407)");
        }
        return new HttpResponse(head.status(), head.headers(), body(head));
    }

    private void send(byte[] slab, byte[] userAgent) throws IOException {
        try {
            int used = 0;
            if (RequestHead.room(request, route, userAgent) <= slab.length) {
                used = RequestHead.write(request, route, userAgent, slab);
            } else {
                byte[] large = new byte[RequestHead.room(request, route, userAgent)];
                connection.write(large, 0, RequestHead.write(request, route, userAgent, large));
            }
            if (RequestHead.isAskedFirst(request)) {
                connection.write(slab, 0, used);
                used = 0;
                if (inlet.comesWithin(settings) && isFinalOrInterim()) {
                    mayBeReused = false;
                    return;
                }
            }
            sender.send(slab, used);
        } catch (IOException broken) {
            mayBeReused = false;
            if (connection.isStruck() || Thread.currentThread().isInterrupted() || broken instanceof MalformedReply) {
                throw broken;
            }
            early = answerDespite(broken);
        }
    }

    /// A server that says no may close before it has read everything: its reply is still worth reading.
    private ReplyHead answerDespite(IOException broken) throws IOException {
        try {
            return finalHead();
        } catch (IOException silent) {
            broken.addSuppressed(silent);
            throw broken;
        }
    }

    /// Asked between two pieces of a body. Over TLS, bytes that came in may be no answer, and are left.
    private boolean isAnswered() throws IOException {
        if (connection.isTls() || (!inlet.hasLeft() && !connection.hasInput())) {
            return false;
        }
        boolean isFinal = isFinalOrInterim();
        mayBeReused &= !isFinal;
        return isFinal;
    }

    /// Reads one head that has begun to come in; keeps it if it is the reply.
    private boolean isFinalOrInterim() throws IOException {
        ReplyHead head = nextHead();
        if (head.isInterim()) {
            return false;
        }
        early = head;
        return true;
    }

    private ReplyHead finalHead() throws IOException {
        ReplyHead head = nextHead();
        while (head.isInterim()) {
            head = nextHead();
        }
        return head;
    }

    private ReplyHead nextHead() throws IOException {
        ReplyHead head = inlet.head();
        if (head.isInterim()) {
            interim++;
            if (head.status() == 101 || interim > MOST_INTERIM) {
                throw new MalformedReply("interim replies that nobody asked for");
            }
        }
        return head;
    }

    private InputStream body(ReplyHead head) {
        boolean hasNone = request.method().equals("HEAD") || head.status() == 204 || head.status() == 304;
        if (hasNone || head.length() == 0) {
            mayBeReused &= !hasNone || !head.isChunked() || request.method().equals("HEAD");
            end();
            return InputStream.nullInputStream();
        }
        if (head.isChunked()) {
            return new ReplyBody(this, inlet, ReplyBody.Framing.CHUNKS, 0);
        }
        if (head.length() > 0) {
            return new ReplyBody(this, inlet, ReplyBody.Framing.LENGTH, head.length());
        }
        mayBeReused = false;
        return new ReplyBody(this, inlet, ReplyBody.Framing.CONNECTION, 0);
    }

    /// Whether the server closed a connection that was kept, before it saw this request: sending it again over a new
    /// one does no harm.
    boolean mayBeSentAgain() {
        boolean isUnanswered = connection.hasServed() && !inlet.hasAny() && !connection.isStruck();
        boolean isHarmless = connection.written() == writtenBefore || request.mayBeResent();
        boolean isThere = request.body().opening() == RequestBody.Opening.AGAIN || !sender.isOpened();
        return isUnanswered && isHarmless && isThere;
    }

    /// Whether the server can have acted on the request.
    Effect effect() {
        return connection.written() == writtenBefore ? Effect.NONE : Effect.UNKNOWN;
    }

    /// What broke a body, for its reader; the connection is gone.
    IOException brokenBody(IOException broken) {
        boolean isStruck = connection.isStruck();
        abort();
        return Failures.inBody(broken, route.origin(), isStruck, settings).asIo();
    }

    boolean isWorthDraining() {
        return mayBeReused;
    }

    void setPatience(long nanos) {
        connection.setPatience(nanos);
    }

    /// The reply was read to its end.
    void end() {
        if (!isOver && mayBeReused && !inlet.hasLeft()) {
            isOver = true;
            inlet.release();
            pool.rest(route.origin(), connection);
        } else {
            abort();
        }
    }

    /// The connection cannot be used again.
    void abort() {
        if (!isOver) {
            isOver = true;
            inlet.release();
            pool.end(connection);
        }
    }

    /// Ends the connection beside the thread that uses it, which does the rest.
    void wake() {
        connection.abort();
    }
}
