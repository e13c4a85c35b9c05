package io.skyferry.crypt.box;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.bouncycastle.crypto.engines.XSalsa20Engine;
import org.bouncycastle.crypto.macs.Poly1305;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KernelsTest {
    static List<SecretBoxKernel> kernels() {
        return Kernels.all();
    }

    @Test
    void allImplementationsAreThereToBeTested() {
        assertThat(Kernels.all()).extracting(SecretBoxKernel::name).contains("scalar", "wide");
        assertThat(Kernels.fixed("none such")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void everyImplementationAgreesWithAnotherLibrary(SecretBoxKernel kernel) {
        var random = new Random(1);
        for (int length = 0; length < 70_000; length += length < 300 ? 1 : 311 + length / 9) {
            byte[] key = random(random, 32, length % 11 == 0);
            byte[] nonce = random(random, 24, false);
            byte[] plain = random(random, length, length % 5 == 0);
            byte[] want = reference(key, nonce, plain);
            byte[] have = new byte[length + 23];
            var box = new SecretBox(key, () -> kernel);

            box.seal(nonce, plain, 0, length, have, 7);
            assertThat(Arrays.copyOfRange(have, 7, have.length))
                    .as("%s bytes", length)
                    .isEqualTo(want);
            byte[] back = new byte[length + 3];
            assertThat(box.open(nonce, have, 7, length, back, 3)).isTrue();
            assertThat(Arrays.copyOfRange(back, 3, back.length)).isEqualTo(plain);
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void extremeSumsAreReducedRightly(SecretBoxKernel kernel) {
        byte[] message = new byte[4096];
        byte[] key = new byte[32];
        var random = new Random(4);
        for (int i = 0; i < 600; i++) {
            Arrays.fill(message, (byte) (i % 3 == 0 ? 0xFF : i % 3 == 1 ? 0 : random.nextInt()));
            random.nextBytes(key);
            if (i % 2 == 0) {
                Arrays.fill(key, 0, 16, (byte) (i % 4 == 0 ? 0xFF : 0x01));
            }
            int length = random.nextInt(message.length + 1);
            if (i % 5 == 0) {
                // Sums that end within a few of the modulus.
                Arrays.fill(key, 0, 16, (byte) 0);
                key[0] = (byte) random.nextInt(6);
                length &= 0x3F0;
                message[0] = (byte) random.nextInt(256);
            }
            var mac = new Poly1305();
            mac.init(new KeyParameter(key));
            mac.update(message, 0, length);
            byte[] want = new byte[16];
            mac.doFinal(want, 0);
            byte[] have = new byte[16];
            kernel.tag(key, message, 0, length, have);
            assertThat(have).isEqualTo(want);
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void counterOfTheStreamCarries(SecretBoxKernel kernel) {
        int[] state = new int[16];
        Arrays.setAll(state, i -> 77 * i);
        state[8] = -3;
        byte[] want = new byte[40_000];
        new ScalarKernel().xor(state, want, 0, want, 0, want.length);
        byte[] have = new byte[want.length];
        kernel.xor(state, have, 0, have, 0, have.length);

        assertThat(have).isEqualTo(want);
        assertThat(state[8]).isEqualTo(-3);
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void changedTagsAndBytesAreRefusedAndNothingIsGiven(SecretBoxKernel kernel) {
        var random = new Random(2);
        byte[] key = random(random, 32, false);
        byte[] nonce = random(random, 24, false);
        var box = new SecretBox(key, () -> kernel);
        byte[] sealed = new byte[516];
        box.seal(nonce, new byte[500], 0, 500, sealed, 0);
        for (int at = 0; at < sealed.length; at += 5) {
            sealed[at] ^= 4;
            byte[] plain = new byte[500];
            Arrays.fill(plain, (byte) 9);
            assertThat(box.open(nonce, sealed, 0, 500, plain, 0)).isFalse();
            assertThat(plain).containsOnly(9);
            sealed[at] ^= 4;
        }
    }

    @Test
    void fasterOneIsTakenAndSlowerOneIsNot() {
        Deque<Long> times = new ArrayDeque<>();
        var kernels = new Kernels(() -> times.isEmpty() ? 0 : times.pop(), 2);
        clock(times, 5, 10);
        kernels.settle(List.of(new Named("fast")));
        assertThat(kernels.kernel().name()).isEqualTo("fast");

        times.clear();
        clock(times, 10, 5);
        kernels.settle(List.of(new Named("slow")));
        assertThat(kernels.kernel().name()).isEqualTo("fast");
    }

    /// Readings for three rounds of a candidate, then three of what is in use.
    private static void clock(Deque<Long> times, long candidate, long current) {
        long now = 0;
        for (long took : new long[] {candidate, current}) {
            for (int round = 0; round < 3; round++) {
                times.add(now);
                now += took;
                times.add(now);
            }
        }
    }

    @Test
    void wrongOneIsNeverTakenHoweverFast() {
        var kernels = new Kernels(() -> 0, 2);
        kernels.settle(List.of(new Wrong()));

        assertThat(kernels.kernel().name()).isEqualTo("wide");
    }

    private static byte[] random(Random random, int length, boolean ones) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        if (ones) {
            Arrays.fill(bytes, (byte) 0xFF);
        }
        return bytes;
    }

    private static byte[] reference(byte[] key, byte[] nonce, byte[] plain) {
        var stream = new XSalsa20Engine();
        stream.init(true, new ParametersWithIV(new KeyParameter(key), nonce));
        byte[] macKey = new byte[32];
        stream.processBytes(macKey, 0, 32, macKey, 0);
        byte[] box = new byte[16 + plain.length];
        stream.processBytes(plain, 0, plain.length, box, 16);
        var mac = new Poly1305();
        mac.init(new KeyParameter(macKey));
        mac.update(box, 16, plain.length);
        mac.doFinal(box, 0);
        return box;
    }

    /// Right, under another name.
    private record Named(String name) implements SecretBoxKernel {
        @Override
        public void xor(int[] state, byte[] from, int fromAt, byte[] to, int toAt, int length) {
            new ScalarKernel().xor(state, from, fromAt, to, toAt, length);
        }

        @Override
        public void tag(byte[] key, byte[] message, int at, int length, byte[] tag) {
            new ScalarKernel().tag(key, message, at, length, tag);
        }
    }

    /// Does nothing, in no time.
    private record Wrong() implements SecretBoxKernel {
        @Override
        public String name() {
            return "wrong";
        }

        @Override
        public void xor(int[] state, byte[] from, int fromAt, byte[] to, int toAt, int length) {}

        @Override
        public void tag(byte[] key, byte[] message, int at, int length, byte[] tag) {}
    }
}
