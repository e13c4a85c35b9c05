-- What a day's runs came to is told from this alone, without the rows themselves.
create index run_of_day on run(queued, kind, state, bytes);
