package io.skyferry.server.tls;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// What people want to know of a certificate.
///
/// @param origin who made it
/// @param subject whose it is, as it says itself
/// @param issuer who vouches for it
/// @param names hosts and addresses for which it is good
/// @param fingerprint SHA-256, as browsers show it
public record CertificateFacts(
        Origin origin,
        String subject,
        String issuer,
        List<String> names,
        Instant from,
        Instant until,
        String fingerprint) {
    private static final Duration SOON = Duration.ofDays(14);

    /// Who made a certificate.
    public enum Origin {
        /// The service itself, at its first start.
        THIS_SERVICE,
        /// Whoever runs it brought it along.
        ITS_OWNER
    }

    /// Makes the list unchangeable.
    public CertificateFacts {
        names = List.copyOf(names);
    }

    /// Of the certificate in a store.
    ///
    /// @throws IllegalArgumentException if there is none
    public static CertificateFacts of(KeyStore store) {
        try {
            for (String alias : Collections.list(store.aliases())) {
                if (store.getCertificate(alias) instanceof X509Certificate certificate) {
                    return of(certificate, Certificates.fingerprint(store));
                }
            }
        } catch (GeneralSecurityException unusable) {
            throw new IllegalStateException("Want to read the certificate", unusable);
        }
        throw new IllegalArgumentException("Want a certificate in the store but have none");
    }

    private static CertificateFacts of(X509Certificate certificate, String fingerprint)
            throws GeneralSecurityException {
        String subject = certificate.getSubjectX500Principal().getName();
        String issuer = certificate.getIssuerX500Principal().getName();
        boolean isOurs = subject.equals(Certificates.NAME) && issuer.equals(Certificates.NAME);
        List<String> names = Optional.ofNullable(certificate.getSubjectAlternativeNames()).stream()
                .flatMap(Collection::stream)
                .map(pair -> String.valueOf(pair.get(1)))
                .toList();
        return new CertificateFacts(
                isOurs ? Origin.THIS_SERVICE : Origin.ITS_OWNER,
                subject,
                issuer,
                names,
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant(),
                fingerprint);
    }

    /// Whether it has to be renewed soon, or should have been.
    public boolean endsSoon(Instant now) {
        return !now.plus(SOON).isBefore(until);
    }

    /// Whether browsers refuse it, as its time is over.
    public boolean hasEnded(Instant now) {
        return !now.isBefore(until);
    }
}
