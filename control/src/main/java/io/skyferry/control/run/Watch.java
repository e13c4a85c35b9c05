package io.skyferry.control.run;

import io.skyferry.engine.report.Progress;
import io.skyferry.engine.report.RunListener;
import io.skyferry.engine.work.CancelFlag;

/// How a run is followed and stopped from outside.
///
/// @param progress read by displays while the run writes it
/// @param cancel once raised, the run ends in order
public record Watch(RunListener listener, Progress progress, CancelFlag cancel) {}
