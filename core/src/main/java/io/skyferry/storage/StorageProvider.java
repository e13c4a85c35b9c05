package io.skyferry.storage;

import java.util.List;
import java.util.Map;

/// A kind of storage, found by [java.util.ServiceLoader].
public interface StorageProvider {
    /// `local`, `s3`: stored in tasks, never changes.
    String key();

    /// What can be set; forms, schemas, flags and manuals come from this.
    List<Setting> settings();

    /// Opens a bare storage: no layer, no I/O yet.
    ///
    /// @throws IllegalArgumentException naming the setting that is wrong, what was wanted and what was found
    Storage open(Map<String, String> settings);

    /// One thing that can be set.
    ///
    /// @param name in stored tasks and flags
    /// @param label in forms
    /// @param help one sentence
    /// @param secret never shown, logged or listed
    record Setting(String name, String label, String help, boolean required, boolean secret) {}
}
