package io.skyferry.cli;

import java.nio.file.Path;
import java.util.List;

/// Starts the service in this process.
public interface Serving {
    /// Where and how to listen.
    ///
    /// @param port 0: any that is free
    record Wishes(String host, int port, Encryption encryption) {}

    /// Whether others can read along.
    sealed interface Encryption {
        /// Without TLS on this machine alone, else with a certificate that the service makes for itself.
        record Usual() implements Encryption {}

        /// Without TLS, whoever can reach it.
        record Plain() implements Encryption {}

        /// With the user's own certificate.
        record Own(Path certificate, Path key) implements Encryption {}
    }

    /// A service that goes on.
    interface Running extends AutoCloseable {
        /// Where it answers.
        String url();

        /// What the user should know at the start: a setup link, a fingerprint, a warning.
        List<String> words();

        /// Waits until it is closed.
        void await() throws InterruptedException;

        /// Ends what goes on in order.
        @Override
        void close();
    }

    /// Starts it.
    ///
    /// @throws io.skyferry.control.run.RefusedException saying why it cannot be
    Running start(Wishes wishes);
}
