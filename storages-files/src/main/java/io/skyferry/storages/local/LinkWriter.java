package io.skyferry.storages.local;

import io.skyferry.storage.Content;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Verb;
import io.skyferry.storage.WriteOptions;
import io.skyferry.storage.WriteOptions.Condition;
import io.skyferry.storages.local.disk.DiskException;
import io.skyferry.storages.local.disk.Fault;
import io.skyferry.storages.local.disk.Folder;
import io.skyferry.storages.local.disk.Inode;
import io.skyferry.storages.local.disk.Kind;
import io.skyferry.storages.local.disk.Links;
import io.skyferry.storages.local.disk.Renaming;
import java.time.Instant;
import java.util.Arrays;

/// Makes symbolic links of the small files that stand for them. Nothing is ever written through one.
final class LinkWriter {
    private static final int NAME_TRIES = 64;

    private final LocalRoot root;
    private final FolderCache folders;

    LinkWriter(LocalRoot root, FolderCache folders) {
        this.root = root;
        this.folders = folders;
    }

    Entry.File write(RelPath file, Content content, WriteOptions options, Verb verb) {
        byte[] target = LinkContent.read(content, root.errors().where(verb, file));
        try (FolderCache.Lease lease = folders.lease(file.parent(), verb, file)) {
            return write(lease.folder(), file, target, options, verb);
        } catch (DiskException refused) {
            throw root.errors().of(refused, verb, file);
        }
    }

    private Entry.File write(Folder folder, RelPath file, byte[] target, WriteOptions options, Verb verb)
            throws DiskException {
        byte[] name = LinkText.plain(RelPath.bytesOf(file.name()));
        Inode found = new Inode();
        boolean isThere = folder.look(name, Links.REFUSE, found);
        if (isThere && found.kind() != Kind.LINK) {
            throw root.errors()
                    .of(
                            ErrorKind.NOT_A_FILE,
                            verb,
                            file,
                            "Want to make a symbolic link but there is %s".formatted(LocalEntries.word(found.kind())));
        }
        if (!isExpected(options.condition(), isThere, found)) {
            if (isThere && Arrays.equals(folder.linkTarget(name), target) && hasTime(found, options)) {
                return LocalEntries.file(file, found);
            }
            throw root.errors().of(ErrorKind.PRECONDITION_FAILED, verb, file, "What is there is not what was expected");
        }
        publish(folder, name, target, options, isThere ? Renaming.REPLACE : Renaming.KEEP);
        folder.look(name, Links.REFUSE, found);
        return LocalEntries.file(file, found);
    }

    private static boolean isExpected(Condition condition, boolean isThere, Inode found) {
        return switch (condition) {
            case Condition.None() -> true;
            case Condition.Absent() -> !isThere;
            case Condition.Matches(var version) -> isThere && found.version().equals(version.text());
        };
    }

    private static boolean hasTime(Inode found, WriteOptions options) {
        return options.modTime()
                .map(time -> time.getEpochSecond() == found.modifiedSecond())
                .orElse(true);
    }

    private static void publish(Folder folder, byte[] name, byte[] target, WriteOptions options, Renaming how)
            throws DiskException {
        byte[] temp = draft(folder, TempName.of(options.owner(), name), target);
        boolean published = false;
        try {
            if (options.modTime().isPresent()) {
                Instant time = options.modTime().orElseThrow();
                folder.setTime(temp, time.getEpochSecond(), time.getNano());
            }
            folder.rename(temp, folder, name, how);
            published = true;
        } finally {
            if (!published) {
                LocalWriter.removeQuietly(folder, temp);
            }
        }
    }

    private static byte[] draft(Folder folder, TempName pattern, byte[] target) throws DiskException {
        for (int tried = 1; ; tried++) {
            byte[] temp = pattern.fresh();
            try {
                folder.makeLink(target, temp);
                return temp;
            } catch (DiskException refused) {
                if (refused.fault() != Fault.EXISTS || tried == NAME_TRIES) {
                    throw refused;
                }
            }
        }
    }
}
