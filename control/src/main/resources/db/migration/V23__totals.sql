-- Totals by day are read from the index alone.
drop index run_by_begin;

create index run_for_totals on run(queued, kind, task_id, state, finished, files, bytes, deleted);
