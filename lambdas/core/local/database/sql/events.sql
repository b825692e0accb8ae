-- The big table: as many rows as lodge.events_rows says, of twelve columns of different types.
create schema analytics;
comment on schema analytics is 'What visitors did';
set local timezone = 'UTC';
create type analytics.event_kind as enum ('view', 'search', 'basket', 'purchase', 'support');
create table analytics.events (
  id bigint not null,
  occurred_at timestamptz not null,
  visitor uuid not null,
  kind analytics.event_kind not null,
  status int not null,
  amount numeric(12, 2),
  duration_ms double precision not null,
  mobile boolean not null,
  page text not null,
  payload jsonb not null,
  address inet not null,
  products int[]
);
comment on table analytics.events is 'One row an event, oldest first';
comment on column analytics.events.amount is 'In euros; only where something was bought or put in a basket';
insert into analytics.events
select n, timestamptz '2026-01-01' + n * interval '25.9 seconds',
  -- hashint8extended spreads row numbers evenly, and is the same on every machine.
  (lpad(to_hex(h), 16, '0') || lpad(to_hex(n * 2654435761), 16, '0'))::uuid,
  (array['view', 'view', 'view', 'search', 'basket', 'purchase', 'view', 'support'])[1 + (h & 7)]::analytics.event_kind,
  (array[200, 200, 200, 304, 404, 500])[1 + h % 6],
  case when h & 7 in (4, 5) then (h % 1000000) / 100.0 end,
  (h % 900007) / 97.0, h & 8 = 0, '/products/' || h % 1200 || '?page=' || n % 9,
  ('{"session": ' || h % 100000 || ', "source": "' || (array['mail', 'search', 'direct'])[1 + h % 3] || '"}')::jsonb,
  '10.0.0.0'::inet + h % 16777216,
  case when h & 16 = 0 then array[(h % 1200)::int, (n % 1200)::int] end
from (select n, hashint8extended(n, 2026) & 9223372036854775807 as h
  from generate_series(1, current_setting('lodge.events_rows')::bigint) as n) as numbers;
alter table analytics.events add primary key (id);
create index events_occurred_at on analytics.events using brin (occurred_at);

grant usage on schema analytics to shop_readers, shop_writers;
grant select on all tables in schema analytics to shop_readers, shop_writers;
