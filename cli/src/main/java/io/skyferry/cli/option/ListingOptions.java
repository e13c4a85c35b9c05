package io.skyferry.cli.option;

import io.skyferry.cli.Context;
import io.skyferry.filter.Selection;
import io.skyferry.storage.StorageSpec;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// What commands take that go through one place.
public final class ListingOptions {
    @Parameters(paramLabel = "PLACE", description = "A folder or a file.")
    private String place = "";

    @Mixin
    private FilterOptions filters = new FilterOptions();

    @Mixin
    private LinkOptions links = new LinkOptions();

    /// Options as picocli fills them.
    public ListingOptions() {}

    /// The place to open.
    public StorageSpec spec() {
        return Place.parse(place).spec(links.settings());
    }

    /// Which of its files are meant.
    public Selection selection(Context context) {
        return filters.selection();
    }
}
