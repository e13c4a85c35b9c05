-- A step of tests that fails half-way.
alter table counter add column colour text;
create table counter(
  name text
);
