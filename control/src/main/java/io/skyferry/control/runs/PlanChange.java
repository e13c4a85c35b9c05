package io.skyferry.control.runs;

import io.skyferry.engine.plan.Step;
import java.util.Optional;

/// What happens to a file or a folder: one vocabulary for plans, events and logs.
public enum PlanChange {
    /// It is new at the target.
    ADD("added", "add"),
    /// What the target has is replaced.
    CHANGE("replaced", "change"),
    /// It is new at the target and made from what lies there already.
    COPY("copied there", "copy there"),
    /// It gets another place at the target.
    RENAME("renamed", "rename"),
    /// It goes from the target.
    DELETE("deleted", "delete"),
    /// It goes from the source, when its copy is safe.
    MOVE_AWAY("deleted at the source", "delete at the source"),
    /// Its time is set.
    TIME("time set", "set the time of"),
    /// A folder is made.
    MAKE_FOLDER("folder made", "make the folder"),
    /// A folder that is empty by then goes.
    REMOVE_FOLDER("folder removed", "remove the folder");

    private final String done;
    private final String words;

    PlanChange(String done, String words) {
        this.done = done;
        this.words = words;
    }

    /// As it is told when it has happened, and in questions: `added`.
    public String done() {
        return done;
    }

    /// As a verb before a name.
    public String words() {
        return words;
    }

    /// What a step does. Whatever replaces something does that first of all, wherever its content comes from.
    static PlanChange of(Step step) {
        return switch (step) {
            case Step.Transfer transfer -> transfer.replaced().isPresent() ? CHANGE : ADD;
            case Step.CopyAtTarget copy -> copy.replaced().isPresent() ? CHANGE : COPY;
            case Step.Rename _ -> RENAME;
            case Step.SetTime _ -> TIME;
            case Step.DeleteTarget _ -> DELETE;
            case Step.DeleteSource _ -> MOVE_AWAY;
            case Step.MakeDirectory _ -> MAKE_FOLDER;
            case Step.RemoveDirectory _ -> REMOVE_FOLDER;
        };
    }

    /// The change that is told so.
    public static Optional<PlanChange> told(String done) {
        for (PlanChange change : values()) {
            if (change.done.equals(done)) {
                return Optional.of(change);
            }
        }
        return Optional.empty();
    }
}
