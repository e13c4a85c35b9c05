package io.skyferry.crypt.box;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/// Starts on wide loops and changes to what proves right and faster on this machine.
///
/// Vector code is slow until it is compiled, so a thread of low priority warms it up with a block of its
/// own while the work goes on; jobs that are over by then have lost nothing. A candidate is taken only if
/// all it ever computed here was right and it took less time than what is in use. To begin on plain
/// arithmetic and warm up wide loops beside it costs a short job twice what the loops themselves do.
public final class Kernels implements KernelChoice {
    /// Bytes of the block that candidates are tried with: one block of a file.
    static final int TRIAL = 64 << 10;

    private static final String VECTOR_MODULE = "jdk.incubator.vector";
    private static final int FEWEST_LANES = 8;

    /// Two for each block: 128 MiB, which takes a tenth of a second once the loops are compiled.
    private static final int CALLS_IN_TURN = 4096;

    /// Work worth warming up for: 8 MiB went by.
    private static final int CALLS_BEFORE_WARM_UP = 128;

    /// Blocks after which a candidate that is not faster yet is given up.
    private static final int WARM_UP_BLOCKS = 3000;

    /// Blocks between two looks at the clock: the work shall change over as soon as it pays.
    private static final int BLOCKS_A_LOOK = 100;

    private static final int TIMED_BLOCKS = 4;
    private static final int TIMED_ROUNDS = 3;

    private final LongSupplier nanos;
    private final int warmUpBlocks;
    private final AtomicInteger calls = new AtomicInteger();
    private volatile SecretBoxKernel current = new InTurn(new WideKernel(), CALLS_IN_TURN);

    /// @param nanos a clock to measure with, as [System#nanoTime]
    public Kernels(LongSupplier nanos) {
        this(nanos, WARM_UP_BLOCKS);
    }

    /// @param warmUpBlocks that a candidate computes before its time counts
    Kernels(LongSupplier nanos, int warmUpBlocks) {
        this.nanos = nanos;
        this.warmUpBlocks = warmUpBlocks;
    }

    /// The one for the whole process: it warms up once.
    public static Kernels shared() {
        return Shared.KERNELS;
    }

    /// Made when it is first asked for.
    private static final class Shared {
        private static final Kernels KERNELS = new Kernels(System::nanoTime);
    }

    /// Always the same implementation.
    ///
    /// @param name as [SecretBoxKernel#name]
    /// @return empty where there is none of that name on this machine
    public static Optional<KernelChoice> fixed(String name) {
        return all().stream()
                .filter(kernel -> kernel.name().equals(name))
                .findFirst()
                .map(kernel -> () -> kernel);
    }

    /// Every implementation that this machine can run, slowest first.
    public static List<SecretBoxKernel> all() {
        var vector = vector();
        return vector.isPresent()
                ? List.of(new ScalarKernel(), new WideKernel(), vector.orElseThrow())
                : List.of(new ScalarKernel(), new WideKernel());
    }

    private static Optional<SecretBoxKernel> vector() {
        if (ModuleLayer.boot().findModule(VECTOR_MODULE).isEmpty()
                || ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
            return Optional.empty();
        }
        try {
            return VectorKernel.lanes() < FEWEST_LANES ? Optional.empty() : Optional.of(new VectorKernel());
        } catch (LinkageError unsuitable) {
            // The module is an incubator's: another Java may have changed it. The other implementations do as well.
            return Optional.empty();
        }
    }

    @Override
    public SecretBoxKernel kernel() {
        if (calls.get() < CALLS_BEFORE_WARM_UP && calls.incrementAndGet() == CALLS_BEFORE_WARM_UP) {
            warmUp();
        }
        return current;
    }

    // A hint is all that the priority is: the work itself shall come first.
    @SuppressWarnings("ThreadPriorityCheck")
    private void warmUp() {
        Thread.ofPlatform()
                .name("crypt-warm-up")
                .daemon(true)
                .priority(Thread.MIN_PRIORITY)
                .start(this::settle);
    }

    /// Tries what may be faster than wide loops.
    void settle() {
        settle(vector().stream().toList());
    }

    /// Tries these candidates and keeps the fastest right one.
    void settle(List<SecretBoxKernel> candidates) {
        for (SecretBoxKernel candidate : candidates) {
            if (!candidate.name().equals(current.name()) && isRight(candidate) && overtakes(candidate)) {
                current = candidate;
            }
        }
    }

    /// Whether a candidate gives what plain arithmetic gives, at every kind of length.
    static boolean isRight(SecretBoxKernel candidate) {
        for (int length : new int[] {0, 1, 15, 16, 17, 63, 64, 65, 1023, 1025, 16_383, 16_400, TRIAL - 32, TRIAL}) {
            if (!Arrays.equals(trial(candidate, length), trial(new ScalarKernel(), length))) {
                return false;
            }
        }
        return true;
    }

    /// Whether a candidate becomes faster than what is in use while the compiler is busy with it.
    private boolean overtakes(SecretBoxKernel candidate) {
        byte[] want = trial(new ScalarKernel(), TRIAL);
        for (int block = 1; block <= warmUpBlocks; block++) {
            if (!Arrays.equals(trial(candidate, TRIAL), want)) {
                return false;
            }
            boolean isLook = block % BLOCKS_A_LOOK == 0 || block == warmUpBlocks;
            if (isLook && time(candidate) < time(current)) {
                return true;
            }
        }
        return false;
    }

    private long time(SecretBoxKernel kernel) {
        long best = Long.MAX_VALUE;
        for (int round = 0; round < TIMED_ROUNDS; round++) {
            long start = nanos.getAsLong();
            for (int block = 0; block < TIMED_BLOCKS; block++) {
                trial(kernel, TRIAL);
            }
            best = Math.min(best, nanos.getAsLong() - start);
        }
        return best;
    }

    /// The stream and the tag of some bytes; its counter runs over on the way.
    private static byte[] trial(SecretBoxKernel kernel, int length) {
        byte[] key = new byte[SecretBox.KEY];
        Arrays.fill(key, (byte) 0xF7);
        int[] words = new int[SecretBox.KEY / 4];
        Arrays.fill(words, 0x9E3779B9);
        byte[] bytes = new byte[length + SecretBox.TAG];
        kernel.xor(Salsa20.state(words, 1, 2, -5, 0), bytes, 0, bytes, 0, length);
        byte[] tag = new byte[SecretBox.TAG];
        kernel.tag(key, bytes, 0, length, tag);
        System.arraycopy(tag, 0, bytes, length, tag.length);
        return bytes;
    }
}
