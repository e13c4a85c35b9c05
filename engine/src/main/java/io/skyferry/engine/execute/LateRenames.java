package io.skyferry.engine.execute;

import io.skyferry.engine.compare.Tags;
import io.skyferry.engine.plan.Step;
import io.skyferry.engine.scan.EntryLines;
import io.skyferry.engine.scan.SpilledSort;
import io.skyferry.storage.Entry;
import io.skyferry.storage.HashType;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.Verb;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Renames without memory: files that only one side has are matched by size, and where sizes match by content.
/// rclone's `--track-renames`.
final class LateRenames implements AutoCloseable {
    private static final int ALIKE = 64;

    private final Scope scope;
    private final Path folder;
    private final Looks looks;
    private final SpilledSort sources;

    LateRenames(Scope scope, Path folder) {
        this.scope = scope;
        this.folder = folder;
        this.looks = new Looks(scope);
        this.sources = new SpilledSort(folder);
    }

    boolean areWanted() {
        return scope.run().options().transfers().findRenames() && Renames.isOneCall(scope.target());
    }

    void add(Entry.File source) {
        sources.add(sizeKey(source), EntryLines.write(source));
    }

    private static String sizeKey(Entry.File file) {
        String digits = Long.toString(Math.max(0, file.size()));
        return "0".repeat(19 - digits.length()) + digits;
    }

    /// Matches what was added with what would be deleted.
    ///
    /// @param renamed takes each match; what it does not take is brought over
    void match(LaterDeletes deletes, Renames memory, Consumer<Step.Rename> renamed, Consumer<Entry.File> brought) {
        try (var targets = new SpilledSort(folder)) {
            deletes.forEachFile(file -> {
                if (!memory.movedAway(file.path())) {
                    targets.add(sizeKey(file), EntryLines.write(file));
                }
            });
            Iterator<SpilledSort.Line> wanted = sources.sorted();
            var offers = new Offers(targets.sorted());
            while (wanted.hasNext()) {
                SpilledSort.Line line = wanted.next();
                if (EntryLines.read(line.text()) instanceof Entry.File source) {
                    Optional<Entry.File> origin =
                            memory.canBeTimed(source) ? offers.take(line.key(), source) : Optional.empty();
                    origin.ifPresentOrElse(
                            old -> renamed.accept(new Step.Rename(source, old, source.path())),
                            () -> brought.accept(source));
                }
            }
        }
    }

    @Override
    public void close() {
        sources.close();
    }

    /// Target files of one size, of which each serves one source file.
    private final class Offers {
        private final Iterator<SpilledSort.Line> rest;
        private final List<Offer> alike = new ArrayList<>();
        private String size = "";
        private SpilledSort.@Nullable Line ahead;

        private record Offer(Entry.File file, Optional<String> hash) {}

        Offers(Iterator<SpilledSort.Line> rest) {
            this.rest = rest;
        }

        /// The first file of that size that holds what the source's does.
        Optional<Entry.File> take(String key, Entry.File source) {
            fill(key);
            if (alike.isEmpty() || source.size() <= 0) {
                return Optional.empty();
            }
            Map<HashType, Optional<String>> wanted = new EnumMap<>(HashType.class);
            for (int i = 0; i < alike.size(); i++) {
                Entry.File file = known(alike.get(i).file());
                HashType type = Looks.proof(file).orElse(HashType.XXH128);
                Optional<String> had = alike.get(i).hash().or(() -> hashAtTarget(file, type));
                alike.set(i, new Offer(file, had));
                if (had.isPresent()
                        && had.equals(wanted.computeIfAbsent(type, _ -> hash(scope.source(), source, type)))
                        && isAbsentStill(file)) {
                    alike.remove(i);
                    return Optional.of(file);
                }
            }
            return Optional.empty();
        }

        private void fill(String key) {
            if (key.equals(size)) {
                return;
            }
            alike.clear();
            size = key;
            for (SpilledSort.Line line = next(); line != null; line = next()) {
                int order = line.key().compareTo(key);
                if (order > 0) {
                    ahead = line;
                    return;
                }
                if (order == 0 && alike.size() < ALIKE && EntryLines.read(line.text()) instanceof Entry.File file) {
                    alike.add(new Offer(file, Optional.empty()));
                }
            }
        }

        private SpilledSort.@Nullable Line next() {
            SpilledSort.Line line = ahead;
            ahead = null;
            return line != null ? line : rest.hasNext() ? rest.next() : null;
        }
    }

    private boolean isAbsentStill(Entry.File file) {
        try {
            return looks.isAbsentStill(file);
        } catch (StorageException failure) {
            scope.tally().warn("Could not look for '%s' again: %s".formatted(file.path(), Transfers.reason(failure)));
            return false;
        }
    }

    /// The file as a look shows it, where a listing alone does not tell it from another of its size.
    private Entry.File known(Entry.File listed) {
        try {
            return Tags.isWhole(listed)
                    ? listed
                    : looks.fileAt(scope.target(), listed.path())
                            .filter(now -> now.size() == listed.size())
                            .orElse(listed);
        } catch (StorageException failure) {
            // Reading it or copying it will say what is wrong there.
            return listed;
        }
    }

    /// What a far target would have to send is no cheaper than what it would have to be sent.
    private Optional<String> hashAtTarget(Entry.File file, HashType type) {
        boolean worthIt = file.hashes().containsKey(type)
                || scope.target().capabilities().can(Verb.MOVE)
                || scope.target().identity().isHere();
        return worthIt ? hash(scope.target(), file, type) : Optional.empty();
    }

    /// A file that cannot be read matches nothing: its transfer will say why.
    private Optional<String> hash(Storage storage, Entry.File file, HashType type) {
        String kept = file.hashes().get(type);
        if (kept != null) {
            return Optional.of(kept);
        }
        try {
            return Optional.of(ContentHash.of(storage, file, type, scope.run().cancel()));
        } catch (StorageException failure) {
            scope.tally().warn("Could not compare '%s': %s".formatted(file.path(), Transfers.reason(failure)));
            return Optional.empty();
        }
    }
}
