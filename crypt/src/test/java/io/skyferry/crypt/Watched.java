package io.skyferry.crypt;

import io.skyferry.storage.ByteRange;
import io.skyferry.storage.Storage;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/// Notes which calls reach a storage, and lets tests answer some of them.
final class Watched {
    /// The calls so far: `list`, `read 0+64`.
    final List<String> calls = new ArrayList<>();

    private final Storage storage;

    /// What a test does in place of a call.
    interface Twist {
        /// Answers, by the storage itself if it likes.
        Object answer(Storage storage, String verb, Object[] arguments) throws Throwable;
    }

    Watched(Storage real) {
        this(real, (storage, verb, arguments) -> call(storage, verb, arguments));
    }

    Watched(Storage real, Twist twist) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            Object[] given = arguments == null ? new Object[0] : arguments;
            note(method.getName(), given);
            return twist.answer(real, method.getName(), given);
        };
        this.storage = (Storage)
                Proxy.newProxyInstance(Storage.class.getClassLoader(), new Class<?>[] {Storage.class}, handler);
    }

    Storage storage() {
        return storage;
    }

    private synchronized void note(String verb, Object[] arguments) {
        for (Object argument : arguments) {
            if (argument instanceof ByteRange(long offset, long length)) {
                calls.add("%s %s+%s".formatted(verb, offset, length));
                return;
            }
        }
        if (!verb.equals("capabilities") && !verb.equals("displayName")) {
            calls.add(verb);
        }
    }

    /// The call as the storage itself takes it.
    static Object call(Storage storage, String verb, Object[] arguments) throws Throwable {
        try {
            for (var method : Storage.class.getMethods()) {
                if (method.getName().equals(verb) && method.getParameterCount() == arguments.length) {
                    return method.invoke(storage, arguments);
                }
            }
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
        throw new IllegalArgumentException("Want a verb but have " + verb);
    }
}
