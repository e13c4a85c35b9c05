package io.skyferry.crypt;

import io.skyferry.crypt.content.BoxFormat;
import io.skyferry.crypt.content.Nonce;
import io.skyferry.crypt.name.NameResult;
import io.skyferry.crypt.name.NameResult.Name;
import io.skyferry.crypt.name.NameResult.Refused;
import io.skyferry.storage.ChangePage;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.PendingUpload;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Seal;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageException.Where;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Puts what the storage below lists into plain names and sizes. For one page, by one thread: it remembers
/// directories.
final class EntryMapper {
    private static final String RAW = "raw\n";

    private final PathCipher paths;
    private final Map<String, NameResult> directories = new HashMap<>();

    EntryMapper(PathCipher paths) {
        this.paths = paths;
    }

    /// The entry as the user knows it; empty for the key check.
    Optional<Entry> plain(Entry stored) {
        if (KeyCheck.isAt(stored.path().text(), paths.options()) && stored instanceof Entry.File) {
            return Optional.empty();
        }
        return Optional.of(
                switch (stored) {
                    case Entry.File file -> file(file);
                    case Entry.Directory(RelPath path, var id) ->
                        switch (directory(path.text())) {
                            case Name(String text) -> new Entry.Directory(new RelPath(text), id);
                            case Refused(String reason) -> unusable(path, reason);
                        };
                    case Entry.Unusable(RelPath path, String rawName, String reason, boolean foreign) ->
                        new Entry.Unusable(nearest(path), rawName, reason, foreign);
                    case Entry.Special(RelPath path, var kind) ->
                        switch (fileName(path.text())) {
                            case Name(String text) -> new Entry.Special(new RelPath(text), kind);
                            case Refused(String reason) -> unusable(path, reason);
                        };
                    case Entry.Unlisted(RelPath path, var kind, String reason) ->
                        new Entry.Unlisted(nearest(path), kind, reason);
                    case Entry.Leftover(RelPath path, String owner, PendingUpload upload) ->
                        new Entry.Leftover(below(path), owner, pending(upload));
                });
    }

    private Entry file(Entry.File stored) {
        return switch (fileName(stored.path().text())) {
            case Name(String text) -> {
                OptionalLong size = plainSize(stored.size());
                yield size.isPresent()
                        ? plainFile(stored, new RelPath(text), size.orElseThrow(), Optional.empty())
                        : unusable(
                                stored.path(), "Want an encrypted file but none has %s bytes".formatted(stored.size()));
            }
            case Refused(String reason) -> unusable(stored.path(), reason);
        };
    }

    /// How much is in an encrypted file; empty if it cannot be one.
    static OptionalLong plainSize(long stored) {
        return stored == Entry.File.UNKNOWN_SIZE ? OptionalLong.of(stored) : BoxFormat.plainSize(stored);
    }

    /// How long the encryption of a file is.
    static long storedSize(long plain) {
        return plain == Entry.File.UNKNOWN_SIZE ? plain : BoxFormat.sealedSize(plain);
    }

    /// A stored file under its plain path.
    ///
    /// @param nonce it was encrypted under, where that is known
    static Entry.File plainFile(Entry.File stored, RelPath path, long size, Optional<Nonce> nonce) {
        return new Entry.File(
                path,
                size,
                stored.modTime(),
                Map.of(),
                stored.version(),
                stored.id(),
                nonce.map(known -> CryptSeal.of(known, stored).seal()));
    }

    /// A stored file under its plain path.
    ///
    /// @throws StorageException `CORRUPT` if no encrypted file is so long
    static Entry.File plainFile(Entry.File stored, RelPath path, Optional<Nonce> nonce, Where where) {
        long size = plainSize(stored.size())
                .orElseThrow(() -> StorageException.noEffect(
                        ErrorKind.CORRUPT,
                        where,
                        "Want an encrypted file but none has %s bytes".formatted(stored.size())));
        return plainFile(stored, path, size, nonce);
    }

    /// A file that was seen, as the storage below knows it.
    static Entry.File storedFile(Entry.File seen, RelPath stored) {
        Optional<Seal> below = seen.seal().flatMap(CryptSeal::parse).flatMap(CryptSeal::below);
        return new Entry.File(
                stored, storedSize(seen.size()), seen.modTime(), Map.of(), seen.version(), seen.id(), below);
    }

    /// The plain path of a stored file.
    NameResult fileName(String stored) {
        int slash = stored.lastIndexOf('/');
        if (slash < 0) {
            return paths.decodeFile(stored);
        }
        return directory(stored.substring(0, slash))
                .then(parent ->
                        paths.decodeFile(stored.substring(slash + 1)).then(name -> new Name(parent + "/" + name)));
    }

    /// The plain path of a stored directory.
    NameResult directory(String stored) {
        if (stored.isEmpty()) {
            return new Name("");
        }
        NameResult known = directories.get(stored);
        if (known != null) {
            return known;
        }
        int slash = stored.lastIndexOf('/');
        NameResult own = paths.decodeDirectory(stored.substring(slash + 1));
        NameResult whole = slash < 0
                ? own
                : directory(stored.substring(0, slash)).then(parent -> own.then(name -> new Name(parent + "/" + name)));
        directories.put(stored, whole);
        return whole;
    }

    private Entry.Unusable unusable(RelPath stored, String reason) {
        RelPath parent = stored.parent();
        int depth = storedNearest(parent).text().length();
        String raw = stored.text().substring(depth == 0 ? 0 : depth + 1);
        return new Entry.Unusable(nearest(parent), raw, reason, true);
    }

    /// The nearest directory at or above a stored one that has a plain name, stored.
    private RelPath storedNearest(RelPath stored) {
        RelPath at = stored;
        while (directory(at.text()) instanceof Refused) {
            at = at.parent();
        }
        return at;
    }

    private RelPath nearest(RelPath stored) {
        return directory(storedNearest(stored).text()) instanceof Name(String text) ? new RelPath(text) : RelPath.ROOT;
    }

    /// A name of ours that is not encrypted, in its plain directory.
    private RelPath below(RelPath stored) {
        return nearest(stored.parent()).resolve(stored.name());
    }

    /// An unfinished upload as the user knows it; one whose file has no plain name carries its stored
    /// path in its id.
    PendingUpload pending(PendingUpload stored) {
        return switch (fileName(stored.file().text())) {
            case Name(String text) -> new PendingUpload(new RelPath(text), stored.id(), stored.begun());
            case Refused refused ->
                new PendingUpload(
                        below(stored.file()), RAW + stored.file().text() + "\n" + stored.id(), stored.begun());
        };
    }

    /// The unfinished upload as the storage below knows it; empty if its name cannot be encrypted.
    Optional<PendingUpload> storedPending(PendingUpload plain) {
        if (plain.id().startsWith(RAW)) {
            int end = plain.id().indexOf('\n', RAW.length());
            var file = new RelPath(plain.id().substring(RAW.length(), Math.max(RAW.length(), end)));
            return Optional.of(new PendingUpload(file, plain.id().substring(end + 1), plain.begun()));
        }
        return paths.encodeFile(plain.file()) instanceof Name(String text)
                ? Optional.of(new PendingUpload(new RelPath(text), plain.id(), plain.begun()))
                : Optional.empty();
    }

    /// A change as the user knows it; empty for the key check.
    Optional<ChangePage.Change> change(ChangePage.Change stored) {
        if (stored.path()
                .filter(path -> KeyCheck.isAt(path.text(), paths.options()))
                .isPresent()) {
            return Optional.empty();
        }
        Optional<Entry> entry = stored.entry().flatMap(this::plain);
        Optional<RelPath> path = stored.path().flatMap(at -> either(at.text()));
        return Optional.of(
                new ChangePage.Change(stored.id(), entry.map(Entry::path).or(() -> path), entry));
    }

    /// A path of which nobody says what stood there.
    private Optional<RelPath> either(String stored) {
        NameResult name = fileName(stored) instanceof Name file ? file : directory(stored);
        return name instanceof Name(String text) ? Optional.of(new RelPath(text)) : Optional.empty();
    }
}
