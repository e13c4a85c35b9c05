package io.skyferry.server.web.runs;

import io.skyferry.control.runs.Run;
import io.skyferry.server.web.TableQuery;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The list of runs.
///
/// @param total how many there are by this query
/// @param states to choose from: name and words
/// @param task whose runs alone are shown, in words
public record RunListPage(
        TableQuery query, List<Run> runs, long total, Map<String, String> states, Optional<String> task) {
    /// Makes the list unchangeable.
    public RunListPage {
        runs = List.copyOf(runs);
    }
}
