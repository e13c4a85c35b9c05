package io.skyferry.server.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Key and certificate of the service.
public final class Certificates {
    /// What certificates are called that the service makes for itself.
    static final String NAME = "CN=Skyferry";

    private static final Duration GOOD_FOR = Duration.ofDays(3650);
    private static final String ALIAS = "skyferry";
    /// The file is readable by its owner alone; a password beside it would add nothing.
    private static final char[] PASSWORD = "skyferry".toCharArray();

    private Certificates() {}

    /// What the password of all stores made here is.
    public static String password() {
        return new String(PASSWORD);
    }

    /// Key and certificate from PEM files.
    ///
    /// @throws IOException saying which file cannot be used and why; never with the key
    public static KeyStore fromPem(Path certificate, Path key) throws IOException {
        try (InputStream in = Files.newInputStream(certificate)) {
            Collection<? extends Certificate> chain =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (chain.isEmpty()) {
                throw new IOException("Want a certificate in '%s' but have none".formatted(certificate));
            }
            PrivateKey secret = privateKey(key);
            if (!belong(secret, chain.iterator().next().getPublicKey())) {
                throw new IOException(
                        "Want the key of the certificate '%s' but '%s' holds another one".formatted(certificate, key));
            }
            return store(secret, List.copyOf(chain));
        } catch (NoSuchFileException missing) {
            throw new IOException(
                    "Want a certificate and its key in PEM but '%s' is not there".formatted(missing.getFile()),
                    missing);
        } catch (GeneralSecurityException unreadable) {
            throw new IOException(
                    "Want a certificate in '%s' and its key in '%s' but cannot use them".formatted(certificate, key),
                    unreadable);
        }
    }

    /// Whether what one signs the other takes: a server with a key that is not its certificate's answers nobody.
    private static boolean belong(PrivateKey secret, PublicKey open) throws GeneralSecurityException {
        String algorithm = switch (secret.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> secret.getAlgorithm();
        };
        byte[] any = "skyferry".getBytes(StandardCharsets.US_ASCII);
        try {
            Signature signing = Signature.getInstance(algorithm);
            signing.initSign(secret);
            signing.update(any);
            byte[] signature = signing.sign();
            Signature checking = Signature.getInstance(algorithm);
            checking.initVerify(open);
            checking.update(any);
            return checking.verify(signature);
        } catch (InvalidKeyException otherKind) {
            return false;
        }
    }

    private static PrivateKey privateKey(Path file) throws IOException {
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.US_ASCII);
                var parser = new PEMParser(reader)) {
            var converter = new JcaPEMKeyConverter();
            for (Object found = parser.readObject(); found != null; found = parser.readObject()) {
                if (found instanceof PEMKeyPair pair) {
                    return converter.getKeyPair(pair).getPrivate();
                }
                if (found instanceof PrivateKeyInfo info) {
                    return converter.getPrivateKey(info);
                }
            }
            throw new IOException("Want a private key without a password in '%s' but have none".formatted(file));
        }
    }

    private static KeyStore store(PrivateKey key, List<Certificate> chain)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, PASSWORD);
        store.setKeyEntry(ALIAS, key, PASSWORD, chain.toArray(Certificate[]::new));
        return store;
    }

    /// Key and certificate that this service made for itself; made now where the file is not there.
    ///
    /// @param hosts names and addresses under which it is reached
    /// @throws IOException if the file cannot be read or written
    public static KeyStore ownIn(Path file, Set<String> hosts, SecureRandom random, Instant now) throws IOException {
        try {
            if (Files.exists(file)) {
                try (InputStream in = Files.newInputStream(file)) {
                    KeyStore store = KeyStore.getInstance("PKCS12");
                    store.load(in, PASSWORD);
                    return store;
                }
            }
            KeyStore made = make(hosts, random, now);
            write(file, made);
            return made;
        } catch (GeneralSecurityException | OperatorCreationException unusable) {
            throw new IOException("Want a certificate in '%s' but cannot use or make it".formatted(file), unusable);
        }
    }

    private static KeyStore make(Set<String> hosts, SecureRandom random, Instant now)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        KeyPair pair = generator.generateKeyPair();
        var name = new X500Name(NAME);
        var builder = new JcaX509v3CertificateBuilder(
                name,
                new BigInteger(120, random),
                Date.from(now.minus(Duration.ofDays(1))),
                Date.from(now.plus(GOOD_FOR)),
                name,
                pair.getPublic());
        List<GeneralName> names = new ArrayList<>();
        hosts.stream().sorted().forEach(host -> names.add(new GeneralName(kindOf(host), host)));
        builder.addExtension(
                Extension.subjectAlternativeName, false, new GeneralNames(names.toArray(GeneralName[]::new)));
        X509Certificate certificate = new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
        return store(pair.getPrivate(), List.of(certificate));
    }

    private static int kindOf(String host) {
        boolean isAddress = host.indexOf(':') >= 0 || host.matches("[0-9.]+");
        return isAddress ? GeneralName.iPAddress : GeneralName.dNSName;
    }

    private static void write(Path file, KeyStore store) throws IOException, GeneralSecurityException {
        Path part = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(part);
        FileAttribute<Set<PosixFilePermission>> own =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.createFile(part, own);
        try (OutputStream out = Files.newOutputStream(part, StandardOpenOption.WRITE)) {
            store.store(out, PASSWORD);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /// By which people can tell the certificate: SHA-256 as browsers show it.
    public static String fingerprint(KeyStore store) {
        try {
            for (String alias : Collections.list(store.aliases())) {
                Certificate certificate = store.getCertificate(alias);
                if (certificate != null) {
                    byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
                    return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
                }
            }
            throw new IllegalArgumentException("Want a certificate in the store but have none");
        } catch (GeneralSecurityException unusable) {
            throw new IllegalStateException("Want to read the certificate", unusable);
        }
    }
}
