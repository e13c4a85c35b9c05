package io.skyferry.control.alert;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/// Delivers by a command of the shell, which gets the notice as JSON on its standard input and in a few variables.
public final class CommandSender implements AlertSender {
    private static final int MOST_TOLD = 500;
    private final Duration patience;

    /// A command that takes longer is ended.
    public CommandSender(Duration patience) {
        this.patience = patience;
    }

    @Override
    public void send(Channel channel, String secret, Notice notice) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", channel.setting("command"));
        builder.redirectErrorStream(true);
        builder.environment().put("SKYFERRY_ALERT_RULE", notice.rule().name());
        builder.environment().put("SKYFERRY_ALERT_LEVEL", notice.rule().level().name());
        builder.environment().put("SKYFERRY_ALERT_STATE", notice.state().name());
        builder.environment().put("SKYFERRY_ALERT_OBJECT", notice.object());
        builder.environment().put("SKYFERRY_ALERT_TEXT", notice.words());
        Process process = builder.start();
        var told = new AtomicReference<>("");
        Thread reader = Thread.ofPlatform().daemon().start(() -> read(process, told));
        try {
            hand(process, notice);
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException(
                        "Want the command to end within %s seconds but it did not".formatted(patience.toSeconds()));
            }
            reader.join(patience);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("The command was stopped with the service", stopped);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new IOException("Want the command to end with 0 but it ended with %s: %s"
                    .formatted(process.exitValue(), told.get().strip()));
        }
    }

    /// A command need not read what it is given.
    private static void hand(Process process, Notice notice) {
        try (OutputStream in = process.getOutputStream()) {
            in.write((notice.json() + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException closed) {
            System.getLogger(CommandSender.class.getName())
                    .log(System.Logger.Level.DEBUG, "The command did not read the notice", closed);
        }
    }

    private static void read(Process process, AtomicReference<String> told) {
        try {
            byte[] head = process.getInputStream().readNBytes(MOST_TOLD);
            told.set(new String(head, StandardCharsets.UTF_8));
            process.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException closed) {
            System.getLogger(CommandSender.class.getName())
                    .log(System.Logger.Level.DEBUG, "The command was ended while it still wrote", closed);
        }
    }
}
