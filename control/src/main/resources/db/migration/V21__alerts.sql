-- What is wrong now: one row for each rule and thing. It goes when the trouble is over.
create table alert(
  id bigint primary key,
  rule text not null,
  object text not null,
  words text not null,
  raised bigint not null,
  latest bigint not null,
  times bigint not null,
  dismissed bigint,
  unique(rule, object)
);

-- Where alerts go. The secret is a password or the key of a signature.
create table alert_channel(
  id bigint primary key,
  name text not null unique,
  kind text not null,
  settings text not null,
  sealed ${blob},
  created bigint not null,
  changed bigint not null
);

-- What has still to be delivered; written together with the alert itself.
create table alert_delivery(
  id bigint primary key,
  channel_id bigint not null references alert_channel(id) on delete cascade,
  notice text not null,
  attempt bigint not null,
  due bigint not null,
  problem text not null
);

create index alert_delivery_due on alert_delivery(due);
