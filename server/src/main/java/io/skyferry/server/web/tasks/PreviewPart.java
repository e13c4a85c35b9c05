package io.skyferry.server.web.tasks;

import io.skyferry.control.run.FilterPreview;
import java.util.Optional;

/// What the filters let through.
///
/// @param trouble why it cannot be shown; empty: it can
public record PreviewPart(Optional<FilterPreview> preview, String trouble) {}
