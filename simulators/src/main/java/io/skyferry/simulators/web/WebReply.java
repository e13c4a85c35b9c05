package io.skyferry.simulators.web;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// A reply that is to be sent. For one thread.
public final class WebReply {
    private final int status;
    private final byte[] body;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private long announced;
    private Ending ending = Ending.WHOLE;

    /// How it comes to its end.
    public enum Ending {
        /// As it should.
        WHOLE,
        /// The connection is closed in the middle of the body.
        CUT,
        /// The connection is reset before the first byte.
        LOST
    }

    /// @param status such as 200
    public WebReply(int status, byte[] body) {
        this.status = status;
        this.body = body.clone();
        this.announced = body.length;
    }

    /// A reply without a body.
    public static WebReply of(int status) {
        return new WebReply(status, new byte[0]);
    }

    /// A reply in XML.
    public static WebReply xml(int status, String text) {
        return new WebReply(status, text.getBytes(StandardCharsets.UTF_8)).header("Content-Type", "application/xml");
    }

    /// Keeps back the headers whose names begin so.
    public WebReply without(String start) {
        headers.keySet().removeIf(name -> name.startsWith(start));
        return this;
    }

    /// Sends a header with it.
    public WebReply header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /// Says that the body is so long: for replies to HEAD, which have none.
    public WebReply announcing(long length) {
        announced = length;
        return this;
    }

    /// Ends it so.
    public WebReply ending(Ending how) {
        ending = how;
        return this;
    }

    /// With one byte of the body changed.
    public WebReply corrupted() {
        if (body.length > 0) {
            body[body.length / 2] ^= 1;
        }
        return this;
    }

    /// Such as 200.
    public int status() {
        return status;
    }

    byte[] body() {
        return body.clone();
    }

    int length() {
        return body.length;
    }

    Map<String, String> headers() {
        return headers;
    }

    long announced() {
        return announced;
    }

    Ending ending() {
        return ending;
    }
}
