package io.skyferry.http;

import java.util.List;

/// A transport behind filters. Closing it closes the transport.
public final class FilteredTransport implements HttpTransport {
    private final HttpTransport transport;
    private final HttpFilter.Rest chain;

    /// @param filters outermost first: they see the request in this order and the reply in the other
    public FilteredTransport(HttpTransport transport, List<HttpFilter> filters) {
        this.transport = transport;
        HttpFilter.Rest rest = transport::exchange;
        for (HttpFilter filter : filters.reversed()) {
            HttpFilter.Rest behind = rest;
            rest = request -> filter.around(request, behind);
        }
        this.chain = rest;
    }

    @Override
    public HttpResponse exchange(HttpRequest request) {
        return chain.proceed(request);
    }

    @Override
    public void close() {
        transport.close();
    }
}
