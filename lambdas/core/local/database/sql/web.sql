-- The second instance's database: how a web site is used, day by day.
create schema web;
comment on schema web is 'Pages and how often they were opened';
set local search_path = web;
set local timezone = 'UTC';
create table pages (
  id int primary key,
  path text not null unique,
  title text not null,
  published_on date not null
);
create table visits (
  page_id int not null references pages,
  day date not null,
  visitors int not null check (visitors >= 0),
  seconds_p50 numeric(6, 1) not null,
  seconds_p95 numeric(6, 1) not null,
  countries jsonb not null,
  primary key (page_id, day)
) partition by range (day);
create table visits_2025 partition of visits for values from ('2025-01-01') to ('2026-01-01');
create table visits_2026 partition of visits for values from ('2026-01-01') to ('2027-01-01');

insert into pages
select n, '/guides/' || md5(n::text), 'Guide ' || n, date '2024-01-01' + n * 3 from generate_series(1, 60) as n;
insert into visits
select p, day, (h & 1023)::int, (h & 511) / 10.0, (h & 4095) / 10.0,
  jsonb_build_object('DE', h & 255, 'FR', h & 127, 'JP', h & 63)
from generate_series(1, 60) as p, generate_series(date '2025-01-01', date '2026-10-31', '1 day') as day,
  lateral (select hashint8extended(p * 100000 + extract(doy from day)::bigint, 7) & 9223372036854775807 as h) as hash;

create view busiest_pages as
select p.title, sum(v.visitors) as visitors
from pages p join visits v on v.page_id = p.id group by p.id order by visitors desc;
create materialized view weekly_visits as
select date_trunc('week', day)::date as week, sum(visitors) as visitors from visits group by 1;

grant usage on schema web to shop_readers, shop_writers;
grant select on all tables in schema web to shop_readers, shop_writers;
grant insert, update, delete on all tables in schema web to shop_writers;
