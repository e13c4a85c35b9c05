package io.skyferry.hash;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.testkit.Cases;
import io.skyferry.testkit.ReferenceXxh128;
import org.junit.jupiter.api.Test;

class Xxh128AgainstReferenceTest {
    @Test
    void bytesTakenInAnyPiecesHashAsTheReferenceDoes() {
        Cases.of(400, (random, size) -> {
            byte[] bytes = new byte[random.nextInt(1 + size * size * 3)];
            random.nextBytes(bytes);
            var hasher = new Xxh128();
            for (int taken = 0; taken < bytes.length; ) {
                int count = 1 + random.nextInt(Math.min(bytes.length - taken, 5000));
                hasher.update(bytes, taken, count);
                taken += count;
            }
            assertThat(hasher.hex()).isEqualTo(ReferenceXxh128.hex(bytes));
        });
    }
}
