package io.skyferry.memory;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
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

    byte[] bytes() {
        var text = new StringBuilder("The lock of a pair's memory. Do not remove it while it is in use.\n");
        holder.ifPresent(known -> text.append("process=%s\ncommand=%s\nstarted=%s\n"
                .formatted(known.process(), oneLine(known.command()), known.started())));
        return text.append("end=%s\nreason=%s\nruns=%s\nmark=%s\n".formatted(end, oneLine(reason), runs, mark))
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String oneLine(String text) {
        return text.chars()
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /// Reads a note; what cannot be read counts as not being there.
    static LockNote of(byte[] bytes) {
        var values = new HashMap<String, String>();
        new String(bytes, StandardCharsets.UTF_8).lines().forEach(line -> {
            int sign = line.indexOf('=');
            if (sign > 0) {
                values.put(line.substring(0, sign), line.substring(sign + 1));
            }
        });
        try {
            return new LockNote(
                    holderIn(values),
                    End.valueOf(values.getOrDefault("end", "OPEN")),
                    values.getOrDefault("reason", ""),
                    Long.parseLong(values.getOrDefault("runs", "0")),
                    values.getOrDefault("mark", ""));
        } catch (IllegalArgumentException | DateTimeException _) {
            // Half a note of a process that died while it wrote: nothing is known, so the memory is looked at closely.
            return NONE;
        }
    }

    private static Optional<Holder> holderIn(Map<String, String> values) {
        return values.containsKey("process")
                ? Optional.of(new Holder(
                        Long.parseLong(values.getOrDefault("process", "0")),
                        values.getOrDefault("command", ""),
                        Instant.parse(values.getOrDefault("started", ""))))
                : Optional.empty();
    }
}
