package io.skyferry.control.alert;

import java.time.Instant;
import java.util.Optional;

/// Something that somebody should look at.
///
/// @param object what it is about, as `task 7`: at most one alert for each rule and object
/// @param words for the user, never a secret
/// @param latest when it was last found to be so
/// @param times how often
/// @param dismissed when somebody said that they know
public record Alert(
        long id,
        AlertRule rule,
        String object,
        String words,
        Instant raised,
        Instant latest,
        long times,
        Optional<Instant> dismissed) {}
