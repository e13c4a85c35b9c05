package io.skyferry.engine.execute;

import io.skyferry.engine.compare.Sameness;
import io.skyferry.engine.compare.Tags;
import io.skyferry.engine.pair.Agreed;
import io.skyferry.engine.pair.PairKey;
import io.skyferry.engine.report.Tally;
import io.skyferry.engine.run.OneWayRun;
import io.skyferry.engine.scan.PairKeys;
import io.skyferry.storage.Capabilities.ConditionKind;
import io.skyferry.storage.Entry;
import io.skyferry.storage.HashType;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.WriteOptions;
import io.skyferry.storage.WriteOptions.Durability;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// What everybody needs who has effects in one run.
///
/// @param owner put into temporary names: the pair's part, then the run's
public record Scope(OneWayRun run, Tally tally, Sameness sameness, PairKeys keys, String owner) {
    /// How long after a change the system may give a further change the same time.
    private static final Duration CLOCK_STEP = Duration.ofMillis(20);

    Storage source() {
        return run.source();
    }

    Storage target() {
        return run.target();
    }

    void checkCancelled() {
        run.cancel().check("transferring");
    }

    /// How a file is stored where the plan saw this, or nothing.
    WriteOptions writing(Entry.File source, Optional<Entry.File> replaced) {
        return new WriteOptions(
                source.modTime().known(),
                Map.of(),
                condition(replaced),
                owner,
                run.options().transfers().flushEach() ? Durability.NOW : Durability.SOON);
    }

    private WriteOptions.Condition condition(Optional<Entry.File> replaced) {
        var kept = target().capabilities().conditions().onWrite();
        if (replaced.isEmpty()) {
            return kept.contains(ConditionKind.ABSENT)
                    ? new WriteOptions.Condition.Absent()
                    : new WriteOptions.Condition.None();
        }
        return replaced.orElseThrow()
                .version()
                .filter(_ -> kept.contains(ConditionKind.MATCHES))
                .<WriteOptions.Condition>map(WriteOptions.Condition.Matches::new)
                .orElse(new WriteOptions.Condition.None());
    }

    /// Writes down that both sides agree on a file.
    void agree(Entry.File source, Entry.File target, Optional<String> hash, Optional<String> unflushedIn) {
        run.memory()
                .put(new Agreed(
                        new PairKey(keys.ofFile(source.path())),
                        source.path(),
                        Agreed.Kind.FILE,
                        source.size(),
                        hash,
                        Tags.of(source),
                        Tags.of(target),
                        source.id(),
                        target.id(),
                        target.seal(),
                        new Agreed.Doubt(unflushedIn, isRacy(source))));
    }

    /// The boot in which bytes that were just written may be lost; empty where they are safe.
    Optional<String> unflushed() {
        return target().identity().isHere() && !run.options().transfers().flushEach()
                ? Optional.of(run.clock().boot())
                : Optional.empty();
    }

    /// A hash that came with a write, in our own kind.
    static Optional<String> hashOf(Entry.File written) {
        return Optional.ofNullable(written.hashes().get(HashType.XXH128));
    }

    private boolean isRacy(Entry.File source) {
        Duration window = CLOCK_STEP.plus(source().capabilities().modTimes().precision());
        return source.modTime()
                .known()
                .map(at -> Duration.between(at, now()).abs().compareTo(window) < 0)
                .orElse(false);
    }

    Instant now() {
        return run.clock().now();
    }

    void forget(RelPath path) {
        run.memory().forget(new PairKey(keys.ofFile(path)));
    }
}
