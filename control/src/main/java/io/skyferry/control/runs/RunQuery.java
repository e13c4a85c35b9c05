package io.skyferry.control.runs;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// Which runs of the history are meant; the newest come first.
///
/// @param states empty: all
/// @param from queued at this time or later
/// @param to queued before this time
/// @param before only those with a smaller number, to go on after a page
public record RunQuery(
        Optional<Long> task,
        Set<RunState> states,
        Optional<Instant> from,
        Optional<Instant> to,
        Optional<Long> before,
        int most) {
    /// The newest ones of all tasks.
    public static RunQuery newest(int most) {
        return new RunQuery(Optional.empty(), Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), most);
    }

    /// The newest ones of a task.
    public static RunQuery ofTask(long task, int most) {
        return new RunQuery(Optional.of(task), Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), most);
    }

    /// Makes the set unchangeable.
    public RunQuery {
        states = Set.copyOf(states);
    }

    /// The same behind a run.
    public RunQuery before(long run) {
        return new RunQuery(task, states, from, to, Optional.of(run), most);
    }
}
