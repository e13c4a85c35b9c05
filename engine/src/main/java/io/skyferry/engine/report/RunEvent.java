package io.skyferry.engine.report;

import io.skyferry.engine.plan.Step;
import io.skyferry.storage.RelPath;

/// Something that happened in a run.
public sealed interface RunEvent {
    /// Whether it is one of those that each entry brings, and not a trouble.
    default boolean isUsual() {
        return true;
    }

    /// A step was decided; in a dry run that is all that becomes of it.
    record Planned(Step step) implements RunEvent {}

    /// A step was begun.
    record Began(Step step) implements RunEvent {}

    /// A step was done.
    record Done(Step step, long bytes) implements RunEvent {}

    /// An entry could not be brought in step.
    record Failed(RelPath path, String reason) implements RunEvent {
        @Override
        public boolean isUsual() {
            return false;
        }
    }

    /// A file was found to be in step already.
    ///
    /// @param reason what showed it
    record InStep(RelPath path, String reason) implements RunEvent {}

    /// An entry was left alone.
    record LeftAlone(RelPath path, String reason) implements RunEvent {}

    /// Something the user should know.
    record Warned(String text) implements RunEvent {
        @Override
        public boolean isUsual() {
            return false;
        }
    }

    /// A guard spoke.
    record Refused(String text) implements RunEvent {
        @Override
        public boolean isUsual() {
            return false;
        }
    }
}
