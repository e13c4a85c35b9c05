package io.skyferry.cli.option;

import io.skyferry.storage.StorageSpec;
import java.util.Map;
import picocli.CommandLine.Parameters;

/// What commands take that work on one folder.
public final class PlaceOptions {
    private Place place = Place.HERE;
    /// Options as picocli fills them.
    public PlaceOptions() {}

    @Parameters(paramLabel = "PLACE", description = "A folder.")
    void place(Place named) {
        place = named;
    }

    /// The place to open.
    public StorageSpec spec() {
        return place.spec(Map.of());
    }
}
