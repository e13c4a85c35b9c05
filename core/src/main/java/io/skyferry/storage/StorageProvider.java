package io.skyferry.storage;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A kind of storage, found by [java.util.ServiceLoader].
public interface StorageProvider {
    /// `local`, `s3`: stored in tasks, never changes.
    String key();

    /// What can be set; forms, schemas, flags and manuals come from this.
    List<Setting> settings();

    /// What the first name of a path stands for.
    default Top top() {
        return Top.FOLDER;
    }

    /// What lies at the top of an account.
    enum Top {
        /// Folders and files, as everywhere below.
        FOLDER,
        /// Buckets, which have rules of their own and are made before anything is put into them.
        BUCKET
    }

    /// Goes on only with settings that a storage could be opened with, as far as they tell without asking anybody.
    ///
    /// @param settings each of its kind; those that are kept elsewhere may be missing, as secrets are
    /// @throws WrongSettingException naming the setting that is wrong, what was wanted and what was found
    default void check(Map<String, String> settings) {}

    /// Opens a bare storage: no layer, no I/O yet.
    ///
    /// @throws IllegalArgumentException naming the setting that is wrong, what was wanted and what was found
    Storage open(Map<String, String> settings);

    /// One thing that can be set.
    ///
    /// @param name in stored tasks and flags
    /// @param label in forms
    /// @param help one sentence
    /// @param secret never shown, logged or listed
    /// @param kind which values it takes
    /// @param usual the value that holds where none is given; empty: nothing holds, or the provider finds out
    record Setting(String name, String label, String help, boolean required, boolean secret, Kind kind, String usual) {
        /// A setting that takes any text on one line.
        public Setting(String name, String label, String help, boolean required, boolean secret) {
            this(name, label, help, required, secret, new Kind.Line(), "");
        }

        /// The same for values of another kind.
        public Setting of(Kind other) {
            return new Setting(name, label, help, required, secret, other, usual);
        }

        /// The same with a value that holds where none is given.
        public Setting usually(String value) {
            return new Setting(name, label, help, required, secret, kind, value);
        }

        /// What is wrong with a value, as far as its kind tells; never holds the value of a secret.
        public Optional<String> fault(String value) {
            return kind.accepts(value)
                    ? Optional.empty()
                    : Optional.of(
                            secret
                                    ? "Want %s for '%s' but have something else".formatted(kind.words(), name)
                                    : "Want %s for '%s' but have '%s'".formatted(kind.words(), name, value));
        }
    }

    /// Which values a setting takes: what a form shows, and what is refused before the provider sees it.
    sealed interface Kind {
        /// Any text on one line.
        record Line() implements Kind {}

        /// Any text, of one line or many: a key in PEM, a JSON document.
        record Lines() implements Kind {}

        /// `on` or `off`.
        record Switch() implements Kind {}

        /// A whole number.
        record Whole(long least, long most) implements Kind {}

        /// One of these.
        record Choice(List<String> values) implements Kind {
            /// Makes the list unchangeable.
            public Choice {
                values = List.copyOf(values);
            }
        }

        /// Whether a value is one of these; letters of either case are taken for words.
        default boolean accepts(String value) {
            return switch (this) {
                case Line() -> value.indexOf('\n') < 0 && value.indexOf('\r') < 0 && value.indexOf(0) < 0;
                case Lines() -> value.indexOf(0) < 0;
                case Switch() -> value.equalsIgnoreCase("on") || value.equalsIgnoreCase("off");
                case Whole(long least, long most) -> isNumber(value, least, most);
                case Choice(List<String> values) -> values.stream().anyMatch(value::equalsIgnoreCase);
            };
        }

        private static boolean isNumber(String value, long least, long most) {
            boolean sound = value.matches("-?[0-9]{1,18}");
            return sound && Long.parseLong(value) >= least && Long.parseLong(value) <= most;
        }

        /// What is wanted, for messages.
        default String words() {
            return switch (this) {
                case Line() -> "a text of one line";
                case Lines() -> "a text";
                case Switch() -> "on or off";
                case Whole(long least, long most) -> "a number from %s to %s".formatted(least, most);
                case Choice(List<String> values) -> "one of " + String.join(", ", values);
            };
        }
    }
}
