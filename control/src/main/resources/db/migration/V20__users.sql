-- Who may log in. The password is an Argon2id hash in PHC form; empty: API keys alone.
create table account(
  id bigint primary key,
  name text not null unique,
  role text not null,
  password text not null,
  created bigint not null,
  changed bigint not null
);

-- What a key's secret is checked with; the secret itself is nowhere.
create table api_key(
  id bigint primary key,
  account_id bigint not null references account(id) on delete cascade,
  name text not null,
  salt ${blob} not null,
  iterations bigint not null,
  stored_key ${blob} not null,
  server_key ${blob} not null,
  created bigint not null,
  expires bigint,
  used bigint
);

-- The id is the SHA-256 of what the browser holds.
create table login_session(
  id text primary key,
  account_id bigint not null references account(id) on delete cascade,
  origin text not null,
  begun bigint not null,
  seen bigint not null
);

create index login_session_of_account on login_session(account_id);

-- At most one row: the SHA-256 of the link that makes the first user.
create table setup_link(
  id bigint primary key,
  digest text not null,
  made bigint not null
);
