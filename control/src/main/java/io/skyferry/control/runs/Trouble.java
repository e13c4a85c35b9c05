package io.skyferry.control.runs;

/// Why a run did not end well, as far as somebody has to do something about it that is not about the run.
public enum Trouble {
    /// It ended well, or for a reason of its own.
    NONE,
    /// The account did not take the credential.
    REFUSED,
    /// There was no room at the target, or the account has used up what it may hold.
    FULL,
    /// Something has to be unlocked first.
    LOCKED
}
