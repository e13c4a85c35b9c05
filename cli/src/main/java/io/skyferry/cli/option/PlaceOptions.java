package io.skyferry.cli.option;

import io.skyferry.storage.StorageSpec;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// What commands take that work on one folder.
public final class PlaceOptions {
    private Place place = Place.HERE;

    @Mixin
    private final EncryptionOptions encryption = new EncryptionOptions();

    @Mixin
    private final BucketOptions buckets = new BucketOptions();

    /// Options as picocli fills them.
    public PlaceOptions() {}

    @Parameters(paramLabel = "PLACE", description = "A folder.")
    void place(Place named) {
        place = named;
    }

    /// The place to open.
    public StorageSpec spec() {
        encryption.expectUsed(List.of(place));
        return encryption.spec(place, buckets.settings());
    }
}
