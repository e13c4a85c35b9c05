package io.skyferry.engine.oneway;

import io.skyferry.engine.execute.Crew;
import io.skyferry.engine.execute.Execution;
import io.skyferry.engine.execute.Scope;
import io.skyferry.engine.scan.Times;
import io.skyferry.storage.Entry;
import java.util.ArrayList;
import java.util.List;

/// Files that the target alone has, as long as it hangs on a time that was not listed if they are to go.
///
/// They wait until a page of them is full, so that their times can be looked up at once. One whose time cannot be
/// looked up makes the listing incomplete: nothing is deleted then.
final class UndatedDeletes {
    private static final int PAGE = 1_000;

    private final Scope scope;
    private final Execution execution;
    private final Times times;
    private final List<Entry> waiting = new ArrayList<>();
    private long selected;

    UndatedDeletes(Crew crew, Scope scope) {
        this.scope = scope;
        this.execution = crew.execution();
        this.times = new Times(
                scope.run().target(),
                scope::hangsOnTimeAtTarget,
                crew.checkers(),
                scope.run().cancel());
    }

    /// Hands a file on that the source does not have, if the run is about it.
    void deleteLater(Entry.File target) {
        if (times.isWantedOf(target)) {
            waiting.add(target);
            if (waiting.size() == PAGE) {
                lookUp();
            }
        } else if (scope.isSelectedAtTarget(target)) {
            execution.deleteLater(target);
        }
    }

    /// Hands on what is still waiting.
    ///
    /// @return how many of all that waited the run is about
    long decide() {
        lookUp();
        return selected;
    }

    private void lookUp() {
        for (Entry entry : times.told(waiting)) {
            if (entry instanceof Entry.Unlisted unlisted) {
                scope.tally().incomplete(unlisted.path(), unlisted.reason());
            } else if (entry instanceof Entry.File file && scope.isSelectedAtTarget(file)) {
                selected++;
                execution.deleteLater(file);
            }
        }
        waiting.clear();
    }
}
