-- What the cluster of Aurora DSQL holds. It knows no foreign keys, no sequences and no triggers, so there are none.
create schema ledger;
comment on schema ledger is 'Accounts and what was moved between them';
set local search_path = ledger;
create table accounts (
  id uuid primary key,
  owner text not null,
  currency char(3) not null,
  opened_at timestamptz not null
);
create table movements (
  id uuid primary key,
  from_account uuid not null,
  to_account uuid not null,
  amount numeric(18, 2) not null,
  booked_at timestamptz not null
);
create index movements_booked_at on movements (booked_at);

insert into accounts
select md5('account ' || n)::uuid, 'Owner ' || n, (array['EUR', 'USD', 'JPY'])[1 + n % 3], timestamptz '2024-01-01 09:00+00' + n * interval '3 days'
from generate_series(1, 100) as n;
insert into movements
select md5('movement ' || n)::uuid, md5('account ' || 1 + n % 100)::uuid, md5('account ' || 1 + n * 7 % 100)::uuid,
  (1 + n * 37 % 90000) / 100.0, timestamptz '2026-01-01 00:00+00' + n * interval '41 minutes'
from generate_series(1, 3000) as n;

grant usage, create on schema ledger to admin;
grant select, insert, update, delete on all tables in schema ledger to admin;
grant usage on schema ledger to bookkeeper;
grant select on all tables in schema ledger to bookkeeper;
