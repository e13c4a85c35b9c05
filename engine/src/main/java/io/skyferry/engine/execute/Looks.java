package io.skyferry.engine.execute;

import io.skyferry.engine.compare.Judgement;
import io.skyferry.engine.compare.Judgement.Trust;
import io.skyferry.engine.compare.Tags;
import io.skyferry.engine.pair.Agreed;
import io.skyferry.storage.Capabilities;
import io.skyferry.storage.Entry;
import io.skyferry.storage.HashType;
import io.skyferry.storage.ModTime;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import java.util.Optional;

/// Finds out what listings did not tell: by content, or by asking for a time.
final class Looks {
    private static final Judgement DIFFERENT = new Judgement.Different("the contents differ");
    private static final Judgement.Look READ_BOTH = new Judgement.Look(Trust.READ, Trust.READ);

    private final Scope scope;

    Looks(Scope scope) {
        this.scope = scope;
    }

    /// What content says of two files, and the hash it was said by.
    ///
    /// @param hash in our own kind, of both where they are the same; empty where another kind was compared
    /// @param source as it was read, with its seal
    /// @param target the same for the target
    record Found(Judgement judgement, Optional<String> hash, Entry.File source, Entry.File target) {}

    /// Compares content, and where that is the same, times.
    ///
    /// @throws StorageException if a side could not be read as it was seen
    Found compare(Entry.File source, Entry.File target, Optional<Agreed> row, Judgement.Look look) {
        Contents read = contents(source, target, row, look);
        if (!read.same()) {
            return new Found(DIFFERENT, read.hash(), read.source(), read.target());
        }
        boolean open = asksTimes(read) && !scope.sameness().isRowOf(row, source, target);
        Times times = open ? askTimes(read.source(), read.target()) : new Times(read.source(), read.target());
        // What became another file since its content was read was not compared.
        boolean still = Tags.fits(Tags.of(source), times.source()) && Tags.fits(Tags.of(target), times.target());
        Entry.File from = times.source().withSeal(read.source().seal());
        Entry.File to = times.target().withSeal(read.target().seal());
        return new Found(still ? scope.sameness().withContentEqual(from, to) : DIFFERENT, read.hash(), from, to);
    }

    /// Whether times that count were not listed. Those of sealed files are asked for even where they do not, as a row
    /// that cannot be written for lack of them would cost all their bytes again.
    private boolean asksTimes(Contents read) {
        boolean sealed =
                read.source().seal().isPresent() || read.target().seal().isPresent();
        return scope.sameness().areTimesOpen(read.source(), read.target())
                && (scope.sameness().heedsTimes() || sealed);
    }

    /// What was read of two files.
    ///
    /// @param hash in our own kind, of both where they are the same; empty where another kind was compared
    private record Contents(boolean same, Optional<String> hash, Entry.File source, Entry.File target) {}

    private Contents contents(Entry.File source, Entry.File target, Optional<Agreed> row, Judgement.Look look) {
        Optional<HashType> kept = keptType(source, target);
        if (kept.isPresent() && look.source() == Trust.READ && look.target() == Trust.READ) {
            String left = kept(scope.source(), source, kept.orElseThrow());
            String right = kept(scope.target(), target, kept.orElseThrow());
            return new Contents(left.equals(right), Optional.empty(), source, target);
        }
        Optional<String> remembered = row.flatMap(Agreed::hash);
        ContentHash.Read left = look.source() == Trust.REMEMBERED && remembered.isPresent()
                ? new ContentHash.Read(remembered.orElseThrow(), source.seal())
                : hash(scope.source(), source);
        ContentHash.Read right = look.target() == Trust.REMEMBERED && remembered.isPresent()
                ? new ContentHash.Read(remembered.orElseThrow(), target.seal())
                : hash(scope.target(), target);
        return new Contents(
                left.hash().equals(right.hash()),
                Optional.of(left.hash()),
                source.withSeal(left.seal()),
                target.withSeal(right.seal()));
    }

    /// Reads both sides, whatever is remembered.
    Found compare(Entry.File source, Entry.File target) {
        return compare(source, target, Optional.empty(), READ_BOTH);
    }

    /// Whether both hold the same bytes, by what is read of them or kept beside them now.
    boolean isContentEqual(Entry.File source, Entry.File target) {
        return contents(source, target, Optional.empty(), READ_BOTH).same();
    }

    private static Optional<HashType> keptType(Entry.File source, Entry.File target) {
        return proof(target).or(() -> proof(source));
    }

    /// The kind of a hash that a file brings and that tells whether another one is the same.
    static Optional<HashType> proof(Entry.File file) {
        return file.hashes().keySet().stream().filter(HashType::provesSameness).findFirst();
    }

    private String kept(Storage storage, Entry.File file, HashType type) {
        String known = file.hashes().get(type);
        return known != null
                ? known
                : ContentHash.of(storage, file, type, scope.run().cancel());
    }

    private ContentHash.Read hash(Storage storage, Entry.File file) {
        String known = file.hashes().get(HashType.XXH128);
        return known != null
                ? new ContentHash.Read(known, file.seal())
                : ContentHash.read(storage, file, HashType.XXH128, scope.run().cancel());
    }

    /// The same files with their times, where only a look at each gives them.
    Times askTimes(Entry.File source, Entry.File target) {
        return new Times(withTime(scope.source(), source), withTime(scope.target(), target));
    }

    /// Two files whose times are known as far as they are kept.
    record Times(Entry.File source, Entry.File target) {}

    /// The file at a path; empty: there is none.
    Optional<Entry.File> fileAt(Storage storage, RelPath path) {
        return storage.stat(path).filter(Entry.File.class::isInstance).map(Entry.File.class::cast);
    }

    /// Whether a file of the target is absent from the source still. A listing that is consistent proves it; one that
    /// may lag behind does not, and an old plan does not either: a look does.
    boolean isAbsentStill(Entry.File target) {
        return scope.source().capabilities().listing().consistent() || isAbsentNow(target);
    }

    /// Whether the source has no file of this name now, neither as the target spells it nor as the source did.
    boolean isAbsentNow(Entry.File target) {
        RelPath known = scope.rowOf(target.path()).map(Agreed::path).orElse(target.path());
        return fileAt(scope.source(), target.path()).isEmpty()
                && (known.equals(target.path()) || fileAt(scope.source(), known).isEmpty());
    }

    /// A source file with its time, where the listing did not give it and the target keeps times or the memory needs
    /// it to tell the file's states apart.
    Entry.File sourceWithTime(Entry.File source) {
        return wantsTime(source) ? withTime(scope.source(), source) : source;
    }

    private boolean wantsTime(Entry.File source) {
        return source.modTime() instanceof ModTime.NotListed
                && (!Tags.isWhole(source)
                        || scope.target().capabilities().modTimes().keeping() != Capabilities.Keeping.NOT_KEPT);
    }

    /// Whether a source's time is wanted and may come with its bytes: they must be of the version that was listed, and
    /// the target must not be one that might fetch them by itself.
    boolean wantsTimeOfRead(Entry.File source) {
        return wantsTime(source)
                && source.version().isPresent()
                && source.size() != Entry.File.UNKNOWN_SIZE
                && !scope.source()
                        .origin(source)
                        .map(origin -> origin.storage().provider())
                        .equals(Optional.of(scope.target().identity().provider()));
    }

    private Entry.File withTime(Storage storage, Entry.File file) {
        if (!(file.modTime() instanceof ModTime.NotListed)) {
            return file;
        }
        // The whole of what a look shows: a time of now beside a hash of then would be a state that never was.
        return fileAt(storage, file.path())
                .filter(now -> !(now.modTime() instanceof ModTime.NotListed))
                .map(now -> now.at(file.path()))
                .orElseGet(() -> untimed(file));
    }

    private static Entry.File untimed(Entry.File file) {
        return file.withModTime(new ModTime.NotKept());
    }
}
