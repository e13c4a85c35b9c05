package io.skyferry.cli.option;

import io.skyferry.cli.Context;
import io.skyferry.control.run.StackWishes;
import io.skyferry.engine.options.RunOptions.Transfers;
import io.skyferry.engine.work.Lanes;
import io.skyferry.filter.Filter;
import io.skyferry.storage.StorageSpec;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What commands take that go through one place.
public final class ListingOptions {
    private Place place = Place.HERE;

    @Mixin
    private final FilterOptions filters = new FilterOptions();

    @Mixin
    private final LinkOptions links = new LinkOptions();

    @Mixin
    private final EncryptionOptions encryption = new EncryptionOptions();

    @Mixin
    private final RateOptions rate = new RateOptions();

    @Option(
            names = "--checkers",
            paramLabel = "N",
            description = "Times looked up at once, where a place does not list them: ${DEFAULT-VALUE}.")
    private int checkers = Transfers.DEFAULTS.checkers();

    /// Options as picocli fills them.
    public ListingOptions() {}

    @Parameters(paramLabel = "PLACE", description = "A folder or a file.")
    void place(Place named) {
        place = named;
    }

    /// The place to open.
    public StorageSpec spec() {
        encryption.expectUsed(List.of(place));
        return encryption.spec(place, links.settings());
    }

    /// What the command wants of the layers over it.
    public StackWishes stack() {
        return rate.stack();
    }

    /// Who look up times that are not listed.
    ///
    /// @throws UsageException if they are too few
    public Lanes checkers(Context context) {
        return context.services().workers().lanes("look", Values.atLeastOne("--checkers", checkers));
    }

    /// The place as it was typed.
    public String place() {
        return place.text();
    }

    /// Which of its files are meant.
    public Filter selection(Context context) {
        return filters.selection(context::now);
    }
}
