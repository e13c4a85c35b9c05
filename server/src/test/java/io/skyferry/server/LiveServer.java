package io.skyferry.server;

import io.skyferry.control.alert.AlertWatch;
import io.skyferry.control.alert.Alerts;
import io.skyferry.control.alert.Channels;
import io.skyferry.control.audit.AuditLog;
import io.skyferry.control.audit.Caller;
import io.skyferry.control.audit.Role;
import io.skyferry.control.credential.Credentials;
import io.skyferry.control.credential.Kinds;
import io.skyferry.control.exchange.Imports;
import io.skyferry.control.json.JsonValue;
import io.skyferry.control.run.StorageOpener;
import io.skyferry.control.runs.Commands;
import io.skyferry.control.runs.Locks;
import io.skyferry.control.runs.RunFolder;
import io.skyferry.control.runs.Runs;
import io.skyferry.control.schedule.CronRuns;
import io.skyferry.control.setting.Settings;
import io.skyferry.control.store.AppDatabase;
import io.skyferry.control.store.SqliteDatabase;
import io.skyferry.control.task.Tasks;
import io.skyferry.control.user.ApiKeys;
import io.skyferry.control.user.Argon2;
import io.skyferry.control.user.LoginThrottle;
import io.skyferry.control.user.Logins;
import io.skyferry.control.user.Sessions;
import io.skyferry.control.user.SetupLink;
import io.skyferry.control.user.Users;
import io.skyferry.control.vault.KeyFile;
import io.skyferry.control.vault.Vault;
import io.skyferry.probe.StorageProbe;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageProvider;
import io.skyferry.storage.StorageSpec;
import io.skyferry.storage.Verb;
import io.skyferry.storage.WrongSettingException;
import io.skyferry.testkit.FakeClock;
import io.skyferry.testkit.MemoryStorage;
import io.skyferry.testkit.Traits;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A server on a free port over a database of its own, and what a client needs to speak to it.
public final class LiveServer implements AutoCloseable {
    private static final Caller ROOT = Caller.local("root");
    private final FakeClock clock = new FakeClock(Instant.parse("2026-11-21T16:40:01Z"));
    private final AppDatabase database;
    private final ServerParts parts;
    private final SkyferryServer server;
    private final MemoryStorage storage;

    /// A provider of one folder in memory.
    private record MemoryProvider(MemoryStorage storage) implements StorageProvider {
        @Override
        public String key() {
            return "memory";
        }

        @Override
        public List<Setting> settings() {
            return List.of(
                    new Setting("path", "Path", "Where it begins.", false, false),
                    new Setting("password", "Password", "What opens it.", true, true),
                    new Setting("endpoint", "Endpoint", "Any but 'nonsense'.", false, false));
        }

        @Override
        public void check(Map<String, String> settings) {
            if (settings.getOrDefault("endpoint", "").equals("nonsense")) {
                throw new WrongSettingException("endpoint", "Want a host as 'endpoint' but have 'nonsense'");
            }
        }

        @Override
        public Storage open(Map<String, String> settings) {
            return storage;
        }
    }

    private record OneStorage(MemoryStorage storage) implements StorageOpener {
        @Override
        public Storage open(StorageSpec spec) {
            return storage;
        }

        @Override
        public Map<Verb, Long> requests() {
            return Map.of();
        }
    }

    /// What a server answered.
    public record Answer(int status, String body, Map<String, List<String>> headers) {
        /// The body as an object.
        public JsonValue.Members members() {
            return (JsonValue.Members) JsonValue.parse(body);
        }

        /// The first header of this name; empty text where there is none.
        public String header(String name) {
            return headers.getOrDefault(name, List.of("")).getFirst();
        }

        /// A member that is a text or a number, in words.
        public String text(String name) {
            return switch (members().get(name).orElseThrow()) {
                case JsonValue.Text(String value) -> value;
                case JsonValue other -> other.toString();
            };
        }
    }

    /// A server whose files lie in this folder.
    public LiveServer(Path folder, Optional<KeyStore> tls) {
        database = new SqliteDatabase(folder.resolve("app.db"), clock::get);
        storage = new MemoryStorage("memory", Traits.DISK, clock);
        var vault = new Vault(new KeyFile(folder.resolve("secret.key")), SecureRandom::new);
        var kinds = new Kinds(List.of(new MemoryProvider(storage)));
        var credentials = new Credentials(database, vault, kinds, clock::get);
        var settings = new Settings(database, clock::get);
        ZoneId zone = ZoneId.of("Europe/Berlin");
        var tasks = new Tasks(database, vault, credentials, settings, new CronRuns(), clock::get, zone);
        var runs = new Runs(database, vault, tasks, new RunFolder(folder.resolve("runs")), clock::get);
        var users = new Users(database, new Argon2(new Argon2.Cost(64, 1, 1), SecureRandom::new), clock::get);
        var locks =
                new Locks(database, vault, _ -> new Commands.Answer(1, ""), folder.resolve("filesystems"), clock::get);
        var alerts = new Alerts(database, clock::get);
        parts = new ServerParts(
                database,
                users,
                new ApiKeys(database, SecureRandom::new, clock::get),
                new Sessions(database, SecureRandom::new, clock::get, Sessions.Limits.USUAL),
                new Logins(database, users, new LoginThrottle(clock::get), clock::get),
                new SetupLink(database, users, SecureRandom::new, clock::get),
                credentials,
                tasks,
                runs,
                locks,
                settings,
                alerts,
                new AlertWatch(
                        alerts, tasks, credentials, new CronRuns(), locks, clock::get, zone, () -> Long.MAX_VALUE),
                new Channels(database, vault, clock::get),
                new AuditLog(database),
                vault,
                new OneStorage(storage),
                new StorageProbe(new SecureRandom()),
                new PlainEncryption(),
                new Imports(database, in -> desk(in, vault, kinds, zone), clock::get),
                clock::get,
                zone,
                "test");
        server = SkyferryServer.start(parts, new SkyferryServer.Listen("127.0.0.1", 0, tls));
    }

    private Imports.Desk desk(AppDatabase in, Vault vault, Kinds kinds, ZoneId zone) {
        var accounts = new Credentials(in, vault, kinds, clock::get);
        var settings = new Settings(in, clock::get);
        return new Imports.Desk(accounts, new Tasks(in, vault, accounts, settings, new CronRuns(), clock::get, zone));
    }

    /// What the server is a skin over.
    public ServerParts parts() {
        return parts;
    }

    /// What time it is there.
    public FakeClock clock() {
        return clock;
    }

    /// The server itself.
    public SkyferryServer server() {
        return server;
    }

    /// The folder in memory.
    public MemoryStorage storage() {
        return storage;
    }

    /// A key of a new user.
    public String keyOf(String name, Role role) {
        parts.users().add(name, role, "password of " + name, ROOT);
        return parts.keys().make(name, "test", Optional.empty(), ROOT).text();
    }

    /// Asks with a key.
    public Answer ask(String key, String method, String path, String body) {
        return ask(method, path, Map.of("Authorization", "Bearer " + key), body);
    }

    /// Asks with headers of its own; by hand, as the JDK's clients keep some headers for themselves.
    public Answer ask(String method, String path, Map<String, String> headers, String body) {
        URI uri = URI.create(server.url());
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        var head = new StringBuilder("%s %s HTTP/1.1\r\n".formatted(method, path));
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.put("Host", uri.getAuthority());
        all.put("Connection", "close");
        all.put("Content-Length", Integer.toString(bytes.length));
        if (!body.isEmpty()) {
            all.put("Content-Type", "application/json");
        }
        all.putAll(headers);
        all.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        try (var socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.setSoTimeout(30_000);
            OutputStream out = socket.getOutputStream();
            out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
            out.write(bytes);
            out.flush();
            return answer(socket);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Answer answer(Socket socket) throws IOException {
        String text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int end = text.indexOf("\r\n\r\n");
        List<String> lines = text.substring(0, end).lines().toList();
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            headers.merge(
                    line.substring(0, colon), List.of(line.substring(colon + 1).strip()), LiveServer::both);
        }
        String body = text.substring(end + 4);
        boolean chunked = headers.containsKey("Transfer-Encoding");
        return new Answer(Integer.parseInt(lines.getFirst().split(" ", -1)[1]), chunked ? whole(body) : body, headers);
    }

    private static List<String> both(List<String> one, List<String> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }

    private static String whole(String chunks) {
        var text = new StringBuilder();
        int at = 0;
        while (true) {
            int line = chunks.indexOf("\r\n", at);
            int length = Integer.parseInt(chunks.substring(at, line), 16);
            if (length == 0) {
                return text.toString();
            }
            text.append(chunks, line + 2, line + 2 + length);
            at = line + 2 + length + 2;
        }
    }

    /// Lines of an event stream, as they come.
    public BufferedReader follow(String key) throws IOException {
        return follow(key, "");
    }

    /// The same with a query.
    public BufferedReader follow(String key, String query) throws IOException {
        var connection = (HttpURLConnection)
                URI.create(server.url() + "/api/v1/events" + query).toURL().openConnection();
        connection.setRequestProperty("Authorization", "Bearer " + key);
        connection.setReadTimeout(30_000);
        return new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        server.close();
        database.close();
    }
}
