package io.skyferry.cli.run;

import io.skyferry.cli.console.Amounts;
import io.skyferry.control.json.Json;
import io.skyferry.engine.plan.Step;
import io.skyferry.storage.Entry;
import java.util.Optional;

/// Steps in words, for people and for programs.
final class Steps {
    private Steps() {}

    /// What a step will do, as in `replace  a/b.txt (12 B by 14 B)`.
    static String planned(Step step) {
        return switch (step) {
            case Step.Transfer(Entry.File source, var path, Optional<Entry.File> replaced) ->
                replaced.map(old -> "replace    %s (%s by %s)".formatted(path, size(old), size(source)))
                        .orElseGet(() -> "copy       %s (%s)".formatted(path, size(source)));
            case Step.CopyAtTarget(Entry.File source, Entry.File origin, var path, var _) ->
                "copy there %s (%s, from %s)".formatted(path, size(source), origin.path());
            case Step.Rename(var _, Entry.File origin, var path) ->
                "rename     %s -> %s".formatted(origin.path(), path);
            case Step.SetTime(var _, Entry.File target) -> "set time   " + target.path();
            case Step.DeleteTarget(Entry.File target) -> "delete     %s (%s)".formatted(target.path(), size(target));
            case Step.DeleteSource(Entry.File source, var _) ->
                "delete     %s (%s, at the source)".formatted(source.path(), size(source));
            case Step.MakeDirectory(var path) -> "make dir   " + path;
            case Step.RemoveDirectory(var path) -> "remove dir " + path;
        };
    }

    /// What a step has done, as in `a/b.txt: copied (12 B)`.
    static String done(Step step) {
        return switch (step) {
            case Step.Transfer(Entry.File source, var path, Optional<Entry.File> replaced) ->
                "%s: copied (%s, %s)".formatted(path, replaced.isPresent() ? "replaced" : "new", size(source));
            case Step.CopyAtTarget(var _, Entry.File origin, var path, var _) ->
                "%s: copied at the target from %s".formatted(path, origin.path());
            case Step.Rename(var _, Entry.File origin, var path) ->
                "%s: renamed at the target from %s".formatted(path, origin.path());
            case Step.SetTime(var _, Entry.File target) -> target.path() + ": time set, the content is the same";
            case Step.DeleteTarget(Entry.File target) -> target.path() + ": deleted, the source does not have it";
            case Step.DeleteSource(Entry.File source, var _) ->
                source.path() + ": deleted at the source, its copy is safe";
            case Step.MakeDirectory(var path) -> path + ": directory made";
            case Step.RemoveDirectory(var path) -> path + ": directory removed";
        };
    }

    /// The members of an event about a step.
    static Json describe(Json event, Step step) {
        event.put("step", word(step)).put("path", step.path().text());
        return switch (step) {
            case Step.Transfer(Entry.File source, var _, Optional<Entry.File> replaced) ->
                event.put("bytes", source.size()).put("replaces", replaced.isPresent());
            case Step.CopyAtTarget(Entry.File source, Entry.File origin, var _, Optional<Entry.File> replaced) ->
                event.put("bytes", source.size())
                        .put("from", origin.path().text())
                        .put("replaces", replaced.isPresent());
            case Step.Rename(Entry.File source, Entry.File origin, var _) ->
                event.put("bytes", source.size()).put("from", origin.path().text());
            case Step.SetTime(Entry.File source, var _) -> event.put("bytes", source.size());
            case Step.DeleteTarget(Entry.File target) -> event.put("bytes", target.size());
            case Step.DeleteSource(Entry.File source, var _) -> event.put("bytes", source.size());
            case Step.MakeDirectory _, Step.RemoveDirectory _ -> event;
        };
    }

    private static String word(Step step) {
        return switch (step) {
            case Step.Transfer _ -> "transfer";
            case Step.CopyAtTarget _ -> "copyAtTarget";
            case Step.Rename _ -> "rename";
            case Step.SetTime _ -> "setTime";
            case Step.DeleteTarget _ -> "delete";
            case Step.DeleteSource _ -> "deleteSource";
            case Step.MakeDirectory _ -> "makeDirectory";
            case Step.RemoveDirectory _ -> "removeDirectory";
        };
    }

    private static String size(Entry.File file) {
        return file.size() == Entry.File.UNKNOWN_SIZE ? "size unknown" : Amounts.bytes(file.size());
    }
}
