-- All fields of a task but its secrets are one JSON object; what is asked for by the service has a column besides.
create table task(
  id bigint primary key,
  description text not null,
  enabled bigint not null,
  credential_id bigint not null references credential(id),
  fields text not null,
  next_due bigint,
  last_success bigint,
  revision bigint not null,
  created bigint not null,
  changed bigint not null
);

create index task_due on task(next_due);

create table task_secret(
  task_id bigint not null references task(id) on delete cascade,
  name text not null,
  sealed ${blob} not null,
  primary key(task_id, name)
);
