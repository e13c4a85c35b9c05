package io.skyferry.server.web.tasks;

import io.skyferry.control.run.FilterPreview;
import java.util.Optional;

/// What the filters let through.
///
/// @param trouble why it cannot be shown; empty: it can
public record PreviewPart(Optional<FilterPreview> preview, String trouble) {
    /// Why a file passes or not, where no rule decides; short, as it stands beside each of them.
    public String why(FilterPreview.Row row) {
        return row.why().startsWith("no rule matches") ? "no rule" : row.why();
    }
}
