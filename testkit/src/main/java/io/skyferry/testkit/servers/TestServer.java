package io.skyferry.testkit.servers;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A real storage server that a script of `testservers/` runs on loopback, started when the first test asks for it
/// and ended with this virtual machine.
///
/// The script ends with its standard input, so that nothing stays behind however this process ends. A test whose
/// server lacks Debian packages is skipped and says which; `./test` installs them.
public final class TestServer {
    private static final int TRIES = 3;
    private static final long PATIENCE_SECONDS = 30;
    private static final Map<String, TestServer> RUNNING = new HashMap<>();

    private final Process script;
    private final Map<String, String> facts;

    private TestServer(Process script, Map<String, String> facts) {
        this.script = script;
        this.facts = Map.copyOf(facts);
    }

    /// The server of that name; one for all tests of this virtual machine.
    ///
    /// @param name of a script, without its ending
    public static TestServer of(String name) {
        String missing = ask(name, "--missing");
        assumeTrue(missing.isEmpty(), () -> "%s wants the Debian packages %s".formatted(name, missing));
        synchronized (RUNNING) {
            return RUNNING.computeIfAbsent(name, TestServer::started);
        }
    }

    /// What the script told under that name.
    public String fact(String name) {
        return Optional.ofNullable(facts.get(name))
                .orElseThrow(() ->
                        new IllegalArgumentException("Want one of %s but have '%s'".formatted(facts.keySet(), name)));
    }

    /// Where it listens, as a URL without a path.
    public String endpoint() {
        return fact("endpoint");
    }

    /// Who may use it.
    public String accessKeyId() {
        return fact("access-key-id");
    }

    /// The secret of who may use it.
    public String secretAccessKey() {
        return fact("secret-access-key");
    }

    /// The folder of scripts, at the top of the project.
    public static Path folder() {
        Path at = Path.of("").toAbsolutePath();
        while (at != null) {
            Path folder = at.resolve("testservers");
            if (Files.isDirectory(folder)) {
                return folder;
            }
            at = at.getParent();
        }
        throw new IllegalStateException("Want a folder 'testservers' above the working folder");
    }

    private static TestServer started(String name) {
        StringBuilder told = new StringBuilder();
        for (int attempt = 0; attempt < TRIES; attempt++) {
            Optional<TestServer> server = start(name, told);
            if (server.isPresent()) {
                Runtime.getRuntime()
                        .addShutdownHook(Thread.ofPlatform()
                                .unstarted(() -> server.orElseThrow().end()));
                return server.orElseThrow();
            }
        }
        throw new IllegalStateException("Want the server '%s' but it said:%n%s".formatted(name, told));
    }

    /// Somebody else may have taken its port in between: then it says nothing and is started again.
    private static Optional<TestServer> start(String name, StringBuilder told) {
        try {
            Path errors = Files.createTempFile("skyferry", ".err");
            try {
                Process process = command(name).redirectError(errors.toFile()).start();
                Map<String, String> facts = new LinkedHashMap<>();
                BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
                for (String line = out.readLine(); line != null; line = out.readLine()) {
                    if (line.equals("ready")) {
                        return Optional.of(new TestServer(process, facts));
                    }
                    int parting = line.indexOf('=');
                    facts.put(line.substring(0, Math.max(0, parting)), line.substring(parting + 1));
                }
                told.append(Files.readString(errors, StandardCharsets.ISO_8859_1));
                return Optional.empty();
            } finally {
                Files.delete(errors);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Runs a script to its end and gives what it said.
    private static String ask(String name, String option) {
        try {
            Process process = command(name, option).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new IllegalStateException("Want '%s %s' to work but it said '%s'".formatted(name, option, said));
            }
            return said;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a script ran", interrupt);
        }
    }

    private static ProcessBuilder command(String name, String... options) {
        var builder = new ProcessBuilder(folder().resolve(name + ".sh").toString());
        builder.command().addAll(Arrays.asList(options));
        return builder;
    }

    private void end() {
        try {
            script.getOutputStream().close();
            if (!script.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                script.destroy();
            }
        } catch (IOException gone) {
            // It ended before it was told to.
            script.destroy();
        } catch (InterruptedException interrupt) {
            // Nobody waits for us any more either; the script ends with its standard input.
            Thread.currentThread().interrupt();
        }
    }
}
