package io.skyferry.memory;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What stands in the file that is locked: who holds it, and in which state the memory was left.
///
/// @param holder the last one
/// @param end how it left the memory
/// @param reason what is wrong with the memory; empty: nothing that is known
/// @param runs that had written something when the memory was last left in order
/// @param mark of the memory file when it was last left in order; empty while it is open
record LockNote(Optional<Holder> holder, End end, String reason, long runs, String mark) {
    /// Of a pair that nobody held yet, or whose note cannot be read.
    static final LockNote NONE = new LockNote(Optional.empty(), End.OPEN, "", 0, "");

    /// How a memory was left.
    enum End {
        /// It is open, or its process died.
        OPEN,
        /// All was written and closed.
        CLEAN,
        /// It is known to be damaged.
        DAMAGED
    }

    LockNote withEnd(End value, String why) {
        return new LockNote(holder, value, why, runs, mark);
    }

    /// The note as text, one value a line. Written at every start: made without formatters, which load slowly.
    byte[] bytes() {
        var text = new StringBuilder("The lock of a pair's memory. Do not remove it while it is in use.\n");
        if (holder.isPresent()) {
            Holder known = holder.orElseThrow();
            line(text, "process", Long.toString(known.process()));
            line(text, "command", known.command());
            line(text, "started", Long.toString(known.started().toEpochMilli()));
        }
        line(text, "end", end.name());
        line(text, "reason", reason);
        line(text, "runs", Long.toString(runs));
        line(text, "mark", mark);
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(name).append('=');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            text.append(Character.isISOControl(c) ? ' ' : c);
        }
        text.append('\n');
    }

    /// Reads a note; what cannot be read counts as not being there.
    static LockNote of(byte[] bytes) {
        var values = new HashMap<String, String>();
        for (String line : new String(bytes, StandardCharsets.UTF_8).split("\n", -1)) {
            int sign = line.indexOf('=');
            if (sign > 0) {
                values.put(line.substring(0, sign), line.substring(sign + 1));
            }
        }
        try {
            return new LockNote(
                    holderIn(values),
                    End.valueOf(values.getOrDefault("end", "OPEN")),
                    values.getOrDefault("reason", ""),
                    Long.parseLong(values.getOrDefault("runs", "0")),
                    values.getOrDefault("mark", ""));
        } catch (IllegalArgumentException _) {
            // Half a note of a process that died while it wrote: nothing is known, so the memory is looked at closely.
            return NONE;
        }
    }

    private static Optional<Holder> holderIn(Map<String, String> values) {
        return values.containsKey("process")
                ? Optional.of(new Holder(
                        Long.parseLong(values.getOrDefault("process", "0")),
                        values.getOrDefault("command", ""),
                        Instant.ofEpochMilli(Long.parseLong(values.getOrDefault("started", "0")))))
                : Optional.empty();
    }
}
