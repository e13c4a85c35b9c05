package io.skyferry.storages.s3;

import io.skyferry.storage.Capabilities;
import io.skyferry.storage.Capabilities.ConditionKind;
import io.skyferry.storage.Capabilities.Keeping;
import io.skyferry.storage.Capabilities.Order;
import io.skyferry.storage.Capabilities.Parts;
import io.skyferry.storage.Capabilities.Undo;
import io.skyferry.storage.Verb;
import io.skyferry.storages.s3.S3Family.Conditional;
import io.skyferry.storages.s3.S3Family.Lists;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/// What a bucket can do, as far as its settings tell: nothing is asked of the server.
final class S3Capabilities {
    /// Some servers drop unfinished uploads after a week; at Amazon that is a rule of the bucket.
    private static final Duration KEPT_FOR = Duration.ofDays(7);

    private S3Capabilities() {}

    static Capabilities of(S3Settings settings) {
        boolean sorted = settings.lists() != Lists.V2_UNORDERED;
        Set<ConditionKind> onWrite = settings.conditional() == Conditional.EVERYWHERE
                ? EnumSet.allOf(ConditionKind.class)
                : EnumSet.noneOf(ConditionKind.class);
        return new Capabilities(
                EnumSet.complementOf(
                        EnumSet.of(Verb.MOVE, Verb.MAKE_DIRECTORY, Verb.REMOVE_DIRECTORY, Verb.CHANGES, Verb.QUOTA)),
                Set.of(),
                new Capabilities.ModTimes(Keeping.IN_METADATA, Duration.ofNanos(1)),
                new Capabilities.Listing(sorted, false, sorted ? Order.UTF8_BYTES : Order.NONE, true, sorted),
                new Capabilities.Uploads(
                        Parts.PARALLEL,
                        S3Settings.MIN_PART,
                        S3Settings.MAX_PART,
                        1,
                        settings.family() == S3Family.R2,
                        S3Settings.MAX_PARTS,
                        KEPT_FOR),
                Capabilities.Names.EXACT,
                new Capabilities.Conditions(onWrite, false),
                Undo.NONE,
                new Capabilities.Limits(
                        settings.family().maxFileBytes(), settings.root().maxPathBytes(), settings::refusal));
    }
}
