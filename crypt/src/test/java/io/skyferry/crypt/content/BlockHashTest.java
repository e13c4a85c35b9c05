package io.skyferry.crypt.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.crypt.box.KernelChoice;
import io.skyferry.crypt.box.Kernels;
import io.skyferry.hash.Hasher;
import io.skyferry.storage.HashType;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BlockHashTest {
    private static final KernelChoice SCALAR = Kernels.fixed("scalar").orElseThrow();

    private final BlockHash hash = new BlockHash(new byte[32], SCALAR);

    private static byte[] block() {
        byte[] block = new byte[BoxFormat.BLOCK];
        new Random(7).nextBytes(block);
        return block;
    }

    @Test
    void everyByteOfABlockCounts() {
        byte[] block = block();
        Set<String> hashes = new HashSet<>(Set.of(hash.of(block, block.length)));
        for (int at = 0; at < block.length; at += at < 64 || at > block.length - 64 ? 1 : 61) {
            block[at] ^= 1;
            assertThat(hashes.add(hash.of(block, block.length)))
                    .as("byte %s", at)
                    .isTrue();
            block[at] ^= 1;
        }
    }

    @Test
    void lengthCounts() {
        byte[] zeros = new byte[BoxFormat.BLOCK];
        Set<String> hashes = new HashSet<>();
        for (int length = 1; length <= 300; length++) {
            assertThat(hashes.add(hash.of(zeros, length)))
                    .as("%s bytes", length)
                    .isTrue();
        }
        assertThat(hashes.add(hash.of(zeros, zeros.length))).isTrue();
    }

    @Test
    void bytesBehindTheLengthDoNot() {
        byte[] block = block();
        for (int length : new int[] {1, 7, 8, 9, 240, 241, 65_535}) {
            byte[] other = Arrays.copyOf(Arrays.copyOf(block, length), block.length);
            assertThat(hash.of(other, length)).isEqualTo(hash.of(block, length));
        }
    }

    @Test
    void anotherProcessWithTheSameKeyFindsTheSame() {
        byte[] block = block();
        assertThat(new BlockHash(new byte[32], Kernels.fixed("wide").orElseThrow()).of(block, 60_001))
                .isEqualTo(hash.of(block, 60_001));
    }

    @Test
    void nobodyWithoutTheKeyFindsIt() {
        byte[] block = block();
        byte[] other = new byte[32];
        other[31] = 1;
        assertThat(hash.of(block, block.length))
                .isNotEqualTo(new BlockHash(other, SCALAR).of(block, block.length))
                .isNotEqualTo(Hasher.hex(HashType.XXH128, block));
    }
}
