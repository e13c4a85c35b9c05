package io.skyferry.control.crypt;

import io.skyferry.control.run.Contents;
import io.skyferry.control.run.Places;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.run.StorageOpener;
import io.skyferry.engine.work.CancelFlag;
import io.skyferry.storage.Body;
import io.skyferry.storage.ByteRange;
import io.skyferry.storage.Content;
import io.skyferry.storage.Entry;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageSpec;
import io.skyferry.storage.WriteOptions;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// Encrypts and decrypts single files, each named by its own place.
public final class SingleFiles {
    private static final int BUFFER_BYTES = 256 * 1024;

    private final Places places;
    private final Encryption.Contents contents;
    private final CancelFlag cancel;

    /// For files that are opened by this.
    public SingleFiles(StorageOpener opener, Encryption.Contents contents, CancelFlag cancel) {
        this.places = new Places(opener);
        this.contents = contents;
        this.cancel = cancel;
    }

    /// A file in the folder that holds it.
    private record Held(Places.Above above, Entry.File file) implements AutoCloseable {
        Storage storage() {
            return above.storage();
        }

        @Override
        public void close() {
            above.close();
        }
    }

    private Held open(StorageSpec named) {
        Places.Above above = folderOf(named);
        try {
            Optional<Entry> there = above.storage().stat(above.directory());
            if (there.orElse(null) instanceof Entry.File file) {
                return new Held(above, file);
            }
            throw new RefusedException("Want a file but have %s at '%s' in '%s'"
                    .formatted(
                            there.isEmpty() ? "nothing" : "something else",
                            above.directory(),
                            above.storage().displayName()));
        } catch (StorageException | RefusedException failure) {
            above.close();
            throw failure;
        }
    }

    private Places.Above folderOf(StorageSpec named) {
        return places.openAbove(named)
                .orElseThrow(() -> new RefusedException("Want a file but have the top of a place"));
    }

    /// Gives what is in an encrypted file to a sink.
    ///
    /// @throws IOException if it does not decrypt; bytes before the damage were given then
    public void cat(StorageSpec named, Contents.Sink sink) throws IOException {
        try (Held held = open(named);
                Body body = held.storage().read(held.file(), ByteRange.ALL);
                InputStream plain = contents.opened(body.stream())) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int length = plain.read(buffer); length >= 0; length = plain.read(buffer)) {
                cancel.check("decrypting");
                sink.accept(buffer, length);
            }
        }
    }

    /// Encrypts a file into another, which appears when it is whole.
    ///
    /// @param nonce hexadecimal, for tests; empty: one is drawn
    /// @return how long the encrypted file is
    public long put(StorageSpec source, StorageSpec target, Optional<String> nonce) {
        try (Held held = open(source);
                Places.Above into = folderOf(target)) {
            Content plain = new Stored(held.storage(), held.file());
            Content sealed = contents.sealed(plain, nonce);
            return into.storage()
                    .write(into.directory(), sealed, WriteOptions.PLAIN)
                    .size();
        }
    }

    /// Decrypts a file into a folder, under its own name; it appears when it proved to be whole.
    ///
    /// @return the file that was made
    /// @throws StorageException `ALREADY_EXISTS` if there is one of that name
    public Entry.File decrypt(StorageSpec named, Storage folder) {
        try (Held held = open(named)) {
            WriteOptions options = WriteOptions.PLAIN.under(new WriteOptions.Condition.Absent());
            Optional<Instant> time = held.file().modTime().known();
            return folder.write(
                    new RelPath(held.file().path().name()),
                    new Opened(held.storage(), held.file()),
                    time.map(options::at).orElse(options));
        }
    }

    /// A stored file as what another storage is to keep.
    private record Stored(Storage storage, Entry.File file) implements Content {
        @Override
        public OptionalLong size() {
            return OptionalLong.of(file.size());
        }

        @Override
        public InputStream open(long offset, long length) throws IOException {
            try {
                return storage.read(file, new ByteRange(offset, length)).stream();
            } catch (StorageException failure) {
                throw failure.asIo();
            }
        }

        @Override
        public String fingerprint() {
            return file.toString();
        }

        @Override
        public Optional<Origin> origin() {
            return Optional.empty();
        }
    }

    /// What is in an encrypted file, as what another storage is to keep.
    private final class Opened implements Content {
        private final Storage storage;
        private final Entry.File file;

        Opened(Storage storage, Entry.File file) {
            this.storage = storage;
            this.file = file;
        }

        @Override
        public OptionalLong size() {
            return OptionalLong.empty();
        }

        @Override
        public InputStream open(long offset, long length) throws IOException {
            InputStream plain = contents.opened(new Stored(storage, file).open(0, file.size()));
            plain.skipNBytes(offset);
            return plain;
        }

        @Override
        public String fingerprint() {
            return file.toString();
        }

        @Override
        public Optional<Origin> origin() {
            return Optional.empty();
        }
    }
}
