package io.skyferry.server.web.runs;

import io.skyferry.control.runs.FileEvents;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Puts what failed for the same cause together, and says what helps.
public final class ErrorCauses {
    private static final int SHOWN = 5;

    /// What to do, by words of a reason; the first that is found counts.
    private static final Map<String, String> ADVICE = advice();

    private ErrorCauses() {}

    private static Map<String, String> advice() {
        Map<String, String> advice = new LinkedHashMap<>();
        advice.put("space", "Make space at the target, or give the account more.");
        advice.put("quota", "Make space at the target, or give the account more.");
        advice.put("permission", "Give the user that Skyferry runs as, or the account, the right to do this.");
        advice.put("denied", "Give the user that Skyferry runs as, or the account, the right to do this.");
        advice.put("forbidden", "Give the account the right to do this, or use another credential.");
        advice.put(
                "changed",
                "The file was being written to. The next run takes it; for files that always change, take a"
                        + " snapshot first (Take Snapshot).");
        advice.put("precondition", "The file was changed meanwhile. The next run looks again.");
        advice.put("too large", "The target does not take files of this size. Exclude them, or use another target.");
        advice.put("name", "The target cannot hold such a name. Rename the file, or exclude it.");
        advice.put("archive", "It must be restored from the archive at the provider first.");
        advice.put("glacier", "It must be restored from the archive at the provider first.");
        advice.put(
                "time",
                "The provider or the way to it was slow. Run the task again; if it stays so, transfer fewer files"
                        + " at once.");
        advice.put("unavailable", "The provider had trouble. Run the task again later.");
        advice.put("decrypt", "Check the Encryption Password and the Encryption Salt of the task.");
        advice.put("credential", "Check the credential with Verify Credential.");
        advice.put("exist", "It is not there any more. The next run looks again.");
        return advice;
    }

    /// Some files that failed for one cause.
    ///
    /// @param reason with what differs from file to file taken out
    /// @param next what to do
    /// @param paths some of them
    public record Cause(String reason, String next, long count, List<String> paths) {
        /// By which a page knows it again.
        public String id() {
            return Integer.toHexString(reason.hashCode());
        }
    }

    /// The causes, the most frequent first.
    public static List<Cause> of(List<FileEvents.Event> failures) {
        Map<String, List<FileEvents.Event>> groups = new LinkedHashMap<>();
        for (FileEvents.Event one : failures) {
            groups.computeIfAbsent(common(one.reason()), _ -> new ArrayList<>()).add(one);
        }
        return groups.entrySet().stream()
                .sorted((a, b) ->
                        Integer.compare(b.getValue().size(), a.getValue().size()))
                .map(group -> new Cause(
                        group.getKey(),
                        next(group.getKey()),
                        group.getValue().size(),
                        group.getValue().stream()
                                .limit(SHOWN)
                                .map(FileEvents.Event::path)
                                .toList()))
                .toList();
    }

    private static String common(String reason) {
        return reason.replaceAll("'[^']*'", "'…'")
                .replaceAll("[0-9a-fA-F-]{16,}", "…")
                .replaceAll("[0-9]{2,}", "…");
    }

    /// What helps where not a file failed but the run as a whole.
    static String ofWhole(String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("does not exist")) {
            return "Make it, bring back the disk that it is on, or edit the task to name another one. Then run the task"
                    + " again.";
        }
        if (lower.contains("not let in")) {
            return "Edit the credential: enter the keys or the password anew, use Verify Credential, save, and run the"
                    + " task again.";
        }
        return advice(lower).orElse("Read the log below: its last lines say what stopped it. Then run the task again.");
    }

    private static String next(String reason) {
        return advice(reason.toLowerCase(Locale.ROOT))
                .orElse("Run the task again. If it fails in the same way, the log below has more.");
    }

    private static Optional<String> advice(String lower) {
        return ADVICE.entrySet().stream()
                .filter(one -> lower.contains(one.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
