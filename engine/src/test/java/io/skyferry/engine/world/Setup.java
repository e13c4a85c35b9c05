package io.skyferry.engine.world;

import io.skyferry.engine.options.Mode;
import io.skyferry.engine.scan.PairKeys;
import io.skyferry.storage.Capabilities;
import io.skyferry.storage.Capabilities.Keeping;
import io.skyferry.storage.Capabilities.Parts;
import io.skyferry.storage.HashType;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Verb;
import io.skyferry.testkit.Traits;
import io.skyferry.testkit.Traits.Mark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/// What a seed makes of the two places: of which kinds they are, and which paths are used.
///
/// @param retries whether the stack retries calls, or each failure reaches the engine
record Setup(Side source, Side target, Mode mode, List<RelPath> paths, boolean retries, boolean crowd) {
    private static final List<String> PLAIN =
            List.of("a", "a/x", "a/y", "a-b", "a.b", "b", "b/c/d", "b/c", "e/f", "e/g", "z", "z/z/z");
    private static final List<String> FOLDING =
            List.of("a", "A", "a/x", "A/x", "A/Y", "B", "b/c", "caf\u00e9", "cafe\u0301", "CAFE\u0301/q", "e/F", "z");

    /// One place.
    ///
    /// @param here whether it is on this machine
    record Side(Traits traits, boolean here) {}

    static Setup of(SplittableRandom random) {
        Side source = side(random);
        Side target = side(random);
        Mode mode = random.nextInt(5) < 3 ? Mode.SYNC : List.of(Mode.values()).get(random.nextInt(3));
        boolean folds = !PairKeys.of(
                        source.traits().capabilities().names(),
                        target.traits().capabilities().names())
                .areExact();
        List<RelPath> paths = new ArrayList<>();
        List<String> pool = folds && random.nextInt(3) > 0 ? FOLDING : PLAIN;
        int count = 3 + random.nextInt(6);
        for (int i = 0; i < count; i++) {
            paths.add(new RelPath(pool.get(random.nextInt(pool.size()))));
        }
        if (random.nextInt(8) == 0) {
            paths.add(new RelPath("c:d"));
        }
        return new Setup(source, target, mode, paths, random.nextBoolean(), random.nextInt(12) == 0);
    }

    /// Whether only lengths tell contents apart.
    boolean isTimeless() {
        return !keepsTimes(source) || !keepsTimes(target);
    }

    private static boolean keepsTimes(Side side) {
        return side.traits().capabilities().modTimes().keeping() != Keeping.NOT_KEPT;
    }

    private static Side side(SplittableRandom random) {
        int kind = random.nextInt(10);
        Traits traits = switch (kind) {
            case 0, 1, 2, 3 -> Traits.DISK;
            case 4, 5, 6 -> Traits.OBJECTS;
            case 7, 8 -> Traits.DRIVE;
            default -> Traits.BARE;
        };
        boolean here = kind < 4 ? random.nextInt(6) > 0 : random.nextInt(6) == 0;
        return new Side(varied(traits, random), here);
    }

    private static Traits varied(Traits traits, SplittableRandom random) {
        int[] pages = {1, 2, 3, 1000};
        Traits made = traits.paged(pages[random.nextInt(pages.length)]);
        if (made.capabilities().uploads().parts() != Parts.NONE) {
            made = made.uploading(made.capabilities().uploads().parts(), 16);
        }
        int changes = random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            made = changed(made, random);
        }
        return made;
    }

    private static Traits changed(Traits traits, SplittableRandom random) {
        return switch (random.nextInt(18)) {
            case 0 -> traits.naming(new Capabilities.Names(false, true)).spelling(Traits.Spelling.AS_WRITTEN);
            case 1 -> traits.naming(new Capabilities.Names(false, false));
            case 2 ->
                traits.naming(new Capabilities.Names(true, false))
                        .spelling(random.nextBoolean() ? Traits.Spelling.COMPOSED : Traits.Spelling.AS_WRITTEN);
            case 3 -> traits.unsorted(random.nextInt(100));
            case 4, 5 -> traits.lagging(1 + random.nextInt(12));
            case 6 -> traits.marking();
            case 7 -> traits.marking(Mark.VERSION);
            case 8 -> traits.keepingTimes(Keeping.NOT_KEPT, Duration.ofNanos(1));
            case 9 -> traits.keepingTimes(Keeping.NATIVE, Duration.ofSeconds(1));
            case 10 -> traits.tellingTimes(Traits.Times.BY_STAT);
            case 11 -> traits.underConditions(new Capabilities.Conditions(Set.of(), false));
            case 12 -> traits.removing(VERBS[random.nextInt(VERBS.length)]);
            case 13 -> traits.forbidding(":");
            case 14 -> traits.keepingHashes(HashType.MD5);
            case 15 ->
                traits.capabilities().uploads().parts() == Parts.NONE
                        ? traits
                        : traits.uploading(random.nextBoolean() ? Parts.SEQUENTIAL : Parts.PARALLEL, 16);
            case 16 -> traits.uploading(Parts.NONE, 1);
            default -> {
                var listing = traits.capabilities().listing();
                yield traits.listing(new Capabilities.Listing(
                        random.nextBoolean(), listing.emptyDirectories(), listing.order(), listing.consistent()));
            }
        };
    }

    private static final Verb[] VERBS = {
        Verb.MOVE,
        Verb.COPY,
        Verb.DELETE_ALL,
        Verb.SET_MOD_TIME,
        Verb.LIST_UPLOADS,
        Verb.FLUSH,
        Verb.MAKE_DIRECTORY,
        Verb.REMOVE_DIRECTORY
    };
}
