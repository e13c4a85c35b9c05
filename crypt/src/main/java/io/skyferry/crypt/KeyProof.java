package io.skyferry.crypt;

import io.skyferry.crypt.box.SecretBox;
import io.skyferry.crypt.content.DamagedException;
import io.skyferry.crypt.content.Nonce;
import io.skyferry.crypt.content.SealedContent;
import io.skyferry.crypt.content.SentTags;
import io.skyferry.crypt.name.NameMode;
import io.skyferry.crypt.name.NameResult.Name;
import io.skyferry.storage.ByteRange;
import io.skyferry.storage.Capabilities.ConditionKind;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.ListPage;
import io.skyferry.storage.ListRequest;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageException.Where;
import io.skyferry.storage.WriteOptions;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/// Proves once that the key is the one that a folder was encrypted with, before anything is believed or
/// changed.
///
/// With a wrong key every name is gibberish, and a folder full of files looks empty. So something must
/// open: the key check, else a block of a file, else the name of a directory or of an empty file. Only a
/// folder that holds nothing at all passes without.
///
/// By chance a name decrypts under a wrong key, about one in 255. As proof counts only one that is
/// well-formed text without control characters too, about one in 40 million, and a file's first block
/// where it has one.
final class KeyProof {
    /// Files whose first block is tried: a few may be damaged.
    private static final int MOST_BLOCKS = 16;

    /// Names that are looked at before all are held for gibberish.
    private static final int MOST_NAMES = 10_000;

    /// Attempts to write a key check; each would cost every upload a request.
    private static final int MOST_WRITES = 3;

    /// What a place answers that does not let a file be read; its name must do then.
    private static final Set<ErrorKind> CLOSED =
            EnumSet.of(ErrorKind.FORBIDDEN, ErrorKind.ARCHIVED, ErrorKind.UNSUPPORTED);

    private final Storage below;
    private final SecretBox box;
    private final PathCipher paths;
    private final Opener opener;
    private final RandomGenerator random;
    private final Leaving leaving;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean proven;
    private volatile boolean checkWanted;
    private int writes;

    /// What is left beside data that was just written.
    enum Leaving {
        /// A key check, where there is none.
        A_CHECK,
        /// Nothing.
        NOTHING
    }

    KeyProof(Storage below, SecretBox box, PathCipher paths, RandomGenerator random, Leaving leaving) {
        this.leaving = leaving;
        this.below = below;
        this.box = box;
        this.paths = paths;
        this.opener = new Opener(below, box);
        this.random = random;
    }

    /// Goes on only with the right key.
    ///
    /// @throws StorageException `MISCONFIGURED` if nothing opens, or if names are of another kind
    void require(Where where) {
        if (proven) {
            return;
        }
        lock.lock();
        try {
            if (!proven) {
                prove(where);
            }
        } finally {
            lock.unlock();
        }
    }

    private void prove(Where where) {
        Check check = KeyCheck.isPossible(paths.options()) ? lookForCheck(where) : Check.MISSING;
        if (check != Check.OPENS) {
            var walk = new Walk(where);
            walk.run();
            if (!walk.opened && (walk.closed > 0 || check == Check.FOREIGN)) {
                throw refused(where, check);
            }
        }
        checkWanted = leaving == Leaving.A_CHECK && check == Check.MISSING && KeyCheck.isPossible(paths.options());
        proven = true;
    }

    private StorageException refused(Where where, Check check) {
        return StorageException.noEffect(
                ErrorKind.MISCONFIGURED,
                where,
                "Want something that these keys open but nothing in '%s' decrypts%s: is the password, the salt or the kind of names another?"
                        .formatted(
                                below.displayName(),
                                check == Check.FOREIGN
                                        ? ", nor does its key check '%s'".formatted(KeyCheck.NAME)
                                        : ""));
    }

    /// What there is of a key check.
    private enum Check {
        OPENS,
        FOREIGN,
        MISSING
    }

    private Check lookForCheck(Where where) {
        try {
            Optional<Entry> there = below.stat(new RelPath(KeyCheck.NAME));
            return there.isPresent() && there.orElseThrow() instanceof Entry.File file
                    ? opens(file, where)
                    : Check.MISSING;
        } catch (StorageException failure) {
            if (failure.kind() == ErrorKind.NOT_FOUND || CLOSED.contains(failure.kind())) {
                return Check.MISSING;
            }
            throw failure.at(where);
        }
    }

    private Check opens(Entry.File file, Where where) {
        var whole = new ByteRange(0, KeyCheck.MOST_BYTES);
        try (var plain = opener.open(file, Optional.empty(), whole, where).plain()) {
            byte[] told = plain.readNBytes(KeyCheck.MOST_BYTES);
            if (!KeyCheck.isOne(told)) {
                return Check.FOREIGN;
            }
            expectSameNames(KeyCheck.names(told), where);
            return Check.OPENS;
        } catch (DamagedException foreign) {
            return Check.FOREIGN;
        } catch (IOException failure) {
            throw StorageException.inStream(failure).at(where);
        }
    }

    /// Under the same key, names of another kind would become a second set of files beside the first.
    private void expectSameNames(Optional<String> names, Where where) {
        String own = paths.options().id();
        if (names.isPresent() && !names.orElseThrow().equals(own)) {
            throw StorageException.noEffect(
                    ErrorKind.MISCONFIGURED,
                    where,
                    ("Want the kind of names that '%s' was begun with, '%s', but have '%s'. If it is to be another from now on,"
                                    + " delete its key check '%s'")
                            .formatted(below.displayName(), names.orElseThrow(), own, KeyCheck.NAME));
        }
    }

    /// Leaves a key check beside data that was just written, where there is none.
    ///
    /// Only after data: so a key check never stands for a key that nothing was encrypted with. A place that
    /// does not take it does without, for names and blocks prove as much at more cost.
    void leaveCheck() {
        if (!checkWanted) {
            return;
        }
        lock.lock();
        try {
            if (checkWanted) {
                writes++;
                checkWanted = !isWritten() && writes < MOST_WRITES;
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isWritten() {
        try {
            var path = new RelPath(KeyCheck.NAME);
            boolean atomic = below.capabilities().conditions().onWrite().contains(ConditionKind.ABSENT);
            if (atomic || below.stat(path).isEmpty()) {
                WriteOptions options =
                        atomic ? WriteOptions.PLAIN.under(new WriteOptions.Condition.Absent()) : WriteOptions.PLAIN;
                var _ = below.write(
                        path,
                        new SealedContent(KeyCheck.content(paths.options()), box, Nonce.draw(random), new SentTags()),
                        options);
            }
            return true;
        } catch (StorageException failure) {
            // Somebody else's is as good; another trouble may pass, and the data is written in any case.
            return failure.kind().retry() == ErrorKind.Retry.NEVER;
        }
    }

    /// A walk through the folder until something opens.
    private final class Walk {
        private final Where where;
        private final EntryMapper mapper = new EntryMapper(paths);
        private final Deque<RelPath> ahead = new ArrayDeque<>();
        private final boolean recursive = below.capabilities().listing().recursive();
        private boolean opened;
        private int closed;
        private int blocks;

        Walk(Where where) {
            this.where = where;
        }

        void run() {
            ahead.add(RelPath.ROOT);
            while (!ahead.isEmpty() && goesOn()) {
                RelPath directory = ahead.remove();
                ListRequest request = recursive ? ListRequest.tree(directory) : ListRequest.children(directory);
                Optional<ListPage> page = page(request);
                while (page.isPresent()) {
                    page.orElseThrow().entries().forEach(this::look);
                    Optional<String> next = page.orElseThrow().next();
                    page = next.isPresent() && goesOn()
                            ? page(request.goOnAfter(next.orElseThrow()))
                            : Optional.empty();
                }
            }
        }

        private boolean goesOn() {
            return !opened && blocks < MOST_BLOCKS && closed < MOST_NAMES;
        }

        private Optional<ListPage> page(ListRequest request) {
            try {
                return Optional.of(below.list(request));
            } catch (StorageException failure) {
                if (failure.kind() == ErrorKind.NOT_FOUND) {
                    return Optional.empty();
                }
                throw failure.at(where);
            }
        }

        private void look(Entry entry) {
            if (!goesOn()) {
                return;
            }
            switch (entry) {
                case Entry.File file -> lookAt(file);
                case Entry.Directory directory -> lookAt(directory);
                case Entry.Unusable _, Entry.Special _, Entry.Unlisted _ -> closed++;
                case Entry.Leftover _ -> {
                    // Of an interrupted run of ours: no data.
                }
            }
        }

        private void lookAt(Entry.Directory directory) {
            if (!paths.options().hidesDirectories()) {
                if (!recursive) {
                    ahead.add(directory.path());
                }
                return;
            }
            if (mapper.directory(directory.path().text()) instanceof Name(String text)) {
                count(text);
                if (!recursive) {
                    ahead.add(directory.path());
                }
            } else {
                closed++;
            }
        }

        private void lookAt(Entry.File file) {
            if (KeyCheck.isAt(file.path().text(), paths.options())) {
                return;
            }
            long size = EntryMapper.plainSize(file.size()).orElse(-2);
            if (size == -2 || !(mapper.fileName(file.path().text()) instanceof Name(String text))) {
                closed++;
            } else if (size == 0) {
                count(text);
            } else {
                tryBlock(file, text);
            }
        }

        /// A name that decrypted and stands for no bytes that could prove more.
        private void count(String name) {
            if (isProof(name)) {
                opened = true;
            } else if (paths.options().mode() == NameMode.STANDARD) {
                closed++;
            }
        }

        private void tryBlock(Entry.File file, String name) {
            try (var plain = opener.open(file, Optional.empty(), new ByteRange(0, 1), where)
                    .plain()) {
                opened |= plain.read() >= 0;
            } catch (DamagedException damaged) {
                blocks++;
                closed++;
            } catch (IOException failure) {
                tell(StorageException.inStream(failure), name);
            } catch (StorageException failure) {
                tell(failure, name);
            }
        }

        private void tell(StorageException failure, String name) {
            switch (failure.kind()) {
                case NOT_FOUND, PRECONDITION_FAILED -> closed++;
                case FORBIDDEN, ARCHIVED -> {
                    opened |= isProof(name);
                    closed++;
                }
                default -> throw failure.at(where);
            }
        }

        /// Whether a name that decrypted can hardly be one by chance. Obfuscated and plain names always
        /// can.
        private boolean isProof(String name) {
            return paths.options().mode() == NameMode.STANDARD
                    && name.codePoints().noneMatch(c -> Character.isISOControl(c) || isSurrogate(c));
        }

        private static boolean isSurrogate(int c) {
            return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
        }
    }
}
