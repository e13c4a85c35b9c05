package io.skyferry.server.tls;

import io.skyferry.server.access.Access;
import java.security.KeyStore;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// How the service is reached, and the certificate that it shows at the moment.
public final class TlsInUse {
    private final Access.Door door;
    private final AtomicReference<Optional<CertificateFacts>> certificate;

    /// As the service begins.
    public TlsInUse(Access.Door door, Optional<KeyStore> store) {
        this.door = door;
        this.certificate = new AtomicReference<>(store.map(CertificateFacts::of));
    }

    /// Another one is shown from now on.
    public void use(KeyStore store) {
        certificate.set(Optional.of(CertificateFacts.of(store)));
    }

    /// Who can reach it, and whether by TLS.
    public Access.Door door() {
        return door;
    }

    /// What is known of the certificate; empty without TLS.
    public Optional<CertificateFacts> certificate() {
        return certificate.get();
    }
}
