-- The Aurora cluster's database: what people ask the support of the shop.
create schema support;
comment on schema support is 'Questions of customers, and who answers them';
set local search_path = support;
set local timezone = 'UTC';
create table agents (
  id int primary key,
  name text not null,
  languages text[] not null,
  since date not null
);
create table tickets (
  id bigint primary key,
  agent_id int references agents,
  subject text not null,
  state text not null check (state in ('new', 'open', 'waiting', 'solved')),
  opened_at timestamptz not null,
  minutes_to_answer int
);
create index tickets_open on tickets (opened_at) where state <> 'solved';

insert into agents
select n, (array['Ines', 'Karim', 'Mila', 'Otto', 'Priya', 'Tomás'])[n], (array['{de,en}', '{en,ar}', '{hr,en}'])[1 + n % 3]::text[],
  date '2021-03-01' + n * 97
from generate_series(1, 6) as n;
insert into tickets
select n, nullif(h % 7, 0), (array['Where is my parcel', 'It arrived broken', 'Invoice for order', 'Change of address'])[1 + h % 4] || ' ' || n,
  (array['new', 'open', 'waiting', 'solved', 'solved', 'solved'])[1 + h % 6],
  timestamptz '2026-01-01' + n * interval '73 minutes', case when h % 6 > 1 then h % 600 end
from (select n, (hashint8extended(n, 11) & 9223372036854775807)::bigint as h from generate_series(1, 4000) as n) as hashed;

create view waiting_longest as
select t.id, t.subject, a.name as agent, t.opened_at
from tickets t left join agents a on a.id = t.agent_id where t.state <> 'solved' order by t.opened_at limit 50;

grant usage on schema support to shop_readers, shop_writers;
grant select on all tables in schema support to shop_readers, shop_writers;
grant insert, update, delete on all tables in schema support to shop_writers;
