package io.skyferry.http;

/// Carries requests to servers and brings their replies; safe for many threads.
///
/// An exchange blocks its thread. An interrupt ends it at any moment: the connection is closed, the interrupt flag
/// stays set and [io.skyferry.storage.CancelledException] is thrown. Any reply of the server, also one that says
/// no, is a reply and no failure; redirects are replies too, unless a [RedirectFilter] follows them.
///
/// The one repetition a transport may do by itself: a request whose reused connection turns out to be closed before
/// one byte was answered is sent again over a new one, if [HttpRequest#mayBeResent] says so and its body can be
/// opened again.
public interface HttpTransport extends AutoCloseable {
    /// Sends one request and waits for the head of its reply.
    ///
    /// The caller closes the reply, whatever its status; its body is read from the connection as it is asked for.
    ///
    /// @throws HttpException if no reply came
    /// @throws io.skyferry.storage.CancelledException if the thread is told to stop
    HttpResponse exchange(HttpRequest request);

    /// Closes all connections, also those in use.
    @Override
    void close();
}
