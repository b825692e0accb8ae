-- A private database: who works here and what they are paid, month by month. All of it is made up.
create schema payroll;
comment on schema payroll is 'People, their contracts and their pay slips';
set local search_path = payroll;
create type contract_kind as enum ('permanent', 'temporary', 'freelance');
create table departments (
  id int primary key,
  name text not null unique,
  cost_centre text not null unique
);
create table people (
  id int primary key,
  name text not null,
  department_id int not null references departments,
  kind contract_kind not null,
  since date not null,
  monthly_pay numeric(10, 2) not null check (monthly_pay > 0)
);
create table pay_slips (
  person_id int not null references people,
  month date not null,
  gross numeric(10, 2) not null,
  tax numeric(10, 2) not null,
  net numeric(10, 2) generated always as (gross - tax) stored,
  primary key (person_id, month)
);
create index people_by_department on people (department_id);

insert into departments values (1, 'Store', 'C-100'), (2, 'Warehouse', 'C-200'), (3, 'Web', 'C-300'), (4, 'Office', 'C-400');
insert into people
select n, (array['Ada', 'Ben', 'Cleo', 'Dana', 'Erin', 'Femi', 'Gita', 'Hugo'])[1 + n % 8] || ' ' ||
  (array['Abel', 'Brandt', 'Castro', 'Dietz', 'Evans', 'Fabre', 'Grau'])[1 + n % 7], 1 + n % 4,
  (array['permanent', 'permanent', 'permanent', 'temporary', 'freelance'])[1 + n % 5]::contract_kind,
  date '2015-01-01' + n * 29, 2400 + (n * 137) % 4100
from generate_series(1, 120) as n;
insert into pay_slips (person_id, month, gross, tax)
select p.id, month::date, p.monthly_pay, round(p.monthly_pay * 0.27, 2)
from people p, generate_series(date '2024-01-01', date '2026-10-01', '1 month') as month where month >= p.since;

create view pay_by_department as
select d.name as department, s.month, sum(s.gross) as gross, count(*) as slips
from pay_slips s join people p on p.id = s.person_id join departments d on d.id = p.department_id group by 1, 2;

grant usage on schema payroll to shop_readers, shop_writers;
grant select on all tables in schema payroll to shop_readers, shop_writers;
grant insert, update, delete on all tables in schema payroll to shop_writers;
