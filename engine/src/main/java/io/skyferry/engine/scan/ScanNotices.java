package io.skyferry.engine.scan;

import io.skyferry.storage.Entry;

/// Hears of what a scan meets that is neither file nor directory.
public interface ScanNotices {
    /// An entry that cannot be stored under its name.
    void unusable(Entry.Unusable entry);

    /// Something that is left alone.
    void special(Entry.Special entry);

    /// A directory whose content is unknown: the scan is incomplete.
    void unlisted(Entry.Unlisted entry);

    /// Something that an interrupted run left.
    void leftover(Entry.Leftover entry);

    /// Entries came, of whatever kind.
    void listed(int entries);
}
