import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/// What clients of TrueNAS's JSON-RPC cost a service: `java bench/Listeners.java URL KEY PID [SUBSCRIBERS QUERIERS SECONDS PAUSE]`.
///
/// So many clients subscribe to jobs, so many others ask for all tasks again and again, PAUSE milliseconds after each answer. It prints the
/// processor time and the memory of the service (the process PID) before and meanwhile.
public final class Listeners {
    private static final AtomicLong NEWS = new AtomicLong();
    private static final AtomicLong ANSWERS = new AtomicLong();

    private Listeners() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        String url = args[0].replaceFirst("^http", "ws") + "/api/current";
        int subscribers = number(args, 3, 200);
        int queriers = number(args, 4, 50);
        int seconds = number(args, 5, 30);
        int pause = number(args, 6, 1000);
        HttpClient http = HttpClient.newHttpClient();
        long idleMemory = resident(args[2]);
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < subscribers + queriers; i++) {
            var client = new Client(http, url);
            client.call("auth.login_with_api_key", "[\"%s\"]".formatted(args[1]));
            if (i < subscribers) {
                client.call("core.subscribe", "[\"core.get_jobs\"]");
            }
            clients.add(client);
        }
        long ticks = ticks(args[2]);
        long begun = System.nanoTime();
        for (Client client : clients.subList(subscribers, clients.size())) {
            Thread.ofVirtual().start(() -> client.askOn(pause));
        }
        long most = 0;
        while (System.nanoTime() - begun < seconds * 1_000_000_000L) {
            Thread.sleep(200);
            most = Math.max(most, resident(args[2]));
        }
        double took = (System.nanoTime() - begun) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%d subscribers, %d queriers, %.0f s: %.2f cores, %d MiB before, at most %d MiB, %.0f answers/s, %.0f news/s%n",
                subscribers,
                queriers,
                took,
                (ticks(args[2]) - ticks) / 100.0 / took,
                idleMemory >> 10,
                most >> 10,
                ANSWERS.get() / took,
                NEWS.get() / took);
        System.exit(0);
    }

    private static int number(String[] args, int index, int usual) {
        return index < args.length ? Integer.parseInt(args[index]) : usual;
    }

    private static long ticks(String pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", pid, "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }

    private static long resident(String pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", pid, "status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        return 0;
    }

    private static final class Client implements WebSocket.Listener {
        private final WebSocket socket;
        private final Semaphore answered = new Semaphore(0);

        Client(HttpClient http, String url) {
            socket = http.newWebSocketBuilder().buildAsync(URI.create(url), this).join();
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            if (last) {
                if (data.toString().contains("collection_update")) {
                    NEWS.incrementAndGet();
                } else {
                    ANSWERS.incrementAndGet();
                    answered.release();
                }
            }
            from.request(1);
            return null;
        }

        void call(String method, String params) throws InterruptedException {
            socket.sendText(
                            "{\"jsonrpc\":\"2.0\",\"id\":\"1\",\"method\":\"%s\",\"params\":%s}".formatted(method, params),
                            true)
                    .join();
            answered.acquire();
        }

        void askOn(int pause) {
            try {
                while (true) {
                    call("cloudsync.query", "[]");
                    Thread.sleep(pause);
                }
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
