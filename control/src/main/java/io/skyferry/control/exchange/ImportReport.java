package io.skyferry.control.exchange;

import io.skyferry.control.exchange.ImportWishes.Keeping;
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
        /// There is nothing like it here: its kind is not known, or has ended.
        LEFT_OUT,
        /// Something is wrong with it, or lacking: as a rule nothing at all is kept then.
        REFUSED
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

    /// How many things have a fate.
    public long count(Fate fate) {
        return lines.stream().filter(line -> line.fate() == fate).count();
    }

    /// Whether enough of it is right to be kept.
    public boolean satisfies(Keeping keeping) {
        return switch (keeping) {
            case WHAT_CAN_BE -> true;
            case ALL_OF_KNOWN_KINDS -> count(Fate.REFUSED) == 0;
            case ALL_OR_NOTHING -> count(Fate.REFUSED) == 0 && count(Fate.LEFT_OUT) == 0;
        };
    }

    /// The same, kept.
    ImportReport kept() {
        return new ImportReport(lines, true);
    }
}
