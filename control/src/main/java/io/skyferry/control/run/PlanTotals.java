package io.skyferry.control.run;

import io.skyferry.engine.plan.Step;
import io.skyferry.engine.report.Report;
import io.skyferry.storage.Capabilities;
import io.skyferry.storage.Entry;
import io.skyferry.storage.Verb;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What a plan comes to: a fold over its steps, by one thread.
public final class PlanTotals {
    private final Map<Verb, Long> requests = new EnumMap<>(Verb.class);
    private List<Verb> ofRename = List.of(Verb.MOVE);
    private long steps;
    private long files;
    private long bytes;
    private long copied;
    private long renamed;
    private long deleted;

    /// Nothing yet.
    public PlanTotals() {}

    /// For steps at this target.
    public void begin(Capabilities target) {
        ofRename = target.can(Verb.MOVE) ? List.of(Verb.MOVE) : List.of(Verb.COPY, Verb.DELETE);
    }

    /// Counts one more step.
    public void add(Step step) {
        steps++;
        switch (step) {
            case Step.Transfer(Entry.File source, var _, var _) -> {
                files++;
                bytes += Math.max(0, source.size());
                costs(Verb.READ);
                costs(Verb.WRITE);
            }
            case Step.CopyAtTarget _ -> {
                copied++;
                costs(Verb.COPY);
            }
            case Step.Rename _ -> {
                renamed++;
                ofRename.forEach(this::costs);
            }
            case Step.SetTime _ -> costs(Verb.SET_MOD_TIME);
            case Step.DeleteTarget _, Step.DeleteSource _ -> {
                deleted++;
                costs(Verb.DELETE);
            }
            case Step.MakeDirectory _ -> costs(Verb.MAKE_DIRECTORY);
            case Step.RemoveDirectory _ -> costs(Verb.REMOVE_DIRECTORY);
        }
    }

    private void costs(Verb verb) {
        requests.merge(verb, 1L, Long::sum);
    }

    /// How many steps there are.
    public long steps() {
        return steps;
    }

    /// What the report of a run would say if all went well: counts, bytes, and the requests that the steps cost; a file
    /// that goes in parts costs more.
    ///
    /// @param looked the report of making the plan
    public Report report(Report looked) {
        return new Report(
                looked.verdict(),
                files,
                bytes,
                copied,
                renamed,
                deleted,
                looked.unchanged(),
                looked.skipped(),
                looked.failed(),
                requests,
                looked.failures(),
                looked.warnings(),
                looked.refusal());
    }
}
