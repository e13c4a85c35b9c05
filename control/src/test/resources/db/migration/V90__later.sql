-- A step of tests.
alter table counter add column reason text;
