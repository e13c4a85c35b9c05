package io.skyferry.engine.compare;

/// What is known of two files after looking at them from outside.
public sealed interface Judgement {
    /// They are in step.
    ///
    /// @param by what showed it
    record Same(By by) implements Judgement {}

    /// Their content is the same, their times are not.
    record OtherTime() implements Judgement {}

    /// They differ.
    record Different(String why) implements Judgement {}

    /// An option says to leave the target as it is.
    record LeaveAlone(String why) implements Judgement {}

    /// Only their content can tell.
    ///
    /// @param source whether the memory's hash still speaks for the source, or it must be read
    /// @param target the same for the target
    record Look(Trust source, Trust target) implements Judgement {}

    /// A listing did not give the times.
    record AskTime() implements Judgement {}

    /// What showed that two files are in step.
    enum By {
        /// Neither side's tag has changed since both agreed.
        MEMORY("neither side has changed since both agreed"),
        /// A hash that both sides keep, or that was computed.
        HASH("the checksums are equal"),
        /// Size and time.
        SIZE_AND_TIME("size and time are equal"),
        /// Size alone: nothing else is kept or was asked for.
        SIZE("the sizes are equal");

        private final String words;

        By(String words) {
            this.words = words;
        }

        /// How a person says it.
        public String words() {
            return words;
        }
    }

    /// Where a hash comes from.
    enum Trust {
        /// The memory's, as the tag is the one it was computed under.
        REMEMBERED,
        /// The content's, which must be read.
        READ
    }
}
