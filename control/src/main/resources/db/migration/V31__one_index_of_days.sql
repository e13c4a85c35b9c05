-- The index of V23 holds all that this one did.
drop index run_of_day;
