package io.skyferry.crypt.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BoxFormatTest {
    @ParameterizedTest
    @CsvSource({"0, 32", "1, 49", "12, 60", "65535, 65583", "65536, 65584", "65537, 65601", "1048576, 1048864"})
    void sizesAreThoseOfRclone(long plain, long sealed) {
        assertThat(BoxFormat.sealedSize(plain)).isEqualTo(sealed);
        assertThat(BoxFormat.plainSize(sealed)).hasValue(plain);
        assertThat(BoxFormat.largestIn(sealed)).hasValue(plain);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 31, 33, 48, 65585, 65600})
    void sizesThatNoEncryptedFileHasAreTold(long sealed) {
        assertThat(BoxFormat.plainSize(sealed)).isEmpty();
    }

    @Test
    void largestContentIsTheLargestThatFits() {
        for (long limit = 32; limit < 200_000; limit += 7) {
            long largest = BoxFormat.largestIn(limit).orElseThrow();
            assertThat(BoxFormat.sealedSize(largest)).isLessThanOrEqualTo(limit);
            assertThat(BoxFormat.sealedSize(largest + 1)).isGreaterThan(limit);
        }
        assertThat(BoxFormat.largestIn(31)).isEqualTo(OptionalLong.empty());
    }

    @Test
    void nonceCountsAsOneNumberOf192Bits() {
        var random = new Random(3);
        BigInteger all = BigInteger.ONE.shiftLeft(192);
        for (int i = 0; i < 3000; i++) {
            Nonce nonce = new Nonce(edge(random), edge(random), edge(random));
            long blocks = random.nextLong(1L << (1 + random.nextInt(46)));
            BigInteger want = number(nonce).add(BigInteger.valueOf(blocks)).mod(all);
            assertThat(number(nonce.plus(blocks))).isEqualTo(want);
        }
    }

    private static long edge(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> -1;
            case 1 -> 0;
            case 2 -> -1L - random.nextInt(100_000);
            default -> random.nextLong();
        };
    }

    private static BigInteger number(Nonce nonce) {
        byte[] bytes = nonce.bytes();
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return new BigInteger(1, reversed);
    }
}
