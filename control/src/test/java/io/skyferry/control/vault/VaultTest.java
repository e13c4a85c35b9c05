package io.skyferry.control.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VaultTest {
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG";
    private static final Spot SPOT = new Spot("credential_setting", 3, "secret-access-key");

    private final Path file;

    VaultTest(@TempDir Path folder) {
        this.file = folder.resolve("home").resolve("secret.key");
    }

    private Vault vault() {
        return new Vault(new KeyFile(file), SecureRandom::new);
    }

    private byte[] sealed() {
        return vault().seal(SPOT, SECRET, Vault.Standing.EMPTY);
    }

    @Test
    void whatWasSealedOpensInALaterProcess() {
        byte[] sealed = sealed();
        assertThat(vault().open(SPOT, sealed)).isEqualTo(SECRET);
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain(SECRET.substring(0, 6));
    }

    @Test
    void sameSecretIsSealedOtherwiseEachTime() {
        assertThat(sealed()).isNotEqualTo(sealed());
    }

    @Test
    void keyFileIsForItsOwnerAlone() throws IOException {
        sealed();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(file.getParent()).isDirectoryContaining(path -> path.equals(file));
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void sealedSecretOpensAtItsOwnSpotAlone() {
        byte[] sealed = sealed();
        for (Spot other : new Spot[] {
            new Spot("credential_setting", 4, "secret-access-key"),
            new Spot("credential_setting", 3, "session-token"),
            new Spot("task", 3, "secret-access-key")
        }) {
            assertThatThrownBy(() -> vault().open(other, sealed))
                    .isInstanceOf(VaultException.class)
                    .hasMessageContaining("belongs elsewhere");
        }
    }

    @Test
    void everyChangedByteIsFound() {
        byte[] sealed = sealed();
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> vault().open(SPOT, changed))
                    .isInstanceOf(VaultException.class)
                    .hasMessageNotContaining(SECRET);
        }
        assertThatThrownBy(() -> vault().open(SPOT, new byte[5])).isInstanceOf(VaultException.class);
    }

    @Test
    void missingKeyFileIsNotReplacedWhereSomethingIsSealed() throws IOException {
        byte[] sealed = sealed();
        Files.delete(file);
        assertThatThrownBy(() -> vault().open(SPOT, sealed))
                .isInstanceOf(VaultException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("not there");
        assertThatThrownBy(() -> vault().seal(SPOT, SECRET, Vault.Standing.IN_USE))
                .isInstanceOf(VaultException.class);
        assertThat(file).doesNotExist();
    }

    @Test
    void otherKeyIsToldFromChangedBytes() throws IOException {
        byte[] sealed = sealed();
        Files.delete(file);
        sealed();
        assertThatThrownBy(() -> vault().open(SPOT, sealed))
                .isInstanceOf(VaultException.class)
                .hasMessageContaining("holds another one");
    }

    @Test
    void olderKeysBehindTheCurrentOneStillOpen() throws IOException {
        byte[] old = sealed();
        String oldKeys = Files.readString(file);
        Files.delete(file);
        byte[] current = sealed();
        Files.writeString(file, Files.readString(file) + oldKeys);
        assertThat(vault().open(SPOT, old)).isEqualTo(SECRET);
        assertThat(vault().open(SPOT, current)).isEqualTo(SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----"})
    void keyFileThatOthersCanUseIsRefused(String permissions) throws IOException {
        byte[] sealed = sealed();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        assertThatThrownBy(() -> vault().open(SPOT, sealed))
                .isInstanceOf(VaultException.class)
                .hasMessageContaining("chmod 600");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing\n", "aes256 c2hvcnQ=\n", "hunter2\n"})
    void keyFileWithoutAKeyIsRefusedAndNotQuoted(String content) throws IOException {
        byte[] sealed = sealed();
        Files.writeString(file, content);
        assertThatThrownBy(() -> vault().open(SPOT, sealed))
                .isInstanceOf(VaultException.class)
                .hasMessageContaining("aes256 KEY")
                .hasMessageNotContaining("hunter2")
                .hasMessageNotContaining("c2hvcnQ");
    }

    /// Made by another program (Python's `hmac` for RFC 5869, and its package `cryptography` for AES-GCM), and a later
    /// version must open what an earlier one sealed.
    @Test
    void formatStaysAsItIs() throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "aes256 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        String sealed =
                "01e8559be17a5077876465666768696a6b6c6d6e6f8302fe8cf1480197479848d1be4b7e4b2dec543369e4083fe44eb7"
                        + "ac95d04787b1ac5882d6";
        assertThat(vault().open(SPOT, HexFormat.of().parseHex(sealed))).isEqualTo(SECRET);
    }

    @Test
    void keyIsNeverSpelledOut() {
        var key = new MasterKey(new byte[MasterKey.BYTES]);
        assertThat(key.toString()).matches("MasterKey\\[[0-9a-f]{8}\\]");
    }
}
