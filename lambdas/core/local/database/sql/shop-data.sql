-- The shop's data: arithmetic over row numbers, so that it is the same on every machine.
set local search_path = shop;
set local timezone = 'UTC';

-- A number that looks random and is not: 0 ≤ spread < bound.
create function pg_temp.spread(seed bigint, bound bigint) returns bigint
language sql immutable as $$ select (hashint8extended(seed, 2026) & 9223372036854775807) % bound $$;

insert into categories
select id, nullif((id - 1) / 4, 0), name, name
from unnest(array['Home', 'Kitchen', 'Office', 'Outdoors', 'Lamps', 'Textiles', 'Storage', 'Coffee', 'Baking',
  'Paper', 'Pens', 'Desks', 'Tents', 'Bicycles', 'Rainwear', 'Hiking']) with ordinality as t(name, id);
update categories c set path = p.name || '/' || c.name from categories p where p.id = c.parent_id;

insert into customers (email, name, birth_date, newsletter, loyalty_points, preferences, tags, created_at)
select lower(first || '.' || last || '.' || n || '@example.com'), first || ' ' || last,
  case when n % 5 > 0 then date '1950-01-01' + pg_temp.spread(n, 20000)::int end,
  n % 3 = 0, pg_temp.spread(n + 1, 5000),
  jsonb_build_object('language', (array['de', 'en', 'fr', 'hr', 'ja'])[1 + n % 5], 'theme',
    case n % 2 when 0 then 'dark' else 'light' end, 'channels', jsonb_build_array('mail', n % 4 = 0)),
  (array['{}', '{vip}', '{vip,early}', '{wholesale}', '{"needs care"}']::text[])[1 + n % 5]::text[],
  timestamptz '2023-01-01' + pg_temp.spread(n + 2, 94608000) * interval '1 second'
from (select n,
    (array['Ana', 'Bela', 'Chidi', 'Dora', 'Emre', 'Fatima', 'Goran', 'Hana', 'Ivo', 'Jun', 'Zoë', 'Søren'])[1 + n % 12] as first,
    (array['Novak', 'Okafor', 'Petrov', 'Quinn', 'Rossi', 'Silva', 'Tanaka', 'Ueda', 'Vogel', 'Weber', 'Yilmaz'])[1 + n % 11] as last
  from generate_series(1, 5000) as n) as people;

insert into addresses (customer_id, label, street, city, postcode, country, location)
select n, label, 'Street ' || pg_temp.spread(n, 300) || ' no. ' || 1 + n % 90,
  (array['Berlin', 'Lyon', 'Zagreb', 'Osaka', 'Lagos', 'Porto', 'Izmir', 'São Paulo'])[1 + n % 8],
  lpad(pg_temp.spread(n + 3, 99999)::text, 5, '0'),
  (array['DE', 'FR', 'HR', 'JP', 'NG', 'PT', 'TR', 'BR'])[1 + n % 8],
  case when n % 4 > 0 then point(pg_temp.spread(n, 1800000) / 10000.0, pg_temp.spread(n + 1, 900000) / 10000.0) end
from generate_series(1, 5000) as n, unnest(case when n % 3 = 0 then '{home,work}' else '{home}' end::text[]) as label;

insert into products (category_id, sku, name, description, price, discount, weight_kg, size, attributes, photo, available)
select 1 + n % 16, 'SKU' || lpad(n::text, 7, '0'),
  (array['Small', 'Large', 'Folding', 'Blue', 'Oak', 'Steel', 'Quiet'])[1 + n % 7] || ' '
    || (array['kettle', 'lamp', 'notebook', 'jacket', 'bell', 'grinder', 'blanket', 'shelf', 'tent'])[1 + n % 9] || ' ' || n,
  case when n % 6 > 0 then repeat('Made to last, and easy to repair. ', 1 + n % 4) end,
  round((4.99 + pg_temp.spread(n, 40000) / 100.0)::numeric, 2), (array[0, 0, 0, 5, 12.5, 30])[1 + n % 6],
  case when n % 7 > 0 then pg_temp.spread(n, 20000) / 1000.0 end,
  row(20 + n % 400, 30 + n % 300, 5 + n % 90)::dimensions,
  jsonb_build_object('colour', (array['blue', 'oak', 'steel', null])[1 + n % 4], 'ratings', jsonb_build_array(n % 5, 4.5)),
  case when n % 3 = 0 then '\x89504e470d0a1a0a'::bytea || decode(md5(n::text), 'hex') end,
  daterange('2023-01-01'::date + n % 700, case when n % 9 = 0 then '2026-06-30'::date end)
from generate_series(1, 1200) as n;

insert into orders (customer_id, address_id, status, placed_at, note)
select a.customer_id, a.id, (enum_range(null::order_status))[1 + pg_temp.spread(n, 6)],
  timestamptz '2024-01-01' + (n * interval '117 minutes') + pg_temp.spread(n, 3600) * interval '1 second',
  case when n % 11 = 0 then E'Please ring twice.\nThe bell is "quiet".' end
from generate_series(1, 12000) as n join addresses a on a.id = 1 + pg_temp.spread(n, 5000);

insert into order_items (order_id, line, product_id, quantity, unit_price)
select n, line, p.id, 1 + pg_temp.spread(n * 10 + line, 5), p.net_price
from generate_series(1, 12000) as n cross join lateral generate_series(1, 1 + n % 4) as line
join products p on p.id = 1 + pg_temp.spread(n * 7 + line, 1200);

update orders o set total = s.total
from (select order_id, sum(quantity * unit_price) as total from order_items group by 1) s where s.order_id = o.id;

insert into payments (id, order_id, method, amount, paid_at, receipt)
select md5('payment ' || id)::uuid, id, (enum_range(null::payment_method))[1 + id % 4], total,
  placed_at + interval '90 seconds',
  case when id % 50 = 0 then xmlelement(name receipt, xmlattributes(id as number), xmlelement(name total, total)) end
from orders where status not in ('placed', 'cancelled');

insert into shipments (order_id, carrier, tracking_code, shipped_at, transit, checkpoints)
select id, (array['Swift Post', 'Bluebird', 'Harbour Line'])[1 + id % 3], 'TR' || lpad(id::text, 9, '0'),
  placed_at + interval '1 day', case when status <> 'shipped' then (1 + id % 6) * interval '1 day 3 hours' end,
  array(select placed_at + step * interval '20 hours' from generate_series(1, 1 + id % 3) as step)
from orders where status in ('shipped', 'delivered', 'returned');

insert into reviews (product_id, customer_id, stars, title, body, written_at)
select distinct on (1, 2) 1 + pg_temp.spread(n, 1200), 1 + pg_temp.spread(n + 1, 5000), 1 + pg_temp.spread(n + 2, 5),
  (array['As described', 'Would buy again', 'It squeaks', 'Très bien', null])[1 + n % 5],
  case when n % 3 > 0 then repeat('It does what it should. ', 1 + n % 6) end,
  timestamptz '2024-06-01' + pg_temp.spread(n, 60000000) * interval '1 second'
from generate_series(1, 8000) as n;
