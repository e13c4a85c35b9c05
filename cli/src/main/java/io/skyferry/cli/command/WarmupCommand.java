package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.CommandLineProgram;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.Services;
import io.skyferry.cli.Serving;
import io.skyferry.cli.console.Console;
import io.skyferry.cli.console.Output;
import io.skyferry.cli.option.HelpOption;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `skyferry warmup`: does typical work on files of its own, so that the JVM can keep what it learned by it.
///
/// The launcher runs it once under each set of JVM options while the JVM writes its cache.
@Command(
        name = "warmup",
        abbreviateSynopsis = true,
        description = {
            "Make the caches that let Skyferry start fast. The launcher does so after each build;",
            "do it again after another Java was installed."
        },
        footerHeading = "%nExamples:%n",
        footer = "  skyferry warmup")
public final class WarmupCommand implements Action {
    private static final List<String> PAGES =
            List.of("/health", "/ready", "/metrics", "/api/v1/openapi.json", "/api/v1/tasks", "/api/v1/nothing");

    private final Context context;
    private final List<String> failures = new ArrayList<>();

    @Option(names = "--service", hidden = true, description = "Warm up what the service does instead.")
    private boolean service;

    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private final HelpOption help = new HelpOption();

    /// A command in this context.
    public WarmupCommand(Context context) {
        this.context = context;
    }

    @Override
    public int act() {
        try {
            Path folder = Files.createTempDirectory("skyferry-warmup");
            try (var cleanup = new SpillFolder(folder)) {
                if (service) {
                    serve(cleanup.path());
                } else {
                    work(cleanup.path());
                }
            }
            failures.forEach(context.console().err()::line);
            return failures.isEmpty() ? ExitCodes.SUCCESS : ExitCodes.FAILED;
        } catch (IOException failure) {
            throw new UncheckedIOException("The warm-up needs a temporary folder", failure);
        }
    }

    /// Has a service on a free port answer itself.
    private void serve(Path folder) throws IOException {
        var wishes = new Serving.Wishes("127.0.0.1", 0, new Serving.Encryption.Usual());
        Path password = Files.writeString(folder.resolve("password"), "warm-up warm-up", StandardCharsets.UTF_8);
        Services own = context.services().at(folder.resolve("home"));
        run(own, "user", "add", "warm", "--role", "admin", "--password-file", password.toString());
        try (Serving.Running running = own.serving().start(wishes)) {
            for (int i = 0; i < 5; i++) {
                for (String page : PAGES) {
                    ask(URI.create(running.url()), "GET", page, "");
                }
                ask(URI.create(running.url()), "POST", "/api/v1/session", "{\"name\":\"warm\",\"password\":\"wrong\"}");
            }
        }
    }

    private static void ask(URI url, String method, String page, String body) throws IOException {
        try (var socket = new Socket(url.getHost(), url.getPort())) {
            String request = "%s %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\nContent-Type: application/json\r\n"
                            .formatted(method, page, url.getAuthority())
                    + "Content-Length: %s\r\n\r\n%s".formatted(body.length(), body);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
    }

    private void work(Path folder) throws IOException {
        Path source = folder.resolve("source");
        Path target = folder.resolve("target");
        for (int i = 0; i < 40; i++) {
            Path file = source.resolve("folder-" + i % 4).resolve("file-" + i + ".txt");
            Files.createDirectories(source.resolve("folder-" + i % 4));
            Files.writeString(file, "Content of file " + i, StandardCharsets.UTF_8);
        }
        // What is kept of the work is none of the user's.
        Services own = context.services().at(folder.resolve("home"));
        String from = source.toString();
        String to = target.toString();
        run(own, "--version");
        run(own, "--help");
        run(own, "sync", "--help");
        run(own, "ls", from);
        run(own, "lsf", "-R", "--format", "tsp", from);
        run(own, "lsjson", "-R", from);
        run(own, "size", from);
        run(own, "tree", from);
        run(own, "sync", "--dry-run", from, to);
        run(own, "sync", from, to);
        run(own, "sync", "--json", from, folder.resolve("target-2").toString());
        run(own, "sync", "-v", from, to);
        run(own, "copy", to, from);
        run(own, "check", from, to);
        run(own, "credential", "add", "warm", "--provider", "local", "--set", "path=" + from);
        run(own, "ls", "warm:");
        run(own, "delete", to);
        encrypt(own, folder, from);
        useBucket(own, folder, from);
    }

    private void useBucket(Services own, Path folder, String from) throws IOException {
        try (WarmBucket bucket = WarmBucket.open()) {
            String[] server = {
                "--s3-endpoint=" + bucket.url(),
                "--s3-provider=s3proxy",
                "--s3-region=us-east-1",
                "--s3-path-style",
                "--s3-access-key-id=warm",
                "--s3-secret-access-key=warm"
            };
            String there = "s3:warm/tree";
            runWith(server, own, "sync", from, there);
            runWith(named(server), own, "sync", "-q", from, there);
            // A server that has no address is refused, behind what every command that names none goes through.
            if (hasNoEndpoint()) {
                expect(ExitCodes.USAGE, own, "ls", "--s3-provider=minio", there);
            }
            runWith(server, own, "ls", there);
            runWith(server, own, "copy", there, folder.resolve("pulled").toString());
            runWith(server, own, "check", from, there);
            runWith(server, own, "delete", there);
        }
    }

    /// As most users have it: the key comes from the environment, where the launcher put it.
    private String[] named(String[] server) {
        boolean hasKey = context.console().environment().containsKey("AWS_ACCESS_KEY_ID");
        return hasKey ? new String[] {server[0], server[1]} : server;
    }

    private boolean hasNoEndpoint() {
        return context.console().environment().keySet().stream().noneMatch(name -> name.startsWith("AWS_ENDPOINT_URL"));
    }

    private void runWith(String[] options, Services services, String... arguments) {
        run(services, Stream.concat(Stream.of(arguments), Stream.of(options)).toArray(String[]::new));
    }

    private void encrypt(Services own, Path folder, String from) throws IOException {
        Path password = folder.resolve("password");
        Files.writeString(password, "warm-up", StandardCharsets.UTF_8);
        String option = "--crypt-password-file=" + password;
        String vault = "crypt:" + folder.resolve("vault");
        run(own, "sync", option, from, vault);
        run(own, "ls", option, vault);
        run(own, "copy", option, vault, folder.resolve("back").toString());
        run(own, "crypt", "encode", "--password-file", password.toString(), "folder/file.txt");
    }

    private void run(Services services, String... arguments) {
        expect(ExitCodes.SUCCESS, services, arguments);
    }

    private void expect(int wanted, Services services, String... arguments) {
        Console mine = context.console();
        var said = new ByteArrayOutputStream();
        var silent = new Console(
                new Output(OutputStream.nullOutputStream(), Output.Kind.PIPE),
                new Output(said, Output.Kind.PIPE),
                mine.environment(),
                mine.nanoTime());
        int code = new CommandLineProgram(silent, services).run(List.of(arguments));
        if (code != wanted) {
            failures.add("The warm-up's '%s' ended with %s:%n%s"
                    .formatted(arguments[0], code, said.toString(StandardCharsets.UTF_8)));
        }
    }
}
