-- The history: one row for each run, also of tasks that are no more.
create table run(
  id bigint primary key,
  task_id bigint,
  description text not null,
  kind text not null,
  cause text not null,
  caller text not null,
  state text not null,
  queued bigint not null,
  started bigint,
  finished bigint,
  node text,
  local_root text,
  local_writes bigint not null,
  remote_root text,
  remote_writes bigint not null,
  stop text,
  message text not null,
  excerpt text not null,
  progress text not null,
  fields text not null,
  origin bigint,
  answered bigint,
  files bigint not null,
  bytes bigint not null,
  copied bigint not null,
  renamed bigint not null,
  deleted bigint not null,
  unchanged bigint not null,
  skipped bigint not null,
  failed bigint not null,
  warnings bigint not null
);

create index run_of_task on run(task_id, id);

create index run_in_state on run(state, id);

create index run_by_end on run(finished);

create index run_by_begin on run(queued);

-- Secrets of a task that is not saved, until its run has ended.
create table run_secret(
  run_id bigint not null references run(id) on delete cascade,
  name text not null,
  sealed ${blob} not null,
  primary key(run_id, name)
);

-- What exists outside of the database while a run goes on, and must not outlive it: snapshots.
create table run_remnant(
  run_id bigint not null,
  kind text not null,
  name text not null,
  made bigint not null,
  primary key(run_id, kind, name)
);
