-- The workgroup's database: what somebody has brought along to look at it.
create schema lab;
comment on schema lab is 'Files that were loaded to be looked at';
set local search_path = lab;
create table measurements (
  sensor varchar(12) not null,
  taken_at timestamp not null,
  celsius double precision,
  primary key (sensor, taken_at)
);
insert into measurements
select 'S' || lpad(s::text, 3, '0'), timestamp '2026-06-01' + n * interval '15 minutes',
  case when (s * 31 + n) % 97 > 0 then 15 + 8 * sin(n / 15.0) + s / 7.0 end
from generate_series(1, 12) as s, generate_series(0, 499) as n;

grant usage, create on schema lab to redshift_users;
grant select, insert, update, delete on all tables in schema lab to redshift_users;
