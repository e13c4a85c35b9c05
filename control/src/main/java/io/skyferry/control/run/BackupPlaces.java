package io.skyferry.control.run;

import io.skyferry.engine.run.OneWayRun;
import io.skyferry.filter.Selection;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageIdentity;
import io.skyferry.storage.StorageSpec;

/// Finds the storage that holds both a target and its backup directory: files are moved between them inside it.
final class BackupPlaces {
    private BackupPlaces() {}

    /// Opens it.
    ///
    /// @throws RefusedException if no storage holds both, or one lies in the other
    static OneWayRun.Backup open(
            OneWayTask.Backup wanted, OneWayTask task, Storage source, Storage target, StorageOpener opener) {
        if (wanted.suffix().indexOf('/') >= 0) {
            throw new RefusedException("Want a suffix that is part of a name but have '%s'".formatted(wanted.suffix()));
        }
        if (wanted.place().isEmpty()) {
            if (wanted.suffix().isEmpty()) {
                throw new RefusedException("Want a backup directory or a suffix but have neither");
            }
            return new OneWayRun.Backup(
                    opener.open(task.target()), RelPath.ROOT, RelPath.ROOT, wanted.suffix(), wanted.where());
        }
        StorageIdentity targetId = target.identity();
        StorageIdentity backupId;
        try (Storage backup = opener.open(wanted.place().orElseThrow())) {
            backupId = backup.identity();
        }
        if (!targetId.provider().equals(backupId.provider())
                || !targetId.account().equals(backupId.account())
                || !targetId.key().equals(backupId.key())
                || !targetId.volume().equals(backupId.volume())) {
            throw new RefusedException("Want a backup directory that files of the target can be moved to, on the same"
                    + " file system or account, but have '%s' for the target '%s'"
                            .formatted(backupId.root(), targetId.root()));
        }
        refuseHiddenDirectories(task.target());
        refuseOverlap("target", targetId, backupId, task.selection());
        refuseOverlap("source", source.identity(), backupId, task.selection());
        String common = commonFolder(targetId.root(), backupId.root());
        Storage both = opener.open(task.target()
                .with(Places.ROOT_SETTING, rootOf(task.target(), below(common, targetId.root()), common)));
        return new OneWayRun.Backup(
                both, below(common, targetId.root()), below(common, backupId.root()), wanted.suffix(), wanted.where());
    }

    /// How the folder that holds both is written in the target's own form: a credential may begin below the top.
    ///
    /// @param target where the target lies in that folder
    private static String rootOf(StorageSpec spec, RelPath target, String common) {
        String root = spec.settings().getOrDefault(Places.ROOT_SETTING, "").replaceAll("/+$", "");
        if (target.isRoot()) {
            return root;
        }
        if (root.equals(target.text())) {
            return "";
        }
        if (!root.endsWith("/" + target.text())) {
            return common;
        }
        String above = root.substring(0, root.length() - target.text().length() - 1);
        return above.isEmpty() ? "/" : above;
    }

    /// Both places are opened as one: where directories are stored under other names, their own have no
    /// plain ones.
    private static void refuseHiddenDirectories(StorageSpec target) {
        if (EncryptedAbove.hidesDirectories(target)) {
            throw new RefusedException("Want plain names of directories, or --suffix alone, to keep what is replaced"
                    + " at an encrypted target but have encrypted ones and a backup directory");
        }
    }

    /// What is moved into the source would come back with the next run, or fall on what is yet to be copied.
    ///
    /// @param name of the place: source or target
    private static void refuseOverlap(String name, StorageIdentity place, StorageIdentity backup, Selection selection) {
        boolean holdsPlace = Overlap.below(backup, place).isPresent();
        boolean isInPlace =
                Overlap.below(place, backup).filter(selection::mayHold).isPresent();
        if (holdsPlace || isInPlace) {
            throw new RefusedException(("Want a backup directory outside the %s but have '%s' for the %s '%s'."
                            + " It may lie in the %s if a filter leaves it out")
                    .formatted(name, backup.root(), name, place.root(), name));
        }
    }

    private static RelPath below(String folder, String root) {
        String rest = root.substring(folder.length());
        return new RelPath(rest.startsWith("/") ? rest.substring(1) : rest);
    }

    /// The deepest folder that is or holds both.
    private static String commonFolder(String a, String b) {
        String left = a.endsWith("/") ? a : a + "/";
        String right = b.endsWith("/") ? b : b + "/";
        int slash = 0;
        for (int i = 0; i < Math.min(left.length(), right.length()) && left.charAt(i) == right.charAt(i); i++) {
            if (left.charAt(i) == '/') {
                slash = i;
            }
        }
        return slash == 0 ? "/" : left.substring(0, slash);
    }
}
