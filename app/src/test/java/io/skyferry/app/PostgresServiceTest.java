package io.skyferry.app;

import io.skyferry.testkit.servers.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class PostgresServiceTest extends ServiceChapter {
    private static final AtomicInteger MADE = new AtomicInteger();

    PostgresServiceTest(@TempDir Path folder) throws IOException, SQLException {
        super(new TaskWorld(folder, Optional.of(freshDatabase())));
    }

    static String freshDatabase() throws SQLException {
        return database("");
    }

    /// A database with what another one holds, to which nobody is connected.
    static String copyOf(String url) throws SQLException {
        return database(" template " + url.replaceAll("[?].*", "").replaceAll(".*/", ""));
    }

    private static String database(String how) throws SQLException {
        TestServer server = TestServer.of("postgres");
        String name = "skyferry" + MADE.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(address(server, "postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name + how);
        }
        return address(server, name);
    }

    private static String address(TestServer server, String database) {
        return "%s%s?user=%s&password=%s"
                .formatted(server.endpoint(), database, server.accessKeyId(), server.secretAccessKey());
    }
}
