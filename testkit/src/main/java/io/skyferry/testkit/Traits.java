package io.skyferry.testkit;

import io.skyferry.storage.Capabilities;
import io.skyferry.storage.Capabilities.ConditionKind;
import io.skyferry.storage.Capabilities.Keeping;
import io.skyferry.storage.Capabilities.Order;
import io.skyferry.storage.Capabilities.Parts;
import io.skyferry.storage.Capabilities.Undo;
import io.skyferry.storage.HashType;
import io.skyferry.storage.Verb;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// What kind of place a [MemoryStorage] behaves like: what it declares, and what it does beyond that.
///
/// Declared facts hold: a storage that declares the condition `ABSENT` keeps it at the moment of the
/// effect; one that does not looks first and then writes over whatever came in between. Directories are
/// real where empty ones are declared to exist, else they are made up from the keys.
///
/// @param pageSize entries of one page of a listing
/// @param lag how many calls it takes until a change shows in listings
/// @param marks what its entries carry
/// @param forbidden characters that no name may hold: such names are rejected
/// @param promises whether what is declared about conditions is true
/// @param seed of the order of listings that have none
public record Traits(
        Capabilities capabilities,
        int pageSize,
        int lag,
        Set<Mark> marks,
        Times times,
        Spelling spelling,
        String forbidden,
        Promises promises,
        long seed) {
    /// What entries carry beside path, size and time.
    public enum Mark {
        /// A version: without it only size and time tell states apart.
        VERSION,
        /// An id that a rename keeps.
        ID
    }

    /// Whether listings tell modification times.
    public enum Times {
        /// They do.
        LISTED,
        /// Only stat does.
        BY_STAT
    }

    /// Whether what is declared about conditions is true.
    public enum Promises {
        /// It is.
        KEPT,
        /// They are declared and not even looked at.
        BROKEN
    }

    /// How names come back.
    public enum Spelling {
        /// As they were written.
        AS_WRITTEN,
        /// In the composed Unicode form, whatever was written.
        COMPOSED
    }

    private static final Capabilities.Uploads SMALL_PARTS =
            new Capabilities.Uploads(Parts.PARALLEL, 1024, 1 << 20, 1, false, 10_000, Duration.ofDays(7));

    private static final Verb[] UPLOADING = {
        Verb.BEGIN_UPLOAD,
        Verb.PROMISE,
        Verb.PUT_PART,
        Verb.LIST_PARTS,
        Verb.FINISH_UPLOAD,
        Verb.ABANDON_UPLOAD,
        Verb.LIST_UPLOADS,
        Verb.ABANDON_PENDING
    };

    /// Like a disk: real directories, exact times and names, ids, conditions kept, no hashes, walked by
    /// directory.
    public static final Traits DISK = new Traits(
            new Capabilities(
                    without(Verb.VERSIONS, Verb.CHANGES),
                    Set.of(),
                    new Capabilities.ModTimes(Keeping.NATIVE, Duration.ofNanos(1)),
                    new Capabilities.Listing(true, true, Order.UTF8_BYTES, true),
                    SMALL_PARTS,
                    Capabilities.Names.EXACT,
                    new Capabilities.Conditions(EnumSet.allOf(ConditionKind.class), true),
                    Undo.NONE,
                    Capabilities.Limits.NONE),
            1000,
            0,
            EnumSet.allOf(Mark.class),
            Times.LISTED,
            Spelling.AS_WRITTEN,
            "",
            Promises.KEPT,
            1);

    /// Like an object store: directories made up, MD5, times beside the content and not in listings, no
    /// ids, no move.
    public static final Traits OBJECTS = DISK.removing(Verb.MOVE, Verb.MAKE_DIRECTORY, Verb.REMOVE_DIRECTORY)
            .keepingHashes(HashType.MD5)
            .keepingTimes(Keeping.IN_METADATA, Duration.ofNanos(1))
            .tellingTimes(Times.BY_STAT)
            .listing(new Capabilities.Listing(true, false, Order.UTF8_BYTES, true))
            .marking(Mark.VERSION);

    /// Like a drive with accounts: unsorted, walked by directory, case and Unicode form folded, trash,
    /// parts in order, no conditions, times to the millisecond.
    public static final Traits DRIVE = DISK.adding(Verb.CHANGES)
            .keepingHashes(HashType.MD5)
            .keepingTimes(Keeping.NATIVE, Duration.ofMillis(1))
            .listing(new Capabilities.Listing(false, true, Order.NONE, true))
            .naming(new Capabilities.Names(false, false))
            .uploading(Parts.SEQUENTIAL, 1024)
            .underConditions(new Capabilities.Conditions(Set.of(), false))
            .undoing(Undo.TRASH);

    /// Like a bare file server: whole seconds, no hashes, versions, ids, conditions, copies or parts.
    public static final Traits BARE = DISK.removing(Verb.COPY)
            .keepingTimes(Keeping.NATIVE, Duration.ofSeconds(1))
            .listing(new Capabilities.Listing(false, true, Order.NONE, true))
            .uploading(Parts.NONE, 1)
            .underConditions(new Capabilities.Conditions(Set.of(), false))
            .marking();

    /// Makes the set unchangeable.
    public Traits {
        marks = Set.copyOf(marks);
        if (pageSize < 1 || lag < 0) {
            throw new IllegalArgumentException(
                    "Want pages of one entry or more and no negative lag but have %s and %s".formatted(pageSize, lag));
        }
    }

    private static Set<Verb> without(Verb... verbs) {
        return EnumSet.complementOf(EnumSet.copyOf(List.of(verbs)));
    }

    /// With pages of that many entries.
    public Traits paged(int entries) {
        return new Traits(capabilities, entries, lag, marks, times, spelling, forbidden, promises, seed);
    }

    /// With listings that show a change only so many calls later.
    public Traits lagging(int calls) {
        var listing = capabilities.listing();
        return new Traits(capabilities, pageSize, calls, marks, times, spelling, forbidden, promises, seed)
                .listing(new Capabilities.Listing(
                        listing.recursive(), listing.emptyDirectories(), listing.order(), calls == 0));
    }

    /// With listings in no order, another one for each seed.
    public Traits unsorted(long otherSeed) {
        var listing = capabilities.listing();
        return new Traits(capabilities, pageSize, lag, marks, times, spelling, forbidden, promises, otherSeed)
                .listing(new Capabilities.Listing(
                        listing.recursive(), listing.emptyDirectories(), Order.NONE, listing.consistent()));
    }

    /// With entries that carry these marks only.
    public Traits marking(Mark... carried) {
        return new Traits(
                capabilities, pageSize, lag, Set.copyOf(List.of(carried)), times, spelling, forbidden, promises, seed);
    }

    /// With times told so.
    public Traits tellingTimes(Times told) {
        return new Traits(capabilities, pageSize, lag, marks, told, spelling, forbidden, promises, seed);
    }

    /// With names that come back so.
    public Traits spelling(Spelling other) {
        return new Traits(capabilities, pageSize, lag, marks, times, other, forbidden, promises, seed);
    }

    /// With names that may not hold these characters.
    public Traits forbidding(String characters) {
        return new Traits(capabilities, pageSize, lag, marks, times, spelling, characters, promises, seed);
    }

    /// With conditions that are declared and not kept.
    public Traits breakingPromises() {
        return new Traits(capabilities, pageSize, lag, marks, times, spelling, forbidden, Promises.BROKEN, seed);
    }

    /// Without these verbs.
    public Traits removing(Verb... verbs) {
        Set<Verb> left = EnumSet.copyOf(capabilities.verbs());
        Arrays.asList(verbs).forEach(left::remove);
        return taking(left);
    }

    /// With these verbs too.
    public Traits adding(Verb... verbs) {
        Set<Verb> more = EnumSet.copyOf(capabilities.verbs());
        more.addAll(List.of(verbs));
        return taking(more);
    }

    private Traits taking(Set<Verb> verbs) {
        return with(capabilities.withVerbs(verbs));
    }

    /// With these hashes for every file.
    public Traits keepingHashes(HashType... types) {
        return with(capabilities.withHashes(Set.of(types)));
    }

    /// With times kept so.
    public Traits keepingTimes(Keeping keeping, Duration precision) {
        Traits changed = with(capabilities.with(new Capabilities.ModTimes(keeping, precision)));
        return keeping == Keeping.NOT_KEPT ? changed.removing(Verb.SET_MOD_TIME) : changed;
    }

    /// With listings that come so.
    public Traits listing(Capabilities.Listing listing) {
        return with(capabilities.with(listing));
    }

    /// With uploads in parts of at least so many bytes; none at all takes their verbs away.
    public Traits uploading(Parts parts, long minPart) {
        return parts == Parts.NONE
                ? with(capabilities.with(Capabilities.Uploads.NONE)).removing(UPLOADING)
                : with(capabilities.with(
                        new Capabilities.Uploads(parts, minPart, 1 << 20, 1, false, 10_000, Duration.ofDays(7))));
    }

    /// With names told apart so.
    public Traits naming(Capabilities.Names names) {
        return with(capabilities.with(names));
    }

    /// With these conditions kept at the moment of the effect.
    public Traits underConditions(Capabilities.Conditions conditions) {
        return with(capabilities.with(conditions));
    }

    /// With deletes that can be undone so.
    public Traits undoing(Undo undo) {
        Traits changed = with(capabilities.with(undo));
        return undo == Undo.VERSIONS ? changed.adding(Verb.VERSIONS) : changed;
    }

    /// With these limits.
    public Traits limitedTo(Capabilities.Limits limits) {
        return with(capabilities.with(limits));
    }

    private Traits with(Capabilities other) {
        return new Traits(other, pageSize, lag, marks, times, spelling, forbidden, promises, seed);
    }
}
