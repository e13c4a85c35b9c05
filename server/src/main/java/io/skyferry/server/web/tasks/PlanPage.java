package io.skyferry.server.web.tasks;

import io.skyferry.control.json.Json;
import io.skyferry.control.runs.PlanChange;
import io.skyferry.control.runs.PlanTree;
import io.skyferry.control.runs.Run;
import io.skyferry.control.runs.RunKind;
import io.skyferry.control.runs.RunState;
import io.skyferry.server.ServerParts;
import io.skyferry.storage.RelPath;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A dry run, going on or ended, and its plan.
///
/// @param tree one level of the plan; empty: there is none yet, or none any more
public record PlanPage(Run run, Optional<PlanTree> tree, Filter filter) {
    private static final int MOST = 200;

    /// Which steps are shown.
    ///
    /// @param changes empty: all
    public record Filter(Set<PlanChange> changes, String text, String at, int skip) {
        /// All of the top.
        public static final Filter NONE = new Filter(Set.of(), "", "", 0);

        /// Makes the set unchangeable.
        public Filter {
            changes = Set.copyOf(changes);
        }

        private PlanTree.Query query() {
            RelPath folder = RelPath.faultOf(at).isEmpty() ? new RelPath(at) : RelPath.ROOT;
            return new PlanTree.Query(folder, changes, text, skip, MOST);
        }

        /// What a browser sends to see what lies in a folder.
        public String values(RelPath folder, long from) {
            return new Json()
                    .put("text", text)
                    .put("change", changes.stream().map(Enum::name).findFirst().orElse(""))
                    .put("at", folder.text())
                    .put("skip", from)
                    .toString();
        }

        /// Only one kind of step.
        static Set<PlanChange> changes(String name) {
            for (PlanChange change : PlanChange.values()) {
                if (change.name().equals(name)) {
                    return EnumSet.of(change);
                }
            }
            return Set.of();
        }
    }

    static PlanPage of(ServerParts parts, Run run, Filter filter) {
        return new PlanPage(
                run,
                run.state().isFinal() ? parts.runs().planTree(run.id(), filter.query()) : Optional.empty(),
                filter);
    }

    /// Whether it has ended.
    public boolean isOver() {
        return run.state().isFinal();
    }

    /// Whether exactly this can be run.
    public boolean canBeApproved() {
        boolean planned = run.state() == RunState.REFUSED
                || (run.kind() == RunKind.DRY_RUN && run.state().isGood());
        return planned
                && tree.filter(one -> one.totals().steps() > 0 || !isWhole()).isPresent()
                && run.task().isPresent()
                && run.answered().isEmpty();
    }

    /// Whether all of the plan is shown: else there may be steps that are not counted.
    private boolean isWhole() {
        return filter.changes().isEmpty()
                && filter.text().isEmpty()
                && filter.at().isEmpty();
    }

    /// The kinds of steps, for the filter.
    public List<PlanChange> kinds() {
        return List.of(PlanChange.values());
    }

    /// Whether a kind of step is worth a place among the totals.
    public boolean tells(PlanChange change) {
        boolean usual = switch (change) {
            case ADD, CHANGE, RENAME, DELETE -> true;
            case COPY, MOVE_AWAY, TIME, MAKE_FOLDER, REMOVE_FOLDER -> false;
        };
        return usual || tree.filter(one -> one.totals().count(change) > 0).isPresent();
    }

    /// How many nodes of the level come before the next page.
    public int shown() {
        return filter.skip() + tree.map(one -> one.nodes().size()).orElse(0);
    }
}
