package io.skyferry.engine.execute;

import io.skyferry.engine.compare.Tags;
import io.skyferry.engine.pair.Agreed;
import io.skyferry.engine.pair.PairMemory;
import io.skyferry.engine.pair.Side;
import io.skyferry.engine.plan.Step;
import io.skyferry.engine.plan.StepLines;
import io.skyferry.engine.report.Tally.Holds;
import io.skyferry.engine.scan.Spill;
import io.skyferry.storage.Body;
import io.skyferry.storage.ByteRange;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.Seal;
import io.skyferry.storage.StorageException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Sealed source files that changed since both sides agreed, held back until it is known that none is a broken form of
/// what it was, nor another file in its place.
///
/// Who seals a file anew draws a new seal: a file that has the seal which is remembered, but not its size, was cut; one
/// that has the seal of another path was put there by somebody who cannot open it. Neither may replace a good copy. The
/// layer itself tells the former; for the latter all rows of the memory are gone through once, when all suspects are
/// known.
final class Suspects implements AutoCloseable {
    /// So many are held in memory at a time.
    private static final int MOST_AT_ONCE = 20_000;

    private final Scope scope;
    private final boolean possible;
    private final Spill examined;

    Suspects(Scope scope) {
        this.scope = scope;
        this.possible = !scope.source().identity().key().isEmpty()
                && scope.run().memory().standing() instanceof PairMemory.Standing.Known;
        this.examined = new Spill(scope.run().spill(), "suspects");
    }

    /// Whether a file can be one at all.
    boolean arePossible() {
        return possible;
    }

    /// Whether a file is one: it was sealed when both sides agreed, and is not the same now.
    boolean suspects(Entry.File source, Optional<Agreed> row) {
        return possible
                && row.flatMap(agreed -> agreed.sealOn(Side.LEFT)).isPresent()
                && !row.orElseThrow().left().equals(Tags.of(source));
    }

    /// Looks at the beginning of a file.
    void examine(Step.Transfer step, Optional<Agreed> row) {
        Entry.File source = step.source();
        try {
            Optional<Seal> seal = sealOf(source, row.flatMap(agreed -> agreed.sealOn(Side.LEFT)));
            var known = new Step.Transfer(source.withSeal(seal), step.path(), step.replaced());
            synchronized (examined) {
                examined.add(StepLines.write(known));
            }
        } catch (StorageException failure) {
            scope.tally().failed(source.path(), Transfers.reason(failure), Holds.DELETES);
        }
    }

    /// The seal of the file that is there.
    ///
    /// @throws StorageException `CORRUPT` if it is what is remembered, but not whole
    private Optional<Seal> sealOf(Entry.File source, Optional<Seal> remembered) {
        try {
            return begun(source.withSeal(remembered));
        } catch (StorageException failure) {
            if (failure.kind() != ErrorKind.PRECONDITION_FAILED) {
                throw failure;
            }
            return begun(source.withSeal(Optional.empty()));
        }
    }

    private Optional<Seal> begun(Entry.File source) {
        try (Body body = scope.source().read(source, new ByteRange(0, 0))) {
            return body.file().seal();
        }
    }

    /// Gives away those that are nothing else than new versions; the others fail.
    void release(Consumer<Step.Transfer> honest) {
        Iterator<String> lines = examined.forward();
        while (lines.hasNext()) {
            List<Step.Transfer> some = new ArrayList<>();
            while (lines.hasNext() && some.size() < MOST_AT_ONCE) {
                if (StepLines.read(lines.next()) instanceof Step.Transfer step) {
                    some.add(step);
                }
            }
            judge(some, honest);
        }
    }

    private void judge(List<Step.Transfer> steps, Consumer<Step.Transfer> honest) {
        Map<String, List<Step.Transfer>> bySeal = new HashMap<>();
        for (Step.Transfer step : steps) {
            step.source()
                    .seal()
                    .ifPresent(seal -> bySeal.computeIfAbsent(seal.content(), _ -> new ArrayList<>(1))
                            .add(step));
        }
        Map<Step.Transfer, Agreed> exchanged = new HashMap<>();
        try (PairMemory.Rows rows = scope.run().memory().agreed()) {
            while (rows.hasNext()) {
                Agreed row = rows.next();
                row
                        .sealOn(Side.LEFT)
                        .map(seal -> bySeal.getOrDefault(seal.content(), List.of()))
                        .orElse(List.of())
                        .stream()
                        .filter(step -> !step.source().path().equals(row.path()))
                        .forEach(step -> exchanged.put(step, row));
            }
        }
        for (Step.Transfer step : steps) {
            Agreed other = exchanged.get(step);
            if (other == null || step.replaced().isEmpty()) {
                honest.accept(step);
            } else {
                scope.tally()
                        .failed(
                                step.source().path(),
                                ("Want the encrypted file that belongs here, or a new one, but have that of '%s' in its"
                                                + " place. If that is meant, delete the file at the target")
                                        .formatted(other.path()),
                                Holds.DELETES);
            }
        }
    }

    @Override
    public void close() {
        examined.close();
    }
}
