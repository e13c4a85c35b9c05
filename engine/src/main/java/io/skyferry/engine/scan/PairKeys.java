package io.skyferry.engine.scan;

import io.skyferry.storage.Capabilities.Names;
import io.skyferry.storage.Entry;
import io.skyferry.storage.RelPath;
import java.text.Normalizer;
import java.util.Locale;

/// How the entries of a pair are keyed, so that what is one file on either side has one key on both.
///
/// @param foldsCase whether a side takes `A` and `a` for one file
/// @param foldsForm whether a side takes composed and decomposed spellings for one file
public record PairKeys(boolean foldsCase, boolean foldsForm) {
    /// The keys of two sides.
    public static PairKeys of(Names left, Names right) {
        return new PairKeys(
                !left.caseSensitive() || !right.caseSensitive(), !left.keepsUnicodeForm() || !right.keepsUnicodeForm());
    }

    /// Whether keys are the paths themselves.
    public boolean areExact() {
        return !foldsCase && !foldsForm;
    }

    /// The key of a file or directory.
    public String of(Entry entry) {
        String text = entry.path().text();
        return folded(entry instanceof Entry.Directory ? text + "/" : text);
    }

    /// The key of a file's path.
    public String ofFile(RelPath path) {
        return folded(path.text());
    }

    private String folded(String text) {
        if (areExact()) {
            return text;
        }
        String formed = foldsForm ? Normalizer.normalize(text, Normalizer.Form.NFC) : text;
        return foldsCase ? formed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT) : formed;
    }
}
