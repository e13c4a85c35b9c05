package io.skyferry.http;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/// Writes the head of a request as bytes.
final class RequestHead {
    private static final byte[] LENGTH = bytes("Content-Length: ");
    private static final byte[] CHUNKED = bytes("Transfer-Encoding: chunked\r\n");
    private static final byte[] EXPECT = bytes("Expect: 100-continue\r\n");
    private static final byte[] AGENT = bytes("User-Agent: ");
    private static final byte[] LINE_END = bytes("\r\n");
    private static final byte[] SEPARATOR = bytes(": ");
    private static final int LONGEST_FRAMING = 256;

    private final byte[] to;
    private int at;

    private RequestHead(byte[] to) {
        this.to = to;
    }

    /// How much room a head takes at most.
    static int room(HttpRequest request, Route route, byte[] userAgent) {
        int room = LONGEST_FRAMING
                + request.method().length()
                + request.target().length()
                + route.beforeTarget().length
                + route.standing().length
                + userAgent.length;
        HeaderList headers = request.headers();
        for (int i = 0; i < headers.count(); i++) {
            room += headers.name(i).length() + headers.value(i).length() + 4;
        }
        return room;
    }

    /// Writes a head from the start of an array.
    ///
    /// @return how long it is
    static int write(HttpRequest request, Route route, byte[] userAgent, byte[] to) {
        return new RequestHead(to).write(request, route, userAgent);
    }

    private int write(HttpRequest request, Route route, byte[] userAgent) {
        put(request.method());
        to[at] = ' ';
        at++;
        put(route.beforeTarget());
        put(request.target());
        put(route.standing());
        HeaderList headers = request.headers();
        boolean hasAgent = false;
        for (int i = 0; i < headers.count(); i++) {
            String name = headers.name(i);
            hasAgent |= name.length() == 10 && name.equalsIgnoreCase("User-Agent");
            put(name);
            put(SEPARATOR);
            put(headers.value(i));
            put(LINE_END);
        }
        if (!hasAgent) {
            put(AGENT);
            put(userAgent);
            put(LINE_END);
        }
        framing(request);
        put(LINE_END);
        return at;
    }

    private void framing(HttpRequest request) {
        OptionalLong length = request.body().length();
        if (length.isEmpty()) {
            put(CHUNKED);
        } else if (length.orElseThrow() > 0 || wantsBody(request.method())) {
            put(LENGTH);
            put(Long.toString(length.orElseThrow()));
            put(LINE_END);
        }
        if (isAskedFirst(request)) {
            put(EXPECT);
        }
    }

    /// Whether the server is asked before the body is sent.
    static boolean isAskedFirst(HttpRequest request) {
        return request.manner() == HttpRequest.Manner.EXPECT_CONTINUE
                && request.body().length().orElse(1) > 0;
    }

    /// Whether servers want to hear a length even if it is 0.
    private static boolean wantsBody(String method) {
        return switch (method) {
            case "PUT", "POST", "PATCH" -> true;
            default -> false;
        };
    }

    // Its texts are ISO 8859-1, of which every letter is one byte: what the JDK would lose is not there.
    @SuppressWarnings("deprecation")
    private void put(String text) {
        text.getBytes(0, text.length(), to, at);
        at += text.length();
    }

    private void put(byte[] bytes) {
        System.arraycopy(bytes, 0, to, at, bytes.length);
        at += bytes.length;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
