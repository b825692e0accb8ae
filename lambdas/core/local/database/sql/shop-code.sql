-- What the shop has beside its tables: views, functions, a procedure, a trigger, and who may do what.
set local search_path = shop;

create view order_overview as
select o.id, o.placed_at, o.status, c.name as customer, a.city, a.country, count(i.line) as lines, o.total
from orders o
join customers c on c.id = o.customer_id
join addresses a on a.id = o.address_id
left join order_items i on i.order_id = o.id
group by o.id, c.name, a.city, a.country;
comment on view order_overview is 'One row an order, with whose it is and where it goes';

create view products_in_stock as
select id, sku, name, net_price from products where available @> current_date with local check option;

create materialized view monthly_sales as
select date_trunc('month', o.placed_at, 'UTC')::date as month, p.category_id, sum(i.quantity) as pieces,
  sum(i.quantity * i.unit_price) as turnover
from orders o
join order_items i on i.order_id = o.id
join products p on p.id = i.product_id
where o.status <> 'cancelled'
group by 1, 2;
create unique index monthly_sales_key on monthly_sales (month, category_id);
comment on materialized view monthly_sales is 'Refreshed by hand: refresh materialized view concurrently shop.monthly_sales';

create function customer_turnover(customer bigint, since timestamptz default '-infinity') returns numeric
language sql stable parallel safe
return (select coalesce(sum(o.total), 0) from orders o where o.customer_id = customer and o.placed_at >= since);
comment on function customer_turnover is 'What a customer has bought for, since a moment';

create function best_sellers(wanted int default 10)
returns table (product text, pieces bigint, turnover numeric)
language sql stable as $$
  select p.name, sum(i.quantity), sum(i.quantity * i.unit_price)
  from shop.order_items i join shop.products p on p.id = i.product_id
  group by p.id order by 2 desc, 1 limit wanted
$$;

create function note_price_change() returns trigger
language plpgsql as $$
begin
  insert into shop.price_changes (product_id, old_price, new_price)
  values (new.id, old.price, new.price)
  on conflict (product_id, changed_at) do update set new_price = excluded.new_price;
  raise notice 'The price of % went from % to %', new.name, old.price, new.price;
  return new;
end
$$;
create trigger products_price_change after update of price on products
for each row when (old.price is distinct from new.price) execute function note_price_change();

create procedure cancel_order(wanted bigint)
language plpgsql as $$
begin
  update shop.orders set status = 'cancelled' where id = wanted and status in ('placed', 'paid');
  if not found then
    raise exception 'Order % cannot be cancelled any more', wanted
      using errcode = 'check_violation', hint = 'Only placed and paid orders can.';
  end if;
end
$$;

create sequence invoice_number start 100000;

create schema scratch;
comment on schema scratch is 'Everybody may make tables here';

grant usage on schema shop to shop_readers, shop_writers;
grant select on all tables in schema shop to shop_readers, shop_writers;
grant usage, create on schema scratch, public to shop_readers, shop_writers;
grant create on schema shop to shop_writers;
grant insert, update, delete on all tables in schema shop to shop_writers;
grant usage on all sequences in schema shop to shop_writers;
grant maintain on monthly_sales to shop_writers;
