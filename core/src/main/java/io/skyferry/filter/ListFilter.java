package io.skyferry.filter;

import io.skyferry.storage.Entry;
import io.skyferry.storage.RelPath;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A filter that is a list of files: those and no others.
final class ListFilter implements Filter {
    private final Map<RelPath, Origin> files;
    private final Set<RelPath> parents = new HashSet<>();
    private final List<String> warnings;

    ListFilter(Map<RelPath, Origin> files, List<String> warnings) {
        this.files = new HashMap<>(files);
        this.warnings = List.copyOf(warnings);
        for (RelPath file : files.keySet()) {
            RelPath parent = file.parent();
            while (parents.add(parent) && !parent.isRoot()) {
                parent = parent.parent();
            }
        }
    }

    @Override
    public boolean selects(Entry.File file) {
        return files.containsKey(file.path());
    }

    @Override
    public boolean hangsOnTime(Entry.File file) {
        return false;
    }

    @Override
    public boolean mayConcern(Entry.Unusable entry) {
        return entry.foreign(); // What has no path is in no list of paths.
    }

    @Override
    public boolean selectsDirectory(RelPath directory) {
        return directory.isRoot() || parents.contains(directory);
    }

    @Override
    public boolean mayHold(RelPath directory) {
        return selectsDirectory(directory);
    }

    @Override
    public boolean mayHoldFiles(RelPath directory) {
        return selectsDirectory(directory);
    }

    @Override
    public Set<String> markers() {
        return Set.of();
    }

    @Override
    public boolean isEverything() {
        return false;
    }

    @Override
    public Filter ofPaths() {
        return this;
    }

    @Override
    public Optional<List<RelPath>> listedFiles() {
        return Optional.of(files.keySet().stream().sorted().toList());
    }

    @Override
    public Verdict explain(Entry.File file) {
        return Optional.ofNullable(files.get(file.path()))
                .map(origin -> listed("listed in " + origin))
                .orElseGet(() -> Verdict.leftOut(Verdict.Cause.FILE_LIST, "not listed in any --files-from"));
    }

    @Override
    public Verdict explain(Entry.Directory directory) {
        return selectsDirectory(directory.path())
                ? listed("a listed file is below it")
                : Verdict.leftOut(Verdict.Cause.FILE_LIST, "no listed file is below it");
    }

    private static Verdict listed(String why) {
        return new Verdict(true, Verdict.Cause.FILE_LIST, Optional.empty(), why);
    }

    @Override
    public List<String> warnings() {
        return warnings;
    }

    @Override
    public List<String> doubts() {
        return List.of();
    }

    @Override
    public Optional<String> warningFor(RelPath directory) {
        return Optional.ofNullable(files.get(directory))
                .filter(_ -> !parents.contains(directory))
                .map(origin -> "'%s' of %s is a directory: only files can be listed, write each of its files"
                        .formatted(directory, origin));
    }
}
