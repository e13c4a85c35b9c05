package io.skyferry.crypt.box;

/// Plain arithmetic: no warm-up to speak of, right on every machine.
final class ScalarKernel implements SecretBoxKernel {
    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public void xor(int[] state, byte[] from, int fromAt, byte[] to, int toAt, int length) {
        int[] counting = state.clone();
        int[] block = new int[Salsa20.WORDS];
        int done = 0;
        for (; length - done >= Salsa20.BLOCK; done += Salsa20.BLOCK) {
            Salsa20.block(counting, block);
            Salsa20.advance(counting, 1);
            combine(block, from, fromAt + done, to, toAt + done);
        }
        if (done < length) {
            Salsa20.block(counting, block);
            combineRest(block, from, fromAt + done, to, toAt + done, length - done);
        }
    }

    private static void combine(int[] block, byte[] from, int fromAt, byte[] to, int toAt) {
        for (int i = 0; i < Salsa20.WORDS; i++) {
            int word = (int) Salsa20.INTS.get(from, fromAt + 4 * i) ^ block[i];
            Salsa20.INTS.set(to, toAt + 4 * i, word);
        }
    }

    private static void combineRest(int[] block, byte[] from, int fromAt, byte[] to, int toAt, int length) {
        for (int i = 0; i < length; i++) {
            to[toAt + i] = (byte) (from[fromAt + i] ^ (block[i >> 2] >>> (8 * (i & 3))));
        }
    }

    @Override
    public void tag(byte[] key, byte[] message, int at, int length, byte[] tag) {
        var sum = new Poly1305(key);
        sum.absorb(message, at, length);
        sum.finish(tag);
    }
}
