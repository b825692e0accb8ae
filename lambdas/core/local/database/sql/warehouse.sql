-- The warehouse's database: a star, as one builds it in Redshift.
create schema sales;
comment on schema sales is 'What was sold, by day, product and country';
set local search_path = sales;
create table products (
  product_id int primary key,
  name varchar(120) not null,
  category varchar(40) not null
);
create table calendar (
  day date primary key,
  week int not null,
  holiday boolean not null
);
create table facts (
  day date not null references calendar,
  product_id int not null references products,
  country char(2) not null,
  pieces int not null,
  turnover numeric(18, 2) not null
);
comment on table facts is 'One row a day, product and country';

insert into products
select n, 'Product ' || n, (array['Home', 'Kitchen', 'Office', 'Outdoors'])[1 + n % 4] from generate_series(1, 200) as n;
insert into calendar
select day, extract(week from day), extract(isodow from day) > 6 from generate_series(date '2025-01-01', date '2026-10-31', '1 day') as day;
insert into facts
select day::date, 1 + (h & 127), (array['DE', 'FR', 'HR', 'JP', 'NG'])[1 + (h % 5)], 1 + (h & 15), (h & 65535) / 100.0
from generate_series(date '2025-01-01', date '2026-10-31', '1 day') as day, generate_series(1, 60) as n,
  lateral (select (hashint8extended(extract(doy from day)::bigint * 1000 + n, 3) & 2147483647)::int as h) as hash;

create view turnover_by_category as
select p.category, date_trunc('month', f.day)::date as month, sum(f.turnover) as turnover
from facts f join products p using (product_id) group by 1, 2;

grant usage on schema sales to redshift_users;
grant select on all tables in schema sales to redshift_users;
grant create on schema sales to warehouse_owner;
grant insert, update, delete on all tables in schema sales to warehouse_owner;

-- How it would be stored in Redshift, which PostgreSQL cannot know; and who sees how large it is.
insert into only_redshift.tables (schema, tab, style, encoded, sortkey1, size, skew, unsorted, stats_off) values
  ('sales', 'facts', 1, 'Y', 'day', 14, 1.03, 2.50, 0.00),
  ('sales', 'products', 8, 'Y, AUTO(ENCODE)', null, 6, 1.00, 0.00, 0.00);
insert into only_redshift.columns (schema, tab, col, encoding, distkey, sortkey) values
  ('sales', 'facts', 'day', 'raw', false, 1),
  ('sales', 'facts', 'product_id', 'az64', true, 2),
  ('sales', 'facts', 'country', 'bytedict', false, 0),
  ('sales', 'facts', 'pieces', 'az64', false, 0),
  ('sales', 'facts', 'turnover', 'az64', false, 0);
grant select on svv_table_info to warehouse_owner;
