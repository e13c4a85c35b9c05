package io.skyferry.control.runs;

import io.skyferry.control.store.Session;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// A process that does runs, as the others on the same database see it.
///
/// @param begun when the process began, in milliseconds: a number may be given to another process later
/// @param serving whether it does whatever is due; else it does one run and ends
/// @param url where it can be spoken to; empty: nowhere
record Node(String id, String host, long pid, long begun, boolean serving, String url) {
    private static final Duration SILENCE = Duration.ofSeconds(45);
    private static final AtomicLong BEGUN_HERE = new AtomicLong();
    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    /// This process.
    static Node here(boolean serving, String url) {
        ProcessHandle process = ProcessHandle.current();
        String host = hostName();
        long begun = begun(process);
        // A process may do runs more than once, one after the other or at a time.
        String id = "%s-%s-%s-%s".formatted(host, process.pid(), begun, BEGUN_HERE.incrementAndGet());
        return new Node(id, host, process.pid(), begun, serving, url);
    }

    private static String hostName() {
        try {
            if (Files.exists(HOST_NAME)) {
                return Files.readString(HOST_NAME, StandardCharsets.UTF_8).strip();
            }
            return InetAddress.getLocalHost().getHostName();
        } catch (IOException unknown) {
            return "localhost";
        }
    }

    private static long begun(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    void tell(Session session, Instant now) throws SQLException {
        session.change(
                "insert into node(id, host, pid, begun, serving, url, heartbeat) values (?, ?, ?, ?, ?, ?, ?)"
                        + " on conflict(id) do update set heartbeat = excluded.heartbeat, serving = excluded.serving,"
                        + " url = excluded.url",
                id,
                host,
                pid,
                begun,
                serving ? 1L : 0L,
                url,
                now.toEpochMilli());
    }

    void leave(Session session) throws SQLException {
        session.change("delete from node where id = ?", id);
    }

    /// A process that was known, and when it told of itself last.
    record Known(Node node, Instant heartbeat) {}

    static List<Known> all(Session session) throws SQLException {
        return session.list(
                "select id, host, pid, begun, serving, url, heartbeat from node",
                row -> new Known(
                        new Node(
                                row.getString(1),
                                row.getString(2),
                                row.getLong(3),
                                row.getLong(4),
                                row.getLong(5) == 1,
                                row.getString(6)),
                        Instant.ofEpochMilli(row.getLong(7))));
    }

    /// Whether the process still lives: of one on this machine the system knows, of others their silence tells.
    static boolean isAlive(Known known, Instant now) {
        Node node = known.node();
        if (node.host().equals(hostName())) {
            Optional<ProcessHandle> process = ProcessHandle.of(node.pid());
            return process.isPresent()
                    && process.orElseThrow().isAlive()
                    && (node.begun() == 0 || begun(process.orElseThrow()) == node.begun());
        }
        return known.heartbeat().plus(SILENCE).isAfter(now);
    }
}
