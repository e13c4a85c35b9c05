package io.skyferry.engine.world;

import io.skyferry.engine.pair.Agreed;
import io.skyferry.engine.pair.HeldPairMemory;
import io.skyferry.engine.pair.PairKey;
import io.skyferry.engine.run.RunClock;
import io.skyferry.engine.scan.PairKeys;
import io.skyferry.storage.RelPath;
import io.skyferry.testkit.FakeClock;
import io.skyferry.testkit.MemoryStorage;
import io.skyferry.testkit.Traits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// All there is in a history: two places and one that is only read, the memory of the pair, the time.
final class Globe implements RunClock {
    final Setup setup;
    final Trace trace;
    final FakeClock clock = new FakeClock();
    final Moments moments;
    final Parts parts = new Parts();
    final Place left;
    final Place right;
    final Place reference;
    final Actor actor;
    final PairKeys keys;
    /// Keys of files whose change nothing can tell, for it left no trace and the memory has no row of them.
    final Set<String> excused = new TreeSet<>();
    /// What the memory held at the ends of earlier runs.
    final List<HeldPairMemory.Snapshot> pastMemories = new ArrayList<>();

    HeldPairMemory memory = new HeldPairMemory();
    boolean wasReversed;
    boolean wasMemoryLost;
    boolean isTorn;
    /// Whether no run has gone since the memory was lost.
    boolean isMemoryFresh;
    /// Whether rows may have been lost without anybody being able to tell.
    boolean wasRolledBackUnseen;
    private final Set<String> torn = new TreeSet<>();
    private int boots = 1;

    Globe(Setup setup, Trace trace) {
        this.setup = setup;
        this.trace = trace;
        this.moments = new Moments(clock, trace);
        this.keys = PairKeys.of(
                setup.source().traits().capabilities().names(),
                setup.target().traits().capabilities().names());
        Set<String> hidden = new TreeSet<>();
        this.left = place("left", setup.source(), hidden);
        this.right = place("right", setup.target(), hidden);
        this.reference = place("reference", new Setup.Side(Traits.DISK, true), hidden);
        this.actor = new Actor(
                setup.paths(), new Tokens(setup.isTimeless()), clock, moments, trace, left, this::excuseIfUntraceable);
    }

    private Place place(String name, Setup.Side side, Set<String> hidden) {
        return new Place(name, side.traits(), side.here(), new MemoryStorage(name, side.traits(), clock), keys, hidden);
    }

    @Override
    public Instant now() {
        return clock.get();
    }

    @Override
    public String boot() {
        return "boot-" + boots;
    }

    void reboot() {
        boots++;
    }

    /// Notes which files can differ now without anybody being able to tell.
    void excuseUntraceable() {
        left.hidden.forEach(this::excuseIfUntraceable);
    }

    private void excuseIfUntraceable(String key) {
        if (isUntraceable(memory.agreedAt(new PairKey(key)))) {
            excused.add(key);
        }
    }

    /// Without a row nothing tells; with one that has no hash, files are looked at only where that costs no traffic.
    private boolean isUntraceable(Optional<Agreed> row) {
        boolean cheap = left.here ? right.here || listsHashes(right) : right.here && listsHashes(left);
        return row.isEmpty() || (row.orElseThrow().hash().isEmpty() && !cheap);
    }

    private static boolean listsHashes(Place place) {
        return !place.traits.capabilities().hashes().isEmpty();
    }

    /// A loss of power tore files. Where the memory is lost too, nobody can tell.
    void tear(Set<String> keys) {
        torn.addAll(keys);
        if (isMemoryFresh || wasRolledBackUnseen) {
            excused.addAll(keys);
        }
    }

    void loseMemory() {
        parts.forgotten();
        wasMemoryLost = true;
        isMemoryFresh = true;
        excused.addAll(torn);
    }

    boolean isHopeless(RelPath path, RunPlan plan) {
        Place source = plan.reversed() ? right : left;
        Place target = plan.reversed() ? left : right;
        return new Troubles(source, target, plan.mode(), plan.selection()).isHopeless(path);
    }
}
