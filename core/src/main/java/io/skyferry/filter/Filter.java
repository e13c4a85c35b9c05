package io.skyferry.filter;

import io.skyferry.storage.Entry;
import io.skyferry.storage.RelPath;
import java.util.List;
import java.util.Optional;

/// A selection made of flags, which can say why it decides as it does.
public sealed interface Filter extends Selection permits RuleFilter, ListFilter {
    /// Why a file is selected or not.
    Verdict explain(Entry.File file);

    /// Why a directory is selected or not, for runs that keep empty directories too.
    Verdict explain(Entry.Directory directory);

    /// What in these flags hardly means what it says; one sentence each, empty for most.
    List<String> warnings();

    /// What to say where nothing was selected: rules that take one file of a name, while a directory may be meant.
    List<String> doubts();

    /// What to warn of once it is known that this directory is there: that a rule means it but selects nothing in it.
    Optional<String> warningFor(RelPath directory);

    /// Whether any file below this directory may be selected; `false` only where none can be.
    ///
    /// The same as [#mayHold], but for runs that keep no empty directories.
    boolean mayHoldFiles(RelPath directory);

    /// The files that are listed one by one, where it is such a list; sorted.
    Optional<List<RelPath>> listedFiles();

    @Override
    Filter ofPaths();

    /// The same selection, but [Selection#mayHold] looks at files alone and so leaves out more directories.
    default Selection forFilesOnly() {
        return new FilesOnly(this);
    }
}
