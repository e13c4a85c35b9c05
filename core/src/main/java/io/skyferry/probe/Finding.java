package io.skyferry.probe;

/// What one look at a live account found.
///
/// @param what was looked at, in a few words
/// @param words for the user: what happened, and what it means where something is wrong
public record Finding(String what, Verdict verdict, String words) {
    /// How it went.
    public enum Verdict {
        /// As declared.
        RIGHT,
        /// The storage does not declare it, so nothing was tried.
        NOT_OFFERED,
        /// Not as declared, or not at all.
        WRONG
    }
}
