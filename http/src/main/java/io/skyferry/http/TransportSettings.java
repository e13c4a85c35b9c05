package io.skyferry.http;

import java.time.Duration;
import java.util.Optional;

/// How a transport goes about its work.
///
/// @param connectTimeout until a connection stands, TLS included
/// @param stallTimeout without a byte in either direction, also while a reply is waited for; not a total
/// @param continueWait how long a body is held back for a server that says nothing to `Expect: 100-continue`
/// @param keepAlive how long a connection that nobody uses is kept
/// @param maxConnections to all servers together; who wants one more waits for `connectTimeout` at most
/// @param maxHeadBytes of a reply
/// @param userAgent what we call ourselves
/// @param budget pays for all buffers
public record TransportSettings(
        Duration connectTimeout,
        Duration stallTimeout,
        Duration continueWait,
        Duration keepAlive,
        int maxConnections,
        int maxHeadBytes,
        String userAgent,
        Optional<ProxySettings> proxy,
        TlsSettings tls,
        ByteBudget budget) {
    private static final int MAX_HEAD = 64 * 1024;

    public TransportSettings {
        if (maxConnections < 1) {
            throw new IllegalArgumentException("Want at least one connection but have %s".formatted(maxConnections));
        }
        if (maxHeadBytes < 1024 || maxHeadBytes > ByteBudget.BULK) {
            throw new IllegalArgumentException(
                    "Want room for a head of 1 to 128 KiB but have %s bytes".formatted(maxHeadBytes));
        }
    }

    /// What suits most.
    public static TransportSettings defaults() {
        return new TransportSettings(
                Duration.ofSeconds(30),
                Duration.ofMinutes(5),
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                256,
                MAX_HEAD,
                "Skyferry",
                Optional.empty(),
                TlsSettings.DEFAULT,
                new ByteBudget(ByteBudget.DEFAULT_BYTES));
    }

    /// The same with these timeouts.
    public TransportSettings withTimeouts(Duration connect, Duration stall) {
        return new TransportSettings(
                connect, stall, continueWait, keepAlive, maxConnections, maxHeadBytes, userAgent, proxy, tls, budget);
    }

    /// The same with this wait for `100 Continue`.
    public TransportSettings withContinueWait(Duration wait) {
        return new TransportSettings(
                connectTimeout,
                stallTimeout,
                wait,
                keepAlive,
                maxConnections,
                maxHeadBytes,
                userAgent,
                proxy,
                tls,
                budget);
    }

    /// The same with so long a life for connections that nobody uses.
    public TransportSettings withKeepAlive(Duration idle) {
        return new TransportSettings(
                connectTimeout,
                stallTimeout,
                continueWait,
                idle,
                maxConnections,
                maxHeadBytes,
                userAgent,
                proxy,
                tls,
                budget);
    }

    /// The same with so many connections at most.
    public TransportSettings withMaxConnections(int max) {
        return new TransportSettings(
                connectTimeout,
                stallTimeout,
                continueWait,
                keepAlive,
                max,
                maxHeadBytes,
                userAgent,
                proxy,
                tls,
                budget);
    }

    /// The same under this name.
    public TransportSettings withUserAgent(String name) {
        return new TransportSettings(
                connectTimeout,
                stallTimeout,
                continueWait,
                keepAlive,
                maxConnections,
                maxHeadBytes,
                name,
                proxy,
                tls,
                budget);
    }

    /// The same through this proxy.
    public TransportSettings withProxy(ProxySettings through) {
        return new TransportSettings(
                connectTimeout,
                stallTimeout,
                continueWait,
                keepAlive,
                maxConnections,
                maxHeadBytes,
                userAgent,
                Optional.of(through),
                tls,
                budget);
    }

    /// The same with this trust.
    public TransportSettings withTls(TlsSettings trust) {
        return new TransportSettings(
                connectTimeout,
                stallTimeout,
                continueWait,
                keepAlive,
                maxConnections,
                maxHeadBytes,
                userAgent,
                proxy,
                trust,
                budget);
    }

    /// The same, its buffers paid from this budget.
    public TransportSettings withBudget(ByteBudget other) {
        return new TransportSettings(
                connectTimeout,
                stallTimeout,
                continueWait,
                keepAlive,
                maxConnections,
                maxHeadBytes,
                userAgent,
                proxy,
                tls,
                other);
    }
}
