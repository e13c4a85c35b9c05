package io.skyferry.control.task;

import java.time.Duration;

/// What runs around a transfer; an empty text is none.
///
/// @param pre before it; a failure stops the run
/// @param post after one that went well
/// @param onFailure after one that did not
/// @param always at the end in any case
/// @param timeLimit for each; zero: none
/// @param secrets whether the environment holds the secrets of task and credential, as TrueNAS gives them
public record Scripts(String pre, String post, String onFailure, String always, Duration timeLimit, boolean secrets) {
    /// None.
    public static final Scripts NONE = new Scripts("", "", "", "", Duration.ZERO, true);

    /// Whether there is none.
    public boolean isEmpty() {
        return pre.isBlank() && post.isBlank() && onFailure.isBlank() && always.isBlank();
    }
}
