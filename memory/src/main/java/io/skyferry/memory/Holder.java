package io.skyferry.memory;

import java.time.Instant;

/// Who works on a pair, for the message to those who want to.
///
/// @param process its number in this machine
/// @param command what the user called; never holds a secret
/// @param started when
public record Holder(long process, String command, Instant started) {
    @Override
    public String toString() {
        return "process %s ('%s', since %s)".formatted(process, command, started);
    }
}
