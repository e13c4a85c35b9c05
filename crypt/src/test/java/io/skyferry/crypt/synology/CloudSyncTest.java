package io.skyferry.crypt.synology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.crypt.Hex;
import io.skyferry.crypt.content.DamagedException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class CloudSyncTest {
    /// Made by hand and read back by marnix/synology-decrypt.
    private static final byte[] VECTOR = Base64.getMimeDecoder().decode("""
            X19DTE9VRFNZTkNfRU5DX19kOGQ2YmE3YjlkZjAyZWYzOWEzM2VmOTEyYTkxZGM1NkIQAAhjb21wcmVzcwEBARAABmRpZ2VzdBAA
            A21kNRAACGVuY19rZXkxEABsaHVHYTdmdHVqalpwc2VOTkxTRU92UWxBdFcwck52b1lqZTZ0ajV3ZlpqV3p1UFc2cHdZdWxYZzVK
            bG9obDBvV0h4dmdEZno3cTlQcGdjZVhUSDdaUmRLb05NR0NoUEE2TzA4TU1wR2FYN3c9EAAHZW5jcnlwdAEBARAACWZpbGVfbmFt
            ZRAACnZlY3Rvci50eHQQAAlrZXkxX2hhc2gQACowMTIzNDU2Nzg5NzhkM2JlMjE1M2YwYTBjYzIyNzE0ZmYxZmJmYmYxY2UQAARz
            YWx0EAAIQWJDZEVmMTIQABBzZXNzaW9uX2tleV9oYXNoEAAqYWJjZGVmZ2hpamE1YWExZTA5N2M0M2FjMDNkZTgzMmY1MjYxMWVi
            NDRjEAAEdHlwZRAACG1ldGFkYXRhEAAHdmVyc2lvbkIQAAVtYWpvcgEBAxAABW1pbm9yAQEBQEBCEAAEZGF0YREAMNKykDsjcfxm
            iWTA4JfmI8EqJ/hKzfNEUgoa4FNdeoq9igN4anQzMayR6xLi2Pu2bxAABHR5cGUQAARkYXRhQEIQAAhmaWxlX21kNRAAIDI4NjJh
            ZjA1ZjUxN2M5NTY0MGYxMWZjOGY1OWQ4Nzk0EAAEdHlwZRAACG1ldGFkYXRhQA==
            """);

    private static final CloudSyncSecret PASSWORD = new CloudSyncSecret.Password(Hex.utf8("two-way vector"));

    private static byte[] decrypted(byte[] file, CloudSyncSecret secret) throws IOException {
        try (var plain = new CloudSyncStream(new ByteArrayInputStream(file), secret)) {
            return plain.readAllBytes();
        }
    }

    @Test
    void keysAreDerivedAsCloudSyncDoes() {
        assertThat(Hex.text(SessionKey.derive(Hex.utf8("synocrypto"), Hex.utf8("hnEnPWyu"))))
                .isEqualTo("29a63e045f53f7a1dbae700050bbb4a90836d1e5c42167b79efcf09015ab4eca"
                        + "0b18273c8a0231910d7f771ef33196d2");
    }

    @Test
    void checksumOfFramesIsXxHash() {
        assertThat(Xxh32.of(new byte[0], 0, 0)).isEqualTo(0x02CC5D05);
        assertThat(Xxh32.of(Hex.utf8("abc"), 0, 3)).isEqualTo(0x32D153FF);
    }

    @Test
    void fileThatAnotherProgramReadIsRead() throws IOException {
        assertThat(Hex.sha256(VECTOR)).isEqualTo("094d38fe055972369da8a3dcc3c386e90e87c89fe955741a5fa8c262ce295c6d");
        assertThat(decrypted(VECTOR, PASSWORD)).isEqualTo(Hex.utf8("three trees, one truth\n"));
    }

    @Test
    void wrongPasswordIsToldFromDamage() {
        assertThatThrownBy(() -> decrypted(VECTOR, new CloudSyncSecret.Password(Hex.utf8("another"))))
                .isInstanceOf(WrongSecretException.class);
        byte[] damaged = VECTOR.clone();
        damaged[VECTOR.length - 100] ^= 1;
        assertThatThrownBy(() -> decrypted(damaged, PASSWORD)).isInstanceOf(DamagedException.class);
    }

    @Test
    void nothingGivesNothing() throws IOException {
        assertThat(decrypted(new byte[0], PASSWORD)).isEmpty();
        assertThat(decrypted(new File(frame(), md5(new byte[0])).bytes(), PASSWORD))
                .isEmpty();
    }

    @Test
    void blocksThatReferToEarlierOnesAreRead() throws IOException {
        byte[] plain = Hex.utf8("abcdefgh" + "abcdefgh" + "abcdefghabcdef" + "xyzzy");
        byte[] first = stored(Hex.utf8("abcdefgh"));
        // No literals, 4 + 15 + 3 bytes from 8 back; then five letters.
        byte[] second = packed(HexFormat.of().parseHex("0f08000350" + Hex.text(Hex.utf8("xyzzy"))));
        byte[] file = new File(frame(first, second, sum(plain)), md5(plain)).bytes();

        assertThat(decrypted(file, PASSWORD)).isEqualTo(plain);
    }

    @Test
    void contentOfManyBlocksAndRecordsIsRead() throws IOException {
        byte[] plain = Hex.line(300_000, 7, 3);
        var blocks = new ByteArrayOutputStream();
        for (int at = 0; at < plain.length; at += 4096) {
            blocks.writeBytes(stored(Arrays.copyOfRange(plain, at, Math.min(plain.length, at + 4096))));
        }
        byte[] file = new File(frame(blocks.toByteArray(), sum(plain)), md5(plain)).bytes();

        assertThat(decrypted(file, PASSWORD)).isEqualTo(plain);
    }

    @Test
    void exportedPrivateKeyOpensTheFileToo() throws IOException, GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        var pair = generator.generateKeyPair();
        byte[] pkcs8 = pair.getPrivate().getEncoded();
        String bare = pem("RSA PRIVATE KEY", Arrays.copyOfRange(pkcs8, 26, pkcs8.length));
        Cipher rsa = Cipher.getInstance("RSA/ECB/OAEPPadding");
        rsa.init(
                Cipher.ENCRYPT_MODE,
                pair.getPublic(),
                new OAEPParameterSpec("SHA-1", "MGF1", MGF1ParameterSpec.SHA1, PSource.PSpecified.DEFAULT));
        byte[] plain = Hex.utf8("by key");
        var file = new File(frame(stored(plain), sum(plain)), md5(plain));
        file.key2 = Optional.of(Base64.getEncoder().encodeToString(rsa.doFinal(Hex.utf8(File.SESSION))));

        assertThat(decrypted(file.bytes(), CloudSyncSecret.Key.ofPem(Hex.utf8(bare))))
                .isEqualTo(plain);
        assertThat(decrypted(file.bytes(), CloudSyncSecret.Key.ofPem(Hex.utf8(pem("PRIVATE KEY", pkcs8)))))
                .isEqualTo(plain);
        byte[] other = generator.generateKeyPair().getPrivate().getEncoded();
        assertThatThrownBy(
                        () -> decrypted(file.bytes(), CloudSyncSecret.Key.ofPem(Hex.utf8(pem("PRIVATE KEY", other)))))
                .isInstanceOf(WrongSecretException.class);
        assertThatThrownBy(() -> CloudSyncSecret.Key.ofPem(Hex.utf8("no key")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String pem(String kind, byte[] der) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(kind, Base64.getMimeEncoder().encodeToString(der), kind);
    }

    @Test
    void cutFileNeverLooksWhole() {
        for (int length = 1; length < VECTOR.length; length++) {
            byte[] cut = Arrays.copyOf(VECTOR, length);
            assertThatThrownBy(() -> decrypted(cut, PASSWORD))
                    .as("%s bytes", length)
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void recordThatNeverEndsIsRefusedBeforeItFillsTheMemory() {
        var start = new ByteArrayOutputStream();
        start.writeBytes(Arrays.copyOf(VECTOR, 49));
        start.write(0x42);
        for (int outer = 0; outer < 60; outer++) {
            start.writeBytes(Hex.bytes("100001"));
            start.write(outer);
            start.write(0x42);
            for (int inner = 0; inner < 3; inner++) {
                start.writeBytes(Hex.bytes("100001"));
                start.write(inner);
                start.writeBytes(Hex.bytes("11ffff"));
                start.writeBytes(new byte[0xFFFF]);
            }
            start.write(0x40);
        }
        byte[] file = start.toByteArray();
        var read = new ByteArrayInputStream(file);

        assertThatThrownBy(() -> new CloudSyncStream(read, PASSWORD)).isInstanceOf(DamagedException.class);
        assertThat(file.length - read.available()).isLessThan(2 << 20);
    }

    @Test
    void contentWithAnotherChecksumThanItsOwnIsDamaged() throws IOException {
        byte[] plain = Hex.utf8("content");
        byte[] file = new File(frame(stored(plain), sum(plain)), md5(Hex.utf8("another"))).bytes();

        assertThatThrownBy(() -> decrypted(file, PASSWORD))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("checksum");
    }

    @Test
    void mutationsAreReadAsTheyWereOrRefused() {
        var random = new Random(17);
        for (int i = 0; i < 1500; i++) {
            byte[] file = VECTOR.clone();
            for (int change = 0; change <= i % 3; change++) {
                file[random.nextInt(file.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(decrypted(file, PASSWORD)).isEqualTo(Hex.utf8("three trees, one truth\n"));
            } catch (DamagedException | WrongSecretException refused) {
                assertThat(refused).hasMessageStartingWith("Want");
            } catch (IOException other) {
                throw new AssertionError("Want one of our own failures", other);
            }
        }
    }

    private static byte[] frame(byte[]... parts) {
        var frame = new ByteArrayOutputStream();
        frame.writeBytes(Hex.bytes("04224d1844405e"));
        for (byte[] part : parts) {
            frame.writeBytes(part);
        }
        if (parts.length == 0) {
            frame.writeBytes(sum(new byte[0]));
        }
        return frame.toByteArray();
    }

    private static byte[] stored(byte[] block) {
        return little(block.length | Integer.MIN_VALUE, block);
    }

    private static byte[] packed(byte[] block) {
        return little(block.length, block);
    }

    private static byte[] sum(byte[] plain) {
        return little(0, little(Xxh32.of(plain, 0, plain.length), new byte[0]));
    }

    private static byte[] little(int number, byte[] rest) {
        byte[] bytes = new byte[4 + rest.length];
        for (int i = 0; i < 4; i++) {
            bytes[i] = (byte) (number >>> (8 * i));
        }
        System.arraycopy(rest, 0, bytes, 4, rest.length);
        return bytes;
    }

    private static String md5(byte[] bytes) {
        return Hex.text(SessionKey.md5().digest(bytes));
    }

    /// An encrypted file as Cloud Sync makes it.
    private static final class File {
        static final String SESSION = "000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F";

        private final byte[] frame;
        private final String md5;
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private Optional<String> key2 = Optional.empty();

        File(byte[] frame, String md5) {
            this.frame = frame;
            this.md5 = md5;
        }

        byte[] bytes() {
            out.reset();
            byte[] password = Hex.utf8("two-way vector");
            out.writeBytes(Hex.utf8("__CLOUDSYNC_ENC__d8d6ba7b9df02ef39a33ef912a91dc56B"));
            text(
                    "enc_key1",
                    Base64.getEncoder()
                            .encodeToString(
                                    encrypted(SessionKey.derive(password, Hex.utf8("AbCdEf12")), Hex.utf8(SESSION))));
            key2.ifPresent(key -> text("enc_key2", key));
            text("key1_hash", "0123456789" + md5(join(Hex.utf8("0123456789"), password)));
            text("salt", "AbCdEf12");
            text("session_key_hash", "abcdefghij" + md5(join(Hex.utf8("abcdefghij"), Hex.utf8(SESSION))));
            text("type", "metadata");
            name("version");
            out.writeBytes(new byte[] {'B'});
            name("major");
            out.writeBytes(new byte[] {1, 1, 3, '@', '@'});
            byte[] data = encrypted(SessionKey.derive(HexFormat.of().parseHex(SESSION), new byte[0]), frame);
            for (int at = 0; at < data.length; at += 8192) {
                byte[] chunk = Arrays.copyOfRange(data, at, Math.min(data.length, at + 8192));
                out.write('B');
                name("data");
                out.writeBytes(new byte[] {0x11, (byte) (chunk.length >> 8), (byte) chunk.length});
                out.writeBytes(chunk);
                text("type", "data");
                out.write('@');
            }
            out.write('B');
            text("file_md5", md5);
            text("type", "metadata");
            out.write('@');
            return out.toByteArray();
        }

        private void text(String name, String value) {
            name(name);
            name(value);
        }

        private void name(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            out.writeBytes(new byte[] {0x10, (byte) (bytes.length >> 8), (byte) bytes.length});
            out.writeBytes(bytes);
        }

        private static byte[] join(byte[] a, byte[] b) {
            byte[] whole = Arrays.copyOf(a, a.length + b.length);
            System.arraycopy(b, 0, whole, a.length, b.length);
            return whole;
        }

        private static byte[] encrypted(byte[] derived, byte[] plain) {
            try {
                Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
                cipher.init(
                        Cipher.ENCRYPT_MODE,
                        new SecretKeySpec(Arrays.copyOf(derived, 32), "AES"),
                        new IvParameterSpec(derived, 32, 16));
                return cipher.doFinal(plain);
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }
}
