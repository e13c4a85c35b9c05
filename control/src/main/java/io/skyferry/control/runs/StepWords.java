package io.skyferry.control.runs;

import io.skyferry.engine.plan.Step;

/// What a step is called when it is done.
final class StepWords {
    private StepWords() {}

    static String done(Step step) {
        return switch (step) {
            case Step.Transfer transfer -> transfer.replaced().isPresent() ? "replaced" : "added";
            case Step.CopyAtTarget _ -> "copied there";
            case Step.Rename _ -> "renamed";
            case Step.SetTime _ -> "time set";
            case Step.DeleteTarget _ -> "deleted";
            case Step.DeleteSource _ -> "deleted at the source";
            case Step.MakeDirectory _ -> "folder made";
            case Step.RemoveDirectory _ -> "folder removed";
        };
    }
}
