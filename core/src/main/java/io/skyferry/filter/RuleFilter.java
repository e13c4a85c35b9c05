package io.skyferry.filter;

import io.skyferry.storage.Entry;
import io.skyferry.storage.RelPath;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A filter by bounds, hash partition and rules about paths; a file must pass them all.
final class RuleFilter implements Filter {
    private final Bounds bounds;
    private final Optional<HashPartition> partition;
    private final PathRules rules;
    private final Set<String> markers;
    private final List<String> warnings;
    private final List<String> doubts;

    RuleFilter(
            Bounds bounds,
            Optional<HashPartition> partition,
            PathRules rules,
            Set<String> markers,
            List<String> warnings,
            List<String> doubts) {
        this.bounds = bounds;
        this.partition = partition;
        this.rules = rules;
        this.markers = Set.copyOf(markers);
        this.warnings = List.copyOf(warnings);
        this.doubts = List.copyOf(doubts);
    }

    @Override
    public boolean selects(Entry.File file) {
        return bounds.hold(file) && takes(file.path());
    }

    @Override
    public boolean hangsOnTime(Entry.File file) {
        return bounds.hangOnTime(file) && takes(file.path());
    }

    private boolean takes(RelPath file) {
        return (partition.isEmpty() || partition.orElseThrow().holds(file)) && rules.selectsFile(file);
    }

    @Override
    public boolean selectsDirectory(RelPath directory) {
        return rules.selectsDirectory(directory);
    }

    @Override
    public boolean mayHold(RelPath directory) {
        return mayHoldFiles(directory) || rules.mayHoldDirectories(directory);
    }

    @Override
    public boolean mayHoldFiles(RelPath directory) {
        return directory.isRoot() || rules.mayHoldFiles(directory);
    }

    @Override
    public Set<String> markers() {
        return markers;
    }

    @Override
    public boolean isEverything() {
        return bounds.isOpen() && partition.isEmpty() && rules.isEmpty() && markers.isEmpty();
    }

    @Override
    public Filter ofPaths() {
        return new RuleFilter(Bounds.OPEN, partition, rules, markers, warnings, doubts);
    }

    @Override
    public Optional<List<RelPath>> listedFiles() {
        return Optional.empty();
    }

    @Override
    public Verdict explain(Entry.File file) {
        return bounds.refusal(file)
                .or(() -> partitionRefusal(file.path()))
                .or(() -> rules.decidesFile(file.path()).map(Verdict::byRule))
                .orElseGet(Verdict::byNoRule);
    }

    private Optional<Verdict> partitionRefusal(RelPath path) {
        return partition
                .filter(wanted -> !wanted.holds(path))
                .map(wanted -> Verdict.leftOut(
                        Verdict.Cause.HASH,
                        "it falls into part %s of %s, not %s (--hash-filter)"
                                .formatted(
                                        Long.toUnsignedString(wanted.partOf(path)),
                                        Long.toUnsignedString(wanted.parts()),
                                        Long.toUnsignedString(wanted.part()))));
    }

    @Override
    public Verdict explain(Entry.Directory directory) {
        return rules.decidesDirectory(directory.path()).map(Verdict::byRule).orElseGet(Verdict::byNoRule);
    }

    @Override
    public List<String> warnings() {
        return warnings;
    }

    @Override
    public List<String> doubts() {
        return doubts;
    }

    @Override
    public Optional<String> warningFor(RelPath directory) {
        return rules.decidesFile(directory)
                .filter(rule -> rule.sign() == Rule.Sign.INCLUDE)
                .filter(rule -> Glob.parse(rule.pattern()).isLiteral())
                .filter(rule -> !mayHoldFiles(directory))
                .map(RuleWarnings::bareDirectory);
    }
}
