package io.skyferry.cli.option;

import io.skyferry.storage.StorageSpec;
import java.util.Map;
import picocli.CommandLine.Parameters;

/// What commands take that work on one folder.
public final class PlaceOptions {
    @Parameters(paramLabel = "PLACE", description = "A folder.")
    private String place = "";

    /// Options as picocli fills them.
    public PlaceOptions() {}

    /// The place to open.
    public StorageSpec spec() {
        return Place.parse(place).spec(Map.of());
    }
}
