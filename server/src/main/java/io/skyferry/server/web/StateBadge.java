package io.skyferry.server.web;

import io.skyferry.control.runs.RunState;
import java.util.Locale;
import java.util.Set;

/// How a state looks: words, colour and icon, so that colour alone never tells it.
///
/// @param tone `good`, `warn`, `bad`, `live` or `still`
public record StateBadge(String words, String tone, String icon) {
    /// What a task is before its first run.
    public static final String PENDING = "PENDING";

    private static final Set<String> LIVE = Set.of(RunState.WAITING.name(), RunState.RUNNING.name());

    /// For the name of a state; [#PENDING] is one as well.
    public static StateBadge of(String state) {
        String words = state.charAt(0) + state.substring(1).toLowerCase(Locale.ROOT);
        return switch (state) {
            case "SUCCESS" -> new StateBadge(words, "good", "circle-check");
            case "WARNINGS" -> new StateBadge(words, "warn", "alert-triangle");
            case "FAILED" -> new StateBadge(words, "bad", "circle-x");
            case "REFUSED" -> new StateBadge(words, "bad", "ban");
            case "INTERRUPTED" -> new StateBadge(words, "bad", "plug-connected");
            case "RUNNING" -> new StateBadge(words, "live", "refresh");
            case "WAITING" -> new StateBadge(words, "live", "hourglass");
            case "ABORTED" -> new StateBadge(words, "warn", "player-stop");
            default -> new StateBadge(words, "still", "clock");
        };
    }

    /// Whether it will become another one by itself soon.
    public static boolean isLive(String state) {
        return LIVE.contains(state);
    }
}
