package io.skyferry.server.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyStore;
import java.util.Optional;

/// Notices that the files with key and certificate were exchanged, so that a renewed certificate is used without
/// a restart.
///
/// What cannot be used, perhaps as only one of the two files is there yet, changes nothing and is looked at again.
public final class CertificateWatch {
    private static final System.Logger LOG = System.getLogger(CertificateWatch.class.getName());

    private final Path certificate;
    private final Path key;
    private Stamp used;
    private boolean complained;

    private record Stamp(FileTime certificate, long certificateBytes, FileTime key, long keyBytes) {
        static Stamp of(Path certificate, Path key) throws IOException {
            return new Stamp(
                    Files.getLastModifiedTime(certificate),
                    Files.size(certificate),
                    Files.getLastModifiedTime(key),
                    Files.size(key));
        }
    }

    /// Files that are in use as they are now.
    public CertificateWatch(Path certificate, Path key) throws IOException {
        this.certificate = certificate;
        this.key = key;
        this.used = Stamp.of(certificate, key);
    }

    /// Looks at the files.
    ///
    /// @return what is to be used from now on; empty: nothing has changed, or what is there cannot be used
    public Optional<KeyStore> look() {
        try {
            Stamp now = Stamp.of(certificate, key);
            if (now.equals(used)) {
                return Optional.empty();
            }
            KeyStore store = Certificates.fromPem(certificate, key);
            used = now;
            complained = false;
            LOG.log(System.Logger.Level.INFO, "A new certificate is used: {0}", Certificates.fingerprint(store));
            return Optional.of(store);
        } catch (IOException unusable) {
            if (!complained) {
                LOG.log(System.Logger.Level.WARNING, "The old certificate stays in use", unusable);
                complained = true;
            }
            return Optional.empty();
        }
    }
}
