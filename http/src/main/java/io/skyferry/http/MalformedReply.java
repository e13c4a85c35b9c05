package io.skyferry.http;

import java.io.IOException;

/// What a server sent is no reply, or could be read in two ways.
final class MalformedReply extends IOException {
    private static final long serialVersionUID = 1;

    /// @param what was found, as the end of a sentence; never bytes of the server
    MalformedReply(String what) {
        super(what);
    }
}
