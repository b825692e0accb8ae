-- The other account's database: what a partner delivers to the shop.
create schema supply;
comment on schema supply is 'Deliveries of the partner';
set local search_path = supply;
create table deliveries (
  id bigint primary key,
  sku char(10) not null,
  pieces int not null check (pieces > 0),
  due date not null,
  arrived date
);
insert into deliveries
select n, 'SKU' || lpad((1 + n % 1200)::text, 7, '0'), 10 + n * 7 % 90, date '2026-01-01' + n,
  case when n % 5 > 0 then date '2026-01-01' + n + n % 3 end
from generate_series(1, 600) as n;

grant usage on schema supply to shop_readers, shop_writers;
grant select on all tables in schema supply to shop_readers, shop_writers;
