package io.skyferry.cli;

import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageProvider;
import java.util.List;
import java.util.Map;

/// A kind of storage with secrets, as far as its settings go.
final class VaultedProvider implements StorageProvider {
    static final String KEY = "vaulted";

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                new Setting("path", "Folder", "Where it begins.", true, false),
                new Setting("user", "User", "Who.", true, false),
                new Setting("password", "Password", "The user's.", true, true),
                new Setting("token", "Token", "Of a session.", false, true).of(new Kind.Lines()),
                new Setting("links", "Links", "What becomes of them.", false, false)
                        .of(new Kind.Choice(List.of("skip", "follow")))
                        .usually("skip"));
    }

    @Override
    public Storage open(Map<String, String> settings) {
        throw new IllegalStateException("Tests open storages themselves");
    }
}
