package io.skyferry.engine.world;

import java.util.function.Consumer;

/// All that happens in a history, folded into one number: equal numbers mean equal histories.
final class Trace {
    private final Consumer<String> listener;
    private final boolean told;
    private long hash = 0x5EED;

    private Trace(Consumer<String> listener, boolean told) {
        this.listener = listener;
        this.told = told;
    }

    /// Only counts.
    static Trace quiet() {
        return new Trace(_ -> {}, false);
    }

    /// Tells every event, for a person who looks for the reason of a failure.
    static Trace telling(Consumer<String> listener) {
        return new Trace(listener, true);
    }

    synchronized void add(String who, String what, String where) {
        hash = mix(mix(mix(hash, who), what), where);
        if (told) {
            listener.accept("%s: %s %s".formatted(who, what, where));
        }
    }

    private static long mix(long hash, String text) {
        long mixed = (hash ^ text.hashCode()) * 0x9E3779B97F4A7C15L;
        return mixed ^ (mixed >>> 29);
    }

    synchronized long hash() {
        return hash;
    }
}
