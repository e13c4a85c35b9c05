package io.skyferry.http;

/// One concern around exchanges: sign, refresh a token, write a log. It may change the request, look at the
/// reply, or ask a second time after closing the first reply.
@FunctionalInterface
public interface HttpFilter {
    /// Handles one request.
    ///
    /// @param rest what comes after this filter, the transport last
    HttpResponse around(HttpRequest request, Rest rest);

    /// The filters that follow, and the transport.
    @FunctionalInterface
    interface Rest {
        /// Sends the request on.
        HttpResponse proceed(HttpRequest request);
    }
}
