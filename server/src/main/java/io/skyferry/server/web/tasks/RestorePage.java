package io.skyferry.server.web.tasks;

import io.skyferry.server.web.Form;

/// The form that makes a task the other way round.
///
/// @param row the task that took files away
public record RestorePage(TaskRow row, Form form) {}
