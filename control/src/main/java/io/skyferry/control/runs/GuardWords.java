package io.skyferry.control.runs;

import java.util.List;
import java.util.regex.Pattern;

/// What a guard says, for those who have a task and a plan that waits instead of a command line.
final class GuardWords {
    private static final List<Advice> ALL = List.of(
            new Advice(
                    "Say --max-delete (\\d+) if this is right",
                    "If this is right, approve the plan, or set 'Most files deleted' of the task to $1"),
            new Advice(
                    "Say --max-replace (\\d+) if this is right",
                    "If this is right, approve the plan, or set 'Most files replaced' of the task to $1"),
            new Advice(
                    "Say --allow-empty-source if this is right",
                    "If this is right, approve the plan, or tick 'An empty source may empty the destination' in the task"),
            new Advice(
                    "Mount it, or say --accept-new-root if this is right",
                    "Mount it, or approve the plan if this is right"));

    private record Advice(Pattern command, String task) {
        Advice(String command, String task) {
            this(Pattern.compile(command), task);
        }
    }

    private GuardWords() {}

    /// The refusal of a run of a task: options of a command become fields of the task.
    static String ofTask(String refusal) {
        String words = refusal;
        for (Advice advice : ALL) {
            words = advice.command().matcher(words).replaceAll(advice.task());
        }
        return words;
    }
}
