package io.skyferry.control.exchange;

import io.skyferry.control.json.Json;
import java.util.List;

/// What an import made, or would make.
///
/// @param done whether it was kept
public record ImportReport(List<Line> lines, boolean done) {
    /// Makes the list unchangeable.
    public ImportReport {
        lines = List.copyOf(lines);
    }

    /// What a line is about.
    public enum What {
        /// An account.
        CREDENTIAL,
        /// A task.
        TASK
    }

    /// What becomes of it.
    public enum Fate {
        /// It is new.
        MADE,
        /// It was there and is changed.
        UPDATED,
        /// It cannot be.
        LEFT_OUT
    }

    /// One account or task.
    ///
    /// @param words why it cannot be, or what to know; never a secret
    public record Line(What what, String name, Fate fate, String words) {
        /// As JSON.
        public Json json() {
            return new Json()
                    .put("what", what.name())
                    .put("name", name)
                    .put("fate", fate.name())
                    .put("words", words);
        }
    }

    /// Whether there is something that cannot be.
    public boolean isPartial() {
        return lines.stream().anyMatch(line -> line.fate() == Fate.LEFT_OUT);
    }

    /// The same, kept.
    ImportReport kept() {
        return new ImportReport(lines, true);
    }
}
