-- The tables of a small online shop, as somebody would have made them: every kind of object that a workbench shows.
create schema shop;
comment on schema shop is 'Customers, products and what was sold';
set local search_path = shop;

create type order_status as enum ('placed', 'paid', 'shipped', 'delivered', 'returned', 'cancelled');
create type payment_method as enum ('card', 'transfer', 'wallet', 'voucher');
create type dimensions as (width_mm int, height_mm int, depth_mm int);
create domain email_address as text check (value ~ '^[^@\s]+@[^@\s]+\.[^@\s]+$');
create domain percentage as numeric(5, 2) check (value between 0 and 100);
comment on domain email_address is 'Something with one @ and a dot after it';

create table customers (
  id bigint generated always as identity primary key,
  email email_address not null unique,
  name text not null,
  birth_date date,
  newsletter boolean not null default false,
  loyalty_points int not null default 0 check (loyalty_points >= 0),
  preferences jsonb not null default '{}',
  tags text[] not null default '{}',
  created_at timestamptz not null default now()
);
comment on table customers is 'Everybody who has registered, whether or not they have bought anything';
comment on column customers.preferences is 'Language, theme and channels, as the app writes them';
create index customers_tags on customers using gin (tags);
create index customers_preferences on customers using gin (preferences jsonb_path_ops);
create index customers_lower_name on customers (lower(name));

create table addresses (
  id bigint generated always as identity primary key,
  customer_id bigint not null references customers on delete cascade,
  label text not null default 'home',
  street text not null,
  city text not null,
  postcode varchar(10) not null,
  country char(2) not null check (country = upper(country)),
  location point,
  unique (customer_id, label)
);

create table categories (
  id int primary key,
  parent_id int references categories,
  name text not null unique,
  path text not null
);

create table products (
  id bigint generated always as identity primary key,
  category_id int not null references categories,
  sku char(10) not null unique,
  name text not null,
  description text,
  price numeric(10, 2) not null check (price > 0),
  discount percentage not null default 0,
  net_price numeric(10, 2) generated always as (round(price * (1 - discount / 100), 2)) stored,
  weight_kg real,
  size dimensions,
  attributes jsonb not null default '{}',
  photo bytea,
  available daterange not null default daterange(current_date, null),
  search tsvector generated always as (to_tsvector('simple', name || ' ' || coalesce(description, ''))) stored
);
comment on column products.photo is 'A thumbnail, as the camera sent it';
comment on column products.net_price is 'What is paid after the discount';
create index products_search on products using gin (search);
create index products_cheap on products (price) where price < 20;

create table orders (
  id bigint generated always as identity primary key,
  customer_id bigint not null references customers,
  address_id bigint not null references addresses,
  status order_status not null default 'placed',
  placed_at timestamptz not null default now(),
  note text,
  total numeric(12, 2) not null default 0
);
create index orders_customer on orders (customer_id, placed_at desc);
create index orders_placed_at on orders using brin (placed_at);

create table order_items (
  order_id bigint not null references orders on delete cascade,
  line smallint not null check (line between 1 and 100),
  product_id bigint not null references products,
  quantity int not null check (quantity > 0),
  unit_price numeric(10, 2) not null,
  primary key (order_id, line)
);
create index order_items_product on order_items (product_id);

create table payments (
  id uuid primary key default gen_random_uuid(),
  order_id bigint not null references orders,
  method payment_method not null,
  amount numeric(12, 2) not null check (amount >= 0),
  paid_at timestamptz not null,
  receipt xml
);
create index payments_order on payments (order_id);

create table shipments (
  id bigint generated always as identity primary key,
  order_id bigint not null references orders,
  carrier text not null,
  tracking_code text unique,
  shipped_at timestamptz not null,
  transit interval,
  checkpoints timestamptz[] not null default '{}'
);

create table reviews (
  product_id bigint not null references products,
  customer_id bigint not null references customers,
  stars smallint not null check (stars between 1 and 5),
  title text,
  body text,
  written_at timestamptz not null default now(),
  primary key (product_id, customer_id)
);

create table price_changes (
  product_id bigint not null references products on delete cascade,
  changed_at timestamptz not null default now(),
  old_price numeric(10, 2) not null,
  new_price numeric(10, 2) not null,
  changed_by text not null default current_user,
  primary key (product_id, changed_at)
);
comment on table price_changes is 'Written by a trigger whenever a price changes';
