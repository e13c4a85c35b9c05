package io.skyferry.engine.plan;

import io.skyferry.engine.scan.EntryLines;
import io.skyferry.storage.Entry;
import io.skyferry.storage.RelPath;
import java.util.List;
import java.util.Optional;

/// Steps as lines of text, for spill files and saved plans: the kind, then the entries that were seen, parted by tabs.
public final class StepLines {
    private StepLines() {}

    /// One line for a step.
    public static String write(Step step) {
        return switch (step) {
            case Step.Transfer(Entry.File source, RelPath path, Optional<Entry.File> replaced) ->
                EntryLines.join("transfer", List.of(path.text(), entry(source), entry(replaced)));
            case Step.CopyAtTarget(Entry.File source, Entry.File origin, RelPath path, Optional<Entry.File> replaced) ->
                EntryLines.join("copy", List.of(path.text(), entry(source), entry(replaced), entry(origin)));
            case Step.Rename(Entry.File source, Entry.File origin, RelPath path) ->
                EntryLines.join("rename", List.of(path.text(), entry(source), entry(origin)));
            case Step.SetTime(Entry.File source, Entry.File target) ->
                EntryLines.join("time", List.of(target.path().text(), entry(source), entry(target)));
            case Step.DeleteTarget(Entry.File target) ->
                EntryLines.join("delete", List.of(target.path().text(), entry(target)));
            case Step.DeleteSource(Entry.File source, Optional<Entry.File> target) ->
                EntryLines.join("remove", List.of(source.path().text(), entry(source), entry(target)));
            case Step.MakeDirectory(RelPath path) -> EntryLines.join("mkdir", List.of(path.text()));
            case Step.RemoveDirectory(RelPath path) -> EntryLines.join("rmdir", List.of(path.text()));
        };
    }

    private static String entry(Entry.File file) {
        return EntryLines.write(file);
    }

    private static String entry(Optional<Entry.File> file) {
        return file.map(EntryLines::write).orElse("");
    }

    /// The step of a line.
    ///
    /// @throws IllegalArgumentException if the line was not made by [#write]
    public static Step read(String line) {
        List<String> fields = EntryLines.split(line);
        return switch (fields.getFirst()) {
            case "transfer" -> new Step.Transfer(file(fields, 2), path(fields), optionalFile(fields, 3));
            case "copy" ->
                new Step.CopyAtTarget(file(fields, 2), file(fields, 4), path(fields), optionalFile(fields, 3));
            case "rename" -> new Step.Rename(file(fields, 2), file(fields, 3), path(fields));
            case "time" -> new Step.SetTime(file(fields, 2), file(fields, 3));
            case "delete" -> new Step.DeleteTarget(file(fields, 2));
            case "remove" -> new Step.DeleteSource(file(fields, 2), optionalFile(fields, 3));
            case "mkdir" -> new Step.MakeDirectory(path(fields));
            case "rmdir" -> new Step.RemoveDirectory(path(fields));
            default -> throw new IllegalArgumentException("Want a step but have '%s'".formatted(fields.getFirst()));
        };
    }

    private static RelPath path(List<String> fields) {
        return new RelPath(field(fields, 1));
    }

    private static String field(List<String> fields, int number) {
        if (number >= fields.size()) {
            throw new IllegalArgumentException(
                    "Want at least %s fields but have %s".formatted(number + 1, fields.size()));
        }
        return fields.get(number);
    }

    private static Entry.File file(List<String> fields, int number) {
        if (EntryLines.read(field(fields, number)) instanceof Entry.File file) {
            return file;
        }
        throw new IllegalArgumentException("Want a file but have '%s'".formatted(fields.get(number)));
    }

    private static Optional<Entry.File> optionalFile(List<String> fields, int number) {
        return field(fields, number).isEmpty() ? Optional.empty() : Optional.of(file(fields, number));
    }
}
