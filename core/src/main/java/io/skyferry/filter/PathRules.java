package io.skyferry.filter;

import io.skyferry.storage.RelPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The rules about paths: those for files, and those for directories that follow from them.
///
/// Source: rclone's manual, "Directory filters", and what its `Add` derives from a pattern.
final class PathRules {
    private static final String DIRECTORY_CONTENT = "**";

    private final LetterCase letters;
    private final RuleList files = new RuleList();
    private final RuleList directories = new RuleList();
    private final List<Rule> written = new ArrayList<>();

    PathRules(LetterCase letters) {
        this.letters = letters;
    }

    /// Adds a rule after all others.
    ///
    /// @throws io.skyferry.limits.SpecException naming the place of the pattern that cannot be read
    void add(Rule rule) {
        boolean excludes = rule.sign() == Rule.Sign.EXCLUDE;
        Glob asWritten = Glob.parse(rule.pattern());
        Glob glob = excludes && asWritten.isOfDirectory() ? Glob.parse(rule.pattern() + DIRECTORY_CONTENT) : asWritten;
        PathPattern pattern = PathPattern.of(glob, letters);
        boolean crosses = glob.crossesDirectories();
        if (crosses || !glob.isOfDirectory()) {
            files.add(rule, pattern);
            if (!excludes || glob.text().equals("*")) {
                DirectoryGlobs.of(glob).forEach(above -> directories.add(rule, PathPattern.of(above, letters)));
            }
        }
        if (crosses || glob.isOfDirectory()) {
            directories.add(rule, pattern);
        }
        written.add(rule);
    }

    /// Forgets all rules so far.
    void clear() {
        files.clear();
        directories.clear();
        written.clear();
    }

    boolean isEmpty() {
        return files.isEmpty() && directories.isEmpty();
    }

    /// The rules in the order in which they are asked.
    List<Rule> written() {
        return List.copyOf(written);
    }

    /// Those of them that can never decide about a file, because a rule before them matches every file.
    List<Rule> unreachable() {
        return files.unreachable();
    }

    boolean selectsFile(RelPath path) {
        return files.selects(path.text());
    }

    Optional<Rule> decidesFile(RelPath path) {
        return files.decides(path.text());
    }

    boolean selectsDirectory(RelPath directory) {
        return directory.isRoot() || directories.selects(inside(directory));
    }

    Optional<Rule> decidesDirectory(RelPath directory) {
        return directories.decides(inside(directory));
    }

    boolean mayHoldFiles(RelPath directory) {
        return files.maySelectBelow(inside(directory));
    }

    boolean mayHoldDirectories(RelPath directory) {
        return directories.maySelectBelow(inside(directory));
    }

    private static String inside(RelPath directory) {
        return directory.isRoot() ? "" : directory.text() + "/";
    }
}
