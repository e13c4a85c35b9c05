package io.skyferry.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SystemDigestTest {
    @ParameterizedTest
    @ValueSource(strings = {"MD5", "SHA-1", "SHA-256"})
    void digestsOfTheSystemAreThoseOfTheJdk(String algorithm) {
        var random = new Random(11);
        byte[] bytes = new byte[300_000];
        random.nextBytes(bytes);
        Hasher known = new JdkHasher(algorithm);
        Hasher chosen =
                SystemDigest.of(algorithm).<Hasher>map(SystemHasher::new).orElse(new JdkHasher(algorithm));
        for (int round = 0; round < 50; round++) {
            int from = random.nextInt(100);
            int length = round < 25 ? random.nextInt(300) : random.nextInt(bytes.length - 100);
            int cut = length == 0 ? 0 : random.nextInt(length);
            known.update(bytes, from, length);
            chosen.update(bytes, from, cut);
            chosen.update(bytes, from + cut, length - cut);
            assertThat(chosen.hex()).as("%s bytes", length).isEqualTo(known.hex());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"MD5", "SHA-256"})
    void systemWithoutTheLibraryOrItsFunctionHasNone(String algorithm) {
        assertThat(SystemDigest.found(algorithm, List.of())).isEmpty();
        assertThat(SystemDigest.found(algorithm, List.of("libnowhere.so.9"))).isEmpty();
        assertThat(SystemDigest.found(algorithm, List.of("libc.so.6"))).isEmpty();
    }
}
