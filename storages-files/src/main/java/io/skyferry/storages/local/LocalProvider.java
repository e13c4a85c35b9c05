package io.skyferry.storages.local;

import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageProvider;
import io.skyferry.storages.local.disk.Disks;
import java.util.List;
import java.util.Map;

/// Folders of this machine.
public final class LocalProvider implements StorageProvider {
    /// Stored in tasks.
    static final String KEY = "local";

    /// Found by the service loader.
    public LocalProvider() {}

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                new Setting(LocalSettings.PATH, "Folder", "The folder's absolute path.", true, false),
                new Setting(
                                LocalSettings.LINKS,
                                "Symbolic links",
                                "skip: told and left alone; follow: taken for what they lead to; text: stored as small files.",
                                false,
                                false)
                        .of(new Kind.Choice(List.of("skip", "follow", "text")))
                        .usually("skip"),
                new Setting(
                                LocalSettings.ONE_FILE_SYSTEM,
                                "Stay on one file system",
                                "on: what is mounted below the folder is not entered.",
                                false,
                                false)
                        .of(new Kind.Switch())
                        .usually("off"),
                new Setting(
                                LocalSettings.FSYNC,
                                "Flush each file",
                                "on: each file is on the medium before it counts as written.",
                                false,
                                false)
                        .of(new Kind.Switch())
                        .usually("off"),
                new Setting(
                                LocalSettings.PROBE,
                                "Find out about names",
                                "look: by what is there; write: on unknown file systems also by a file made and removed.",
                                false,
                                false)
                        .of(new Kind.Choice(List.of("look", "write")))
                        .usually("look"));
    }

    @Override
    public Storage open(Map<String, String> settings) {
        return new LocalStorage(LocalSettings.of(settings), Disks.here());
    }
}
