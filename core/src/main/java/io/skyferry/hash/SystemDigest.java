package io.skyferry.hash;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// A digest of the system's own libcrypto, where there is one that computes what it should.
///
/// The JDK's digests are as quick once its optimising compiler put the processor's instructions in their place. A
/// process of the quick compiler alone never gets there: its MD5 takes twice as long, its SHA-256 twenty times.
///
/// Source: the manual pages MD5_Init(3) and SHA256_Init(3) of OpenSSL.
final class SystemDigest {
    private static final List<String> LIBRARIES = List.of("libcrypto.so.3", "libcrypto.so.1.1");

    /// More than the largest context has: that of SHA-256 takes 28.
    private static final int CONTEXT_INTS = 64;

    /// Of the text of [#agreesWith], from an independent implementation.
    private static final Map<String, String> KNOWN = Map.of(
            "MD5", "830b92659ff1cbf876e6bd682a786a92",
            "SHA-1", "0575d9c61d68bd90397aea02b34f4744174f9737",
            "SHA-256", "89652a8793c3b5d34fb0dc814f064c6a452a52190696df2ef1431cfecf8bda42");

    private static final ConcurrentMap<String, Optional<SystemDigest>> FOUND = new ConcurrentHashMap<>();

    /// Linked when a library was found.
    private static final class Linked {
        /// All functions are called as one that takes a context, bytes and their number: linking a form costs
        /// milliseconds, and what a function does not ask for it does not see.
        private static final MethodHandle CALL = Linker.nativeLinker()
                .downcallHandle(
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG),
                        Linker.Option.critical(true));
    }

    private final MemorySegment update;
    private final MemorySegment last;
    private final int bytes;
    private final int[] fresh;

    private SystemDigest(MemorySegment update, MemorySegment last, int bytes, int[] fresh) {
        this.update = update;
        this.last = last;
        this.bytes = bytes;
        this.fresh = fresh;
    }

    /// @param algorithm MD5, SHA-1 or SHA-256, as the JDK names them
    static Optional<SystemDigest> of(String algorithm) {
        return FOUND.computeIfAbsent(algorithm, name -> isLinux() ? found(name, LIBRARIES) : Optional.empty());
    }

    private static boolean isLinux() {
        return "Linux".equals(System.getProperty("os.name"));
    }

    /// The digest of the first library that is there.
    static Optional<SystemDigest> found(String algorithm, List<String> libraries) {
        byte[] known = HexFormat.of().parseHex(KNOWN.getOrDefault(algorithm, ""));
        return libraries.stream()
                .flatMap(library -> lookup(library).stream())
                .findFirst()
                .flatMap(functions -> of(algorithm, functions, known.length))
                .filter(digest -> digest.agreesWith(known));
    }

    private static Optional<SymbolLookup> lookup(String library) {
        try {
            return Optional.of(SymbolLookup.libraryLookup(library, Arena.global()));
        } catch (IllegalArgumentException | IllegalCallerException | UnsupportedOperationException none) {
            // Most systems have one of them, none has all; a Java may not be allowed, or able, to call it.
            return Optional.empty();
        }
    }

    private static Optional<SystemDigest> of(String algorithm, SymbolLookup functions, int bytes) {
        String prefix = algorithm.replace("-", "");
        Optional<MemorySegment> init = functions.find(prefix + "_Init");
        Optional<MemorySegment> update = functions.find(prefix + "_Update");
        Optional<MemorySegment> last = functions.find(prefix + "_Final");
        if (init.isEmpty() || update.isEmpty() || last.isEmpty()) {
            return Optional.empty();
        }
        int[] fresh = new int[CONTEXT_INTS];
        // A system that allows approved algorithms only refuses here.
        boolean isAllowed = call(init.orElseThrow(), MemorySegment.ofArray(fresh), MemorySegment.NULL, 0) == 1;
        return isAllowed
                ? Optional.of(new SystemDigest(update.orElseThrow(), last.orElseThrow(), bytes, fresh))
                : Optional.empty();
    }

    private boolean agreesWith(byte[] known) {
        byte[] text = new byte[1000];
        for (int i = 0; i < text.length; i++) {
            text[i] = (byte) (i * i);
        }
        var own = new SystemHasher(this);
        own.update(text, 1, 100);
        own.update(text, 101, 899);
        return Arrays.equals(own.digest(), known);
    }

    private static int call(MemorySegment function, MemorySegment first, MemorySegment second, long number) {
        try {
            return (int) Linked.CALL.invokeExact(function, first, second, number);
        } catch (Throwable broken) {
            throw new IllegalStateException("A function of libcrypto could not be called", broken);
        }
    }

    /// A context that was fed nothing.
    MemorySegment context() {
        return MemorySegment.ofArray(fresh.clone());
    }

    /// Feeds a context.
    ///
    /// @param length of what is taken from the start, in bytes
    void update(MemorySegment context, MemorySegment from, long length) {
        expectDone(call(update, context, from, length));
    }

    /// The digest of all that a context was fed, which is used up.
    byte[] end(MemorySegment context) {
        byte[] digest = new byte[bytes];
        expectDone(call(last, MemorySegment.ofArray(digest), context, 0));
        return digest;
    }

    private static void expectDone(int answer) {
        if (answer != 1) {
            throw new IllegalStateException("Want 1 of libcrypto but have %s".formatted(answer));
        }
    }
}
