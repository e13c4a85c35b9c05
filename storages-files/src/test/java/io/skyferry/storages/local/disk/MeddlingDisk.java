package io.skyferry.storages.local.disk;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A disk that does what another does, except where a test meddles: it may fail a call, or do something first.
public final class MeddlingDisk {
    private final Meddler meddler;

    /// Called before each call to a disk, a folder or a file of it.
    @FunctionalInterface
    public interface Meddler {
        /// Lets the call happen, answers for it, or throws instead of it.
        ///
        /// @param name of the method
        /// @return null lets it happen
        @Nullable
        Object before(String name, Object @Nullable [] arguments) throws Exception;
    }

    private MeddlingDisk(Meddler meddler) {
        this.meddler = meddler;
    }

    /// The disk with its meddler.
    public static Disk over(Disk disk, Meddler meddler) {
        return (Disk) new MeddlingDisk(meddler).wrap(disk, Disk.class);
    }

    /// A disk on which calls of a method fail.
    public static Disk failing(Disk disk, String method, Fault fault) {
        return over(disk, (name, arguments) -> {
            if (name.equals(method)) {
                throw new DiskException(fault, "Meddled with " + method);
            }
            return null;
        });
    }

    private Object wrap(Object inner, Class<?> type) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, new Handler(inner));
    }

    private final class Handler implements InvocationHandler {
        private final Object inner;

        Handler(Object inner) {
            this.inner = inner;
        }

        @Override
        @SuppressWarnings("NullAway") // The reflective interface takes null for "no arguments" and "no value".
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            Object answer = meddler.before(method.getName(), arguments);
            if (answer != null) {
                return answer;
            }
            Object[] bare = arguments == null
                    ? null
                    : Arrays.stream(arguments).map(MeddlingDisk::unwrap).toArray();
            try {
                Object result = method.invoke(inner, bare);
                return switch (result) {
                    case Folder folder -> wrap(folder, Folder.class);
                    case DiskFile file -> wrap(file, DiskFile.class);
                    case null, default -> result;
                };
            } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
            }
        }
    }

    private static Object unwrap(Object argument) {
        return Proxy.isProxyClass(argument.getClass())
                        && Proxy.getInvocationHandler(argument) instanceof Handler handler
                ? handler.inner
                : argument;
    }
}
