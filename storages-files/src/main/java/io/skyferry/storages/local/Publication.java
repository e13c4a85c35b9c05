package io.skyferry.storages.local;

import io.skyferry.hash.Hasher;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.Verb;
import io.skyferry.storage.WriteOptions;
import io.skyferry.storage.WriteOptions.Condition;
import io.skyferry.storages.local.disk.CopyBuffer;
import io.skyferry.storages.local.disk.DiskException;
import io.skyferry.storages.local.disk.DiskFile;
import io.skyferry.storages.local.disk.Fault;
import io.skyferry.storages.local.disk.Folder;
import io.skyferry.storages.local.disk.Inode;
import io.skyferry.storages.local.disk.Kind;
import io.skyferry.storages.local.disk.Links;
import io.skyferry.storages.local.disk.Renaming;
import java.util.Optional;
import java.util.OptionalLong;

/// One file on its way to its name: what stands there is looked at, and never lost when it is not what was expected.
final class Publication {
    private static final int TRIES = 16;

    private final LocalErrors errors;
    private final Folder folder;
    private final RelPath file;
    private final byte[] name;
    private final WriteOptions options;
    private final Verb verb;
    private final Inode before = new Inode();
    private boolean wasThere;
    private boolean ownsTemp = true;
    private Inode result = before;
    private Copied copied = new Copied(0, Optional.empty());

    Publication(LocalErrors errors, Folder folder, RelPath file, byte[] name, WriteOptions options, Verb verb) {
        this.errors = errors;
        this.folder = folder;
        this.file = file;
        this.name = name;
        this.options = options;
        this.verb = verb;
    }

    /// Refuses early what would be refused late, before a byte is written. What is absent by condition is not looked
    /// at: the rename will tell, and most files are new.
    ///
    /// @param size of what is to be written
    void lookBefore(OptionalLong size) throws DiskException {
        if (options.condition() instanceof Condition.Absent) {
            return;
        }
        wasThere = folder.look(name, Links.REFUSE, before);
        if (wasThere) {
            expectFile(before);
        }
        if (options.condition() instanceof Condition.Matches(var version)) {
            boolean matches = wasThere && before.version().equals(version.text());
            // Another version may be what an earlier try of this very call made.
            boolean mayBeOurs = wasThere && size.orElse(before.size()) == before.size();
            if (!matches && !mayBeOurs) {
                throw notExpected();
            }
        }
    }

    private void expectFile(Inode found) {
        if (found.kind() != Kind.FILE) {
            throw errors.of(
                    ErrorKind.NOT_A_FILE,
                    verb,
                    file,
                    "Want to write a file but there is %s".formatted(LocalEntries.word(found.kind())));
        }
    }

    private StorageException notExpected() {
        return errors.of(
                ErrorKind.PRECONDITION_FAILED,
                verb,
                file,
                wasThere ? "Another version is there than was expected" : "Nothing is there any more");
    }

    /// What is going to be replaced.
    Optional<Inode> replaced() {
        return wasThere ? Optional.of(before) : Optional.empty();
    }

    /// What stands under the name now.
    Inode result() {
        return result;
    }

    /// What is known of the content that stands there.
    Copied copied() {
        return copied;
    }

    /// Whether what stands under the temporary name is ours to remove: after an exchange it may be another's.
    boolean ownsTemp() {
        return ownsTemp;
    }

    /// Gives the finished file its name.
    ///
    /// @param made the finished file
    /// @return whether the temporary name is gone; if not, what stands there is as good, made by an earlier try
    boolean publish(byte[] temp, Inode made, Copied content) throws DiskException {
        result = made;
        copied = content;
        if (options.condition() instanceof Condition.Matches(var version)) {
            return publishInstead(temp, made, version.text());
        }
        return options.condition() instanceof Condition.Absent ? publishNew(temp, made) : publishOver(temp);
    }

    private boolean publishOver(byte[] temp) throws DiskException {
        for (int tried = 1; ; tried++) {
            try {
                folder.rename(temp, folder, name, wasThere ? Renaming.REPLACE : Renaming.KEEP);
                return true;
            } catch (DiskException refused) {
                boolean mayHelp = refused.fault() == Fault.EXISTS || refused.fault() == Fault.IS_A_DIRECTORY;
                if (!mayHelp || tried == TRIES) {
                    throw refused;
                }
            }
            wasThere = folder.look(name, Links.REFUSE, before);
            if (wasThere) {
                expectFile(before);
            }
        }
    }

    private boolean publishNew(byte[] temp, Inode made) throws DiskException {
        try {
            folder.rename(temp, folder, name, Renaming.KEEP);
            return true;
        } catch (DiskException refused) {
            if (refused.fault() != Fault.EXISTS) {
                throw refused;
            }
        }
        wasThere = folder.look(name, Links.REFUSE, before);
        if (wasThere) {
            expectFile(before);
            return expectAsGood(temp, made);
        }
        throw new DiskException(Fault.BUSY, "What was in the way is gone again");
    }

    private boolean publishInstead(byte[] temp, Inode made, String version) throws DiskException {
        if (!before.version().equals(version)) {
            return expectAsGood(temp, made);
        }
        try {
            exchange(temp, made);
            return true;
        } catch (DiskException refused) {
            switch (refused.fault()) {
                case UNSUPPORTED -> {}
                case NOT_FOUND -> {
                    Inode draft = new Inode();
                    if (!folder.look(temp, Links.REFUSE, draft)) {
                        throw refused;
                    }
                    wasThere = false;
                    throw notExpected();
                }
                default -> throw refused;
            }
        }
        wasThere = folder.look(name, Links.REFUSE, before);
        if (!wasThere || !before.version().equals(version)) {
            throw notExpected();
        }
        folder.rename(temp, folder, name, Renaming.REPLACE);
        return true;
    }

    /// Swaps the two names and looks at what came out: only the version that was expected is removed.
    private void exchange(byte[] temp, Inode made) throws DiskException {
        folder.rename(temp, folder, name, Renaming.EXCHANGE);
        ownsTemp = false;
        Inode out = new Inode();
        if (!folder.look(temp, Links.REFUSE, out)) {
            return;
        }
        if (out.isSameContentAs(before)) {
            folder.remove(temp);
            return;
        }
        putBack(temp, made, out);
        throw notExpected();
    }

    /// Swaps again until our own file comes out. What others put in its place meanwhile is newer than what was put
    /// aside, and stays; what it replaced is gone as it would be without us.
    private void putBack(byte[] temp, Inode made, Inode intruder) throws DiskException {
        Inode aside = intruder;
        Inode displaced = made;
        for (int tried = 0; tried < TRIES; tried++) {
            try {
                folder.rename(temp, folder, name, Renaming.EXCHANGE);
            } catch (DiskException gone) {
                if (gone.fault() != Fault.NOT_FOUND) {
                    throw gone;
                }
                folder.rename(temp, folder, name, Renaming.KEEP);
                ownsTemp = true;
                return;
            }
            Inode out = new Inode();
            if (!folder.look(temp, Links.REFUSE, out) || out.isSameFileAs(made) || out.isSameFileAs(displaced)) {
                ownsTemp = true;
                return;
            }
            displaced = aside;
            aside = out;
        }
        throw StorageException.unknownEffect(
                ErrorKind.UNEXPECTED,
                errors.where(verb, file),
                "'%s': Others keep replacing it; one of theirs is kept as '%s'"
                        .formatted(file.text(), RelPath.textOf(temp, 0, temp.length)));
    }

    /// A repeated call finds its own work: the same size, time and bytes.
    private boolean expectAsGood(byte[] temp, Inode made) throws DiskException {
        boolean sameTime = options.modTime().isEmpty()
                || (before.modifiedSecond() == made.modifiedSecond() && before.modifiedNano() == made.modifiedNano());
        if (before.size() != made.size() || !sameTime) {
            throw notExpected();
        }
        String ours = copied.hash().isPresent() ? copied.hash().orElseThrow() : hashOf(temp);
        if (!hashOf(name).equals(ours)) {
            throw notExpected();
        }
        result = before;
        copied = new Copied(made.size(), Optional.of(ours));
        return false;
    }

    private String hashOf(byte[] which) throws DiskException {
        try (DiskFile open = folder.open(which, Links.REFUSE);
                CopyBuffer buffer = CopyBuffer.lease()) {
            Hasher hasher = buffer.hasher();
            long at = 0;
            int read;
            do {
                read = open.read(buffer, CopyBuffer.SIZE, at);
                hasher.update(buffer.segment(), 0, read);
                at += read;
            } while (read == CopyBuffer.SIZE);
            return hasher.hex();
        }
    }
}
