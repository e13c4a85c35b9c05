package io.skyferry.http;

import java.nio.file.Path;
import java.util.Optional;

/// Whom to trust and what to show.
///
/// @param authorities a PEM file with the certificates to trust instead of the JDK's own
/// @param client what to show to servers that ask who we are
public record TlsSettings(Optional<Path> authorities, Optional<ClientCertificate> client) {
    /// Trusts whom the JDK trusts, shows nothing.
    public static final TlsSettings DEFAULT = new TlsSettings(Optional.empty(), Optional.empty());

    /// Whether it says no more than [#DEFAULT]. A record's own comparison is linked at run time, which each command
    /// that talks to a server would wait for.
    boolean saysNothing() {
        return authorities.isEmpty() && client.isEmpty();
    }

    /// A certificate with its private key.
    public sealed interface ClientCertificate {
        /// From PEM files, which may be the same one.
        ///
        /// @param chain the certificate, then those that vouch for it
        /// @param key PKCS #8 in the clear
        record Pem(Path chain, Path key) implements ClientCertificate {}

        /// From a PKCS #12 file.
        record Pkcs12(Path file, String password) implements ClientCertificate {
            /// The file alone.
            @Override
            public String toString() {
                return "Pkcs12[" + file + "]";
            }
        }
    }
}
