package io.skyferry.control.runs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs small programs of the system and takes what they say.
@FunctionalInterface
public interface Commands {
    /// What came of a program.
    ///
    /// @param output both of its outputs
    record Answer(int exitCode, String output) {
        /// Whether it went well.
        public boolean isGood() {
            return exitCode == 0;
        }
    }

    /// Runs a program to its end.
    ///
    /// @throws IOException if it cannot be run, or does not end
    Answer run(List<String> words) throws IOException;

    /// The programs of this machine.
    static Commands ofSystem(Duration limit) {
        return words -> {
            Process process =
                    new ProcessBuilder(words).redirectErrorStream(true).start();
            try {
                process.getOutputStream().close();
                String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new IOException("'%s' does not end".formatted(words.getFirst()));
                }
                return new Answer(process.exitValue(), output.strip());
            } catch (InterruptedException interrupt) {
                Thread.currentThread().interrupt();
                throw new IOException("'%s' was interrupted".formatted(words.getFirst()), interrupt);
            } finally {
                process.destroyForcibly();
            }
        };
    }
}
