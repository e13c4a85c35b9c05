package io.skyferry.cli.option;

import io.skyferry.filter.Selection;

/// Which files a command is about.
public final class FilterOptions {
    /// Options as picocli fills them.
    public FilterOptions() {}

    /// The selection that is wanted.
    public Selection selection() {
        return Selection.everything();
    }
}
