package io.skyferry.cli.command;

import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Ctrl-C and its like: the first one has the run end in order, the second one, or two seconds, end the process.
///
/// The JDK's own way, a shutdown hook, cannot tell a second Ctrl-C from the first. `sun.misc.Signal` can; it is called
/// by reflection, as javac warns of it in a way that nothing can switch off, and a Java without it still runs.
final class Interrupts implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 1_700;
    private static final long WORDS_MILLIS = 200;
    private static final Map<String, Integer> CODES =
            Map.of("INT", ExitCodes.INTERRUPTED, "TERM", ExitCodes.TERMINATED, "HUP", ExitCodes.TERMINATED);

    private final Context context;
    private final Runnable lastWords;
    private final AtomicInteger code = new AtomicInteger();
    private final CountDownLatch ended = new CountDownLatch(1);

    private Interrupts(Context context, Runnable lastWords) {
        this.context = context;
        this.lastWords = lastWords;
    }

    /// Has signals raise the context's flag from now on.
    ///
    /// @param lastWords said where the work does not end in time
    static Interrupts raising(Context context, Runnable lastWords) {
        var interrupts = new Interrupts(context, lastWords);
        CODES.forEach(interrupts::listen);
        return interrupts;
    }

    private void listen(String name, int exitCode) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object listening = Proxy.newProxyInstance(
                    Interrupts.class.getClassLoader(),
                    new Class<?>[] {handler},
                    (proxy, method, arguments) -> switch (method.getName()) {
                        case "handle" -> {
                            signalled(exitCode);
                            yield null;
                        }
                        case "hashCode" -> exitCode;
                        case "equals" -> false;
                        default -> "listener for " + name;
                    });
            Method handle = signal.getMethod("handle", signal, handler);
            handle.invoke(null, signal.getConstructor(String.class).newInstance(name), listening);
        } catch (ReflectiveOperationException | IllegalArgumentException unknown) {
            // The signal keeps its usual effect: the process ends at once, and the next run goes on from there.
            System.getLogger(Interrupts.class.getName())
                    .log(System.Logger.Level.DEBUG, "Signal {0} is not listened to: {1}", name, unknown.toString());
        }
    }

    private void signalled(int exitCode) {
        if (!code.compareAndSet(0, exitCode)) {
            Runtime.getRuntime().halt(exitCode);
        }
        context.cancel().raise();
        Thread.ofPlatform().daemon().name("interrupt").start(() -> endSoon(exitCode));
    }

    private void endSoon(int exitCode) {
        try {
            if (!ended.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                // Whoever reads the last words may be stuck as well.
                Thread words = Thread.ofPlatform().daemon().name("last-words").start(lastWords);
                words.join(WORDS_MILLIS);
                Runtime.getRuntime().halt(exitCode);
            }
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        }
    }

    /// What the process ends with because of a signal; empty: there was none.
    OptionalInt exitCode() {
        return code.get() == 0 ? OptionalInt.empty() : OptionalInt.of(code.get());
    }

    /// The run has ended.
    @Override
    public void close() {
        ended.countDown();
    }
}
