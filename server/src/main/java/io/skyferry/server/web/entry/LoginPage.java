package io.skyferry.server.web.entry;

import io.skyferry.server.web.Form;

/// The form to log in with.
///
/// @param isFirst whether there is no user yet
public record LoginPage(Form form, boolean isFirst) {}
