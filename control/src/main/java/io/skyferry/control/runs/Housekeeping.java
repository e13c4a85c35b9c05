package io.skyferry.control.runs;

import io.skyferry.control.run.Folders;
import io.skyferry.control.setting.Settings;
import io.skyferry.control.setting.Settings.Name;
import io.skyferry.control.store.AppDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Removes logs that are too many, too old or too large together, history that is too old, and what
/// crashed runs left.
final class Housekeeping {
    private static final Pattern OURS = Pattern.compile("(?:run-)?([0-9]{1,18})(?:\\.(?:log|events|plan))?");

    private final AppDatabase database;
    private final Settings settings;
    private final RunFolder folder;
    private final InstantSource clock;

    Housekeeping(AppDatabase database, Settings settings, RunFolder folder, InstantSource clock) {
        this.database = database;
        this.settings = settings;
        this.folder = folder;
        this.clock = clock;
    }

    private record Old(long run, long task, boolean ended, boolean waits, Instant queued) {}

    void tidy() {
        Instant now = clock.instant();
        long before = now.minus(settings.days(Name.HISTORY_KEEP_DAYS)).toEpochMilli();
        boolean old = database.read(
                        session -> session.first("select 1 from run where finished < ? limit 1", _ -> true, before)
                                .isPresent())
                .orElse(false);
        if (old) {
            database.write(session -> session.change("delete from run where finished < ?", before));
        }
        if (Files.exists(folder.folder())) {
            removeFiles(now);
        }
    }

    private void removeFiles(Instant now) {
        Map<Long, Old> runs = new HashMap<>();
        database.read(session ->
                        session.list("select id, coalesce(task_id, 0), state, answered, queued from run", row -> {
                            String state = row.getString(3);
                            var _ = row.getLong(4);
                            boolean answered = !row.wasNull();
                            return new Old(
                                    row.getLong(1),
                                    row.getLong(2),
                                    RunState.valueOf(state).isFinal(),
                                    state.equals("REFUSED") && !answered,
                                    Instant.ofEpochMilli(row.getLong(5)));
                        }))
                .orElse(List.of())
                .forEach(one -> runs.put(one.run(), one));
        Set<Long> kept = kept(runs, now);
        long room = settings.logBytes();
        for (Path file : newestFirst()) {
            Matcher ours = OURS.matcher(String.valueOf(file.getFileName()));
            if (!ours.matches()) {
                continue;
            }
            long run = Long.parseLong(ours.group(1));
            boolean goesOn =
                    runs.containsKey(run) && !runs.getOrDefault(run, NONE).ended();
            boolean waits = runs.getOrDefault(run, NONE).waits();
            if (Files.isDirectory(file)) {
                if (!goesOn) {
                    remove(file);
                }
            } else if (!goesOn && !waits) {
                room -= size(file);
                if (!kept.contains(run) || room < 0) {
                    remove(file);
                }
            }
        }
    }

    private static final Old NONE = new Old(0, 0, true, false, Instant.EPOCH);

    private Set<Long> kept(Map<Long, Old> runs, Instant now) {
        int most = settings.number(Name.LOG_KEEP_RUNS);
        Instant oldest = now.minus(settings.days(Name.LOG_KEEP_DAYS));
        Map<Long, List<Old>> byTask = new HashMap<>();
        runs.values()
                .forEach(one -> byTask.computeIfAbsent(one.task(), _ -> new ArrayList<>())
                        .add(one));
        Set<Long> kept = new HashSet<>();
        byTask.values()
                .forEach(all -> all.stream()
                        .sorted(Comparator.comparingLong(Old::run).reversed())
                        .limit(most)
                        .filter(one -> one.queued().isAfter(oldest))
                        .forEach(one -> kept.add(one.run())));
        return kept;
    }

    private List<Path> newestFirst() {
        try (Stream<Path> files = Files.list(folder.folder())) {
            return files.sorted(Comparator.comparingLong(Housekeeping::number).reversed())
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException("The logs cannot be listed", failure);
        }
    }

    private static long number(Path file) {
        Matcher ours = OURS.matcher(String.valueOf(file.getFileName()));
        return ours.matches() ? Long.parseLong(ours.group(1)) : 0;
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException gone) {
            return 0;
        }
    }

    private static void remove(Path path) {
        try {
            if (Files.isDirectory(path)) {
                Folders.remove(path);
            } else {
                Files.deleteIfExists(path);
            }
        } catch (IOException failure) {
            System.getLogger(Housekeeping.class.getName())
                    .log(System.Logger.Level.WARNING, "'%s' stays".formatted(path), failure);
        }
    }
}
