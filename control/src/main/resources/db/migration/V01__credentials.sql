-- Who made what of this database. One row for each step that was taken.
create table schema_version(
  version bigint primary key,
  name text not null,
  applied bigint not null
);

-- The last number that was given out, by what it is for: numbers of things that were deleted never come back.
create table counter(
  name text primary key,
  last bigint not null
);

create table credential(
  id bigint primary key,
  name text not null unique,
  provider text not null,
  created bigint not null,
  changed bigint not null
);

-- A setting is plain, or it is sealed: never both.
create table credential_setting(
  credential_id bigint not null references credential(id) on delete cascade,
  name text not null,
  value text,
  sealed ${blob},
  primary key(credential_id, name),
  check ((value is null) <> (sealed is null))
);
