package io.skyferry.crypt.box;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.security.Key;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// The Poly1305 that the JDK has for its own ChaCha20-Poly1305, which no public class gives alone.
///
/// Where its compiler knows the processor's instructions for it, it is ten times as quick as plain arithmetic. Its
/// package must be opened to us, as the manifest of our program does.
final class JdkTags {
    private static final String CLASS = "com.sun.crypto.provider.Poly1305";

    /// Calls of this many bytes are soon so many that the compiler takes note.
    private static final int WARMING_STEP = 512;

    private static final @Nullable Handles HANDLES = handles();

    /// What its methods are called by, its class being unknown to whoever compiles this.
    private record Handles(MethodHandle make, MethodHandle init, MethodHandle update, MethodHandle last) {}

    private JdkTags() {}

    /// Empty where the package is not open to us, or its class another.
    static Optional<Tags> whole() {
        return HANDLES == null ? Optional.empty() : Optional.of(tags(HANDLES, Integer.MAX_VALUE));
    }

    /// The same in many short calls, while it is not compiled yet.
    static Optional<Tags> warming() {
        return HANDLES == null ? Optional.empty() : Optional.of(tags(HANDLES, WARMING_STEP));
    }

    private static @Nullable Handles handles() {
        try {
            Class<?> type = Class.forName(CLASS);
            MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
            MethodHandle make = lookup.findConstructor(type, MethodType.methodType(void.class, boolean.class));
            MethodHandle init = lookup.findVirtual(
                    type, "engineInit", MethodType.methodType(void.class, Key.class, AlgorithmParameterSpec.class));
            MethodHandle update = lookup.findVirtual(
                    type, "engineUpdate", MethodType.methodType(void.class, byte[].class, int.class, int.class));
            MethodHandle last = lookup.findVirtual(type, "engineDoFinal", MethodType.methodType(byte[].class));
            return new Handles(
                    make.asType(make.type().changeReturnType(Object.class)),
                    init.asType(init.type().changeParameterType(0, Object.class)),
                    update.asType(update.type().changeParameterType(0, Object.class)),
                    last.asType(last.type().changeParameterType(0, Object.class)));
        } catch (ReflectiveOperationException | RuntimeException closed) {
            // A package that was not opened, or another Java: our own arithmetic does as well.
            return null;
        }
    }

    private static Tags tags(Handles handles, int step) {
        return (key, message, at, length, tag) -> {
            try {
                Object sum = (Object) handles.make().invokeExact(false);
                handles.init().invokeExact(sum, (Key) new SecretKeySpec(key, 0, SecretBox.KEY, "Poly1305"), (@Nullable
                        AlgorithmParameterSpec)
                        null);
                for (int done = 0; done < length; done += Math.min(step, length - done)) {
                    handles.update().invokeExact(sum, message, at + done, Math.min(step, length - done));
                }
                byte[] value = (byte[]) handles.last().invokeExact(sum);
                System.arraycopy(value, 0, tag, 0, SecretBox.TAG);
            } catch (Throwable broken) {
                throw new IllegalStateException("The JDK's Poly1305 could not be called", broken);
            }
        };
    }
}
