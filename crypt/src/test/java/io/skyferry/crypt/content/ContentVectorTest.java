package io.skyferry.crypt.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.crypt.Hex;
import io.skyferry.crypt.box.Kernels;
import io.skyferry.crypt.box.SecretBox;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentVectorTest {
    private static final String MAGIC = "52434c4f4e450000";
    private static final SecretBox BOX =
            new SecretBox(Hex.SALTED.data(), Kernels.fixed("scalar").orElseThrow());

    private static byte[] sealed(byte[] plain, Nonce nonce) throws IOException {
        return new SealingStream(BOX, nonce, new ByteArrayInputStream(plain), 0, OptionalLong.empty(), BlockGuard.ONCE)
                .readAllBytes();
    }

    private static byte[] opened(byte[] file) throws IOException {
        var in = new ByteArrayInputStream(file);
        Nonce nonce = BoxFormat.nonceOf(in.readNBytes(32)).orElseThrow(() -> new DamagedException("no header"));
        return new OpeningStream(BOX, nonce, in, 0, OptionalLong.empty()).readAllBytes();
    }

    @Test
    void helloWorldIsEncryptedAsRcloneDoes() throws IOException {
        byte[] file =
                sealed(Hex.utf8("hello world\n"), Nonce.ofHex("6162636465666768696a6b6c6d6e6f707172737475767778"));

        assertThat(Hex.text(file))
                .isEqualTo(MAGIC + "6162636465666768696a6b6c6d6e6f707172737475767778"
                        + "40ce9e23f7ffd02bb0c9d403fa73afdb7309498beaf7980260e23aa3");
        assertThat(opened(file)).isEqualTo(Hex.utf8("hello world\n"));
    }

    @Test
    void emptyFileIsAHeader() throws IOException {
        byte[] file = sealed(new byte[0], new Nonce(0, 0, 0));

        assertThat(Hex.text(file)).isEqualTo(MAGIC + "00".repeat(24));
        assertThat(opened(file)).isEmpty();
    }

    @Test
    void oneZeroIsEncryptedAsRcloneDoes() throws IOException {
        byte[] file = sealed(new byte[1], Nonce.ofHex("000102030405060708090a0b0c0d0e0f1011121314151617"));

        assertThat(Hex.text(file))
                .isEqualTo(
                        MAGIC + "000102030405060708090a0b0c0d0e0f1011121314151617fea4219c4cac6af7eca6d51e4015ba4128");
    }

    @ParameterizedTest
    @CsvSource({
        "1, b7bf29f23fb36803a62159d1fd13b61124d730c915ff8abf, 44ee87ffcfde9d62b00da931a29a8b9bd2",
        "15, 263cbf880a68d1f003def294a9cb24a34b07be88bf382b49, d99e8cf01dcb9c32670f46c6d2baca07bf59c4c9b373ec0631a369ef75792f",
        "16, a8fab5d243c8fadb9acbd0f313229f8bccc1504ec99173d1, 6356809cd6cc4f39c3fe24c4684e1a1365d0fdc40f1282ed10dbb4822cdf56ce",
        "17, d69e86bd0e62db80e483045dc025fe6040430663b4c45ea0, fbff2b0c770ae76384a810aefaf7dd1573f716ef20a490a30ca9f9032143885735",
    })
    void shortFilesAreEncryptedAsRcloneDoes(int length, String nonce, String blocks) throws IOException {
        byte[] file = sealed(Hex.line(length, 7, 13), Nonce.ofHex(nonce));

        assertThat(Hex.text(file))
                .startsWith(MAGIC + nonce)
                .isEqualTo(MAGIC + nonce + Hex.text(Arrays.copyOfRange(file, 32, file.length)));
        assertThat(Hex.text(Arrays.copyOfRange(file, 32, file.length))).isEqualTo(blocks);
        assertThat(opened(file)).isEqualTo(Hex.line(length, 7, 13));
    }

    @Test
    void nonceThatWrapsToZeroIsEncryptedAsRcloneDoes() throws IOException {
        byte[] file = sealed(Hex.line(65_537, 7, 13), new Nonce(-1, -1, -1));

        assertThat(file).hasSize(65_601);
        assertThat(Hex.sha256(file)).isEqualTo("e3d069f056a7817c0c78b712ce683b222f2e6e7ece2b592d58ca3b3c180d468b");
    }

    @Test
    void nonceThatCarriesIsEncryptedAsRcloneDoes() throws IOException {
        byte[] file = sealed(Hex.line(131_073, 31, 5), new Nonce(0xFEFFFFL, 0, 0));

        assertThat(file).hasSize(131_153);
        assertThat(Hex.sha256(file)).isEqualTo("bb45683d03a9434e202dbf33486e1bee84bb8059b044534e34c807bcd8d2b69c");
    }

    @Test
    void everyMutationIsReadRefusedOrDamagedAndNeverAnythingElse() throws IOException {
        var random = new Random(23);
        byte[] whole = sealed(Hex.line(140_000, 5, 9), Nonce.draw(random));
        for (int i = 0; i < 300; i++) {
            byte[] file = i % 3 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length + 1)) : whole.clone();
            if (i % 3 != 0) {
                file[random.nextInt(file.length)] ^= (byte) (1 + random.nextInt(255));
            }
            try {
                byte[] plain = opened(file);
                assertThat(i % 3).as("only a cut at a block's edge may decrypt").isZero();
                assertThat((file.length - 32) % BoxFormat.SEALED_BLOCK).isZero();
                assertThat(plain).isEqualTo(Arrays.copyOf(Hex.line(140_000, 5, 9), plain.length));
            } catch (DamagedException damaged) {
                assertThat(damaged).hasMessageNotContaining("Exception");
            }
        }
    }

    @Test
    void blocksThatAreDroppedReorderedOrForeignDoNotDecrypt() throws IOException {
        byte[] plain = Hex.line(3 * BoxFormat.BLOCK, 3, 1);
        byte[] file = sealed(plain, new Nonce(1, 2, 3));
        byte[] other = sealed(plain, new Nonce(9, 9, 9));
        int size = BoxFormat.SEALED_BLOCK;

        byte[] dropped = new byte[file.length - size];
        System.arraycopy(file, 0, dropped, 0, 32);
        System.arraycopy(file, 32 + size, dropped, 32, dropped.length - 32);
        byte[] swapped = file.clone();
        System.arraycopy(file, 32, swapped, 32 + size, size);
        System.arraycopy(file, 32 + size, swapped, 32, size);
        byte[] foreign = file.clone();
        System.arraycopy(other, 32 + size, foreign, 32 + size, size);
        for (byte[] bad : new byte[][] {dropped, swapped, foreign}) {
            assertThatThrownBy(() -> opened(bad)).isInstanceOf(DamagedException.class);
        }
    }
}
