package io.skyferry.control.runs;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a guard says, for those who have a task and a plan that waits instead of a command line.
final class GuardWords {
    private static final Pattern ADVICE = Pattern.compile("Say --max-(delete|replace) (\\d+) if this is right");

    private GuardWords() {}

    /// The refusal of a run of a task: options of a command become fields of the task.
    static String ofTask(String refusal) {
        return ADVICE.matcher(refusal)
                .replaceAll(found ->
                        Matcher.quoteReplacement("If this is right, approve the plan, or set '%s' of the task to %s"
                                .formatted(
                                        found.group(1).equals("delete") ? "Most files deleted" : "Most files replaced",
                                        found.group(2))));
    }
}
