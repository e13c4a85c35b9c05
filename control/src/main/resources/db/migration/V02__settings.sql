-- What is set for the whole product.
create table setting(
  name text primary key,
  value text not null,
  changed bigint not null
);

-- Who changed what, from where. Rows are only ever added; each holds the hash of the one before it.
create table audit(
  id bigint primary key,
  at bigint not null,
  who text not null,
  origin text not null,
  action text not null,
  object text not null,
  details text not null,
  chain text not null
);

-- Processes that do runs. One that has not told of itself for a while is taken for dead.
create table node(
  id text primary key,
  host text not null,
  pid bigint not null,
  begun bigint not null,
  serving bigint not null,
  url text not null,
  heartbeat bigint not null
);
