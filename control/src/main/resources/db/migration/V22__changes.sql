-- The number of the last change of each run, so that those can be found that changed since.
alter table run add column changed bigint not null default 0;

create index run_by_change on run(changed);

-- Until when an account takes a credential, where that is known.
alter table credential add column expires bigint;
