package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.Serving;
import io.skyferry.cli.option.HelpOption;
import io.skyferry.cli.option.UsageException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    @Option(
            names = "--for",
            hidden = true,
            paramLabel = "SET",
            description = "The set of JVM options that is warmed up: small, local, remote, hashing or serving.")
    private String set = "small";

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
                // What is kept of the work is none of the user's.
                var runs = new WarmRuns(context, cleanup.path());
                switch (set) {
                    case "small", "hashing" -> work(runs, cleanup.path());
                    case "local" -> new WarmTransfers(runs, cleanup.path()).local();
                    case "remote" -> new WarmTransfers(runs, cleanup.path()).remote();
                    case "serving" -> serve(runs, cleanup.path());
                    default ->
                        throw new UsageException(
                                "Want small, local, remote, hashing or serving but have '%s'".formatted(set));
                }
                runs.failures().forEach(context.console().err()::line);
                return runs.failures().isEmpty() ? ExitCodes.SUCCESS : ExitCodes.FAILED;
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("The warm-up needs a temporary folder", failure);
        }
    }

    /// Has a service on a free port answer itself.
    private static void serve(WarmRuns runs, Path folder) throws IOException {
        var wishes = new Serving.Wishes("127.0.0.1", 0, new Serving.Encryption.Usual());
        Path password = Files.writeString(folder.resolve("password"), "warm-up warm-up", StandardCharsets.UTF_8);
        runs.run("user", "add", "warm", "--role", "admin", "--password-file", password.toString());
        try (Serving.Running running = runs.services().serving().start(wishes)) {
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

    private static void work(WarmRuns runs, Path folder) throws IOException {
        Path source = WarmRuns.fill(folder.resolve("source"), 40);
        String from = source.toString();
        String to = folder.resolve("target").toString();
        runs.run("--version");
        runs.run("--help");
        runs.run("sync", "--help");
        runs.run("ls", from);
        runs.run("lsf", "-R", "--format", "tsp", from);
        runs.run("lsjson", "-R", from);
        runs.run("size", from);
        runs.run("tree", from);
        runs.run("sync", "--dry-run", from, to);
        runs.run("sync", from, to);
        runs.run("sync", "--json", from, folder.resolve("target-2").toString());
        runs.run("sync", "-v", from, to);
        runs.run("copy", to, from);
        runs.run("check", from, to);
        runs.run("credential", "add", "warm", "--provider", "local", "--set", "path=" + from);
        runs.run("ls", "warm:");
        runs.run("delete", to);
        encrypt(runs, folder, from);
        useBucket(runs, folder, from);
    }

    private static void useBucket(WarmRuns runs, Path folder, String from) throws IOException {
        try (WarmBucket bucket = WarmBucket.open()) {
            String[] server = bucket.options();
            String there = "s3:warm/tree";
            runs.runWith(server, "sync", from, there);
            runs.runWith(runs.named(bucket), "sync", "-q", from, there);
            runs.refuseBucketWithoutAddress();
            runs.runWith(server, "ls", there);
            runs.runWith(server, "copy", there, folder.resolve("pulled").toString());
            runs.runWith(server, "check", from, there);
            runs.runWith(server, "delete", there);
        }
    }

    private static void encrypt(WarmRuns runs, Path folder, String from) throws IOException {
        Path password = folder.resolve("password");
        Files.writeString(password, "warm-up", StandardCharsets.UTF_8);
        String option = "--crypt-password-file=" + password;
        String vault = "crypt:" + folder.resolve("vault");
        runs.run("sync", option, from, vault);
        runs.run("ls", option, vault);
        runs.run("copy", option, vault, folder.resolve("back").toString());
        runs.run("crypt", "encode", "--password-file", password.toString(), "folder/file.txt");
    }
}
