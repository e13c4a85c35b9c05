package io.skyferry.server.web;

import io.skyferry.control.audit.Role;

/// A line of the navigation.
///
/// @param path where it leads; it is shown as the current one on all pages below it
/// @param icon of `icons.svg`
/// @param place among the others: they stand in the order of these
/// @param role the least that sees it
public record NavEntry(String title, String path, String icon, int place, Role role) {
    /// Whether a page lies at or below this one.
    public boolean isCurrent(String at) {
        return path.equals("/") ? at.equals("/") : at.equals(path) || at.startsWith(path + "/");
    }
}
