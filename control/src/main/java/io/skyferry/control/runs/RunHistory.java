package io.skyferry.control.runs;

import io.skyferry.control.store.AppDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// What the history tells a run of earlier and later ones.
record RunHistory(AppDatabase database) implements RunJob.History {
    @Override
    public List<Long> after(long task, long run) {
        return database.read(session -> session.list(
                        "select id from run where task_id = ? and id > ? and kind = 'REAL' and started is not null"
                                + " order by id",
                        row -> row.getLong(1),
                        task,
                        run))
                .orElse(List.of());
    }

    @Override
    public Set<Long> endedBefore(long task, Instant time) {
        return Set.copyOf(database.read(session -> session.list(
                        "select id from run where task_id = ? and finished < ?",
                        row -> row.getLong(1),
                        task,
                        time.toEpochMilli()))
                .orElse(List.of()));
    }
}
