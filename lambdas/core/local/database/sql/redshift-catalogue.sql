-- Redshift's catalogue, as far as Lodge asks of it: views and functions in pg_catalog, where Redshift has them, with the
-- columns and types that AWS documents (Database Developer Guide, the page of each view's name), made from what PostgreSQL
-- itself knows. What only Redshift knows, such as encodings and external tables, stands in the tables of only_redshift.
-- Not shown by it: Redshift's own parser, what its planner refuses beside a leader-node function, its words in errors.
create schema only_redshift;
create table only_redshift.columns (schema text, tab text, col text, encoding text, distkey bool, sortkey int, ident text);
create table only_redshift.tables (schema text, tab text, style int, encoded text, sortkey1 text, size bigint, skew numeric(19,2),
  unsorted numeric(5,2), stats_off numeric(5,2), hidden bool);
create table only_redshift.schemas (name text, type text);
create table only_redshift.external_tables (schema text, tab text, location text, input text, output text, lib text, parameters text);
create table only_redshift.external_columns (schema text, tab text, col text, type text, num int, part int);
create table only_redshift.late_binding (schema name, tab name, col name, type varchar, num int);
create table only_redshift.shared_tables (schema text, tab text);
create table only_redshift.whole_definitions (view oid, definition text);

set local allow_system_table_mods = on;

create view pg_catalog.svv_all_schemas as
select current_database()::varchar(128) database_name, nspname::varchar(128) schema_name, nspowner::int schema_owner,
  'local'::varchar(128) schema_type, null::varchar(128) schema_acl, null::varchar(128) source_database, null::varchar(256) schema_option
from pg_namespace where nspname <> 'only_redshift'
union all select current_database(), name, 1, type, null, null, null from only_redshift.schemas;

create view pg_catalog.svv_all_tables as
select current_database()::varchar(128) database_name, n.nspname::varchar(128) schema_name, c.relname::varchar(128) table_name,
  null::varchar(128) table_acl, (case when s.tab is not null then 'SHARED TABLE' when c.relkind = 'r' then 'TABLE' else 'VIEW' end)::varchar(128) table_type,
  obj_description(c.oid, 'pg_class')::varchar(256) remarks
from pg_class c join pg_namespace n on n.oid = c.relnamespace
left join only_redshift.shared_tables s on s.schema = n.nspname and s.tab = c.relname
where c.relkind in ('r', 'v', 'm') and n.nspname <> 'only_redshift'
union all select current_database(), schema, tab, null, 'EXTERNAL TABLE', null from only_redshift.external_tables;

create view pg_catalog.svv_all_columns as
select current_database()::varchar(128) database_name, n.nspname::varchar(128) schema_name, c.relname::varchar(128) table_name,
  a.attname::varchar(128) column_name, a.attnum::int ordinal_position,
  coalesce(x.ident, pg_get_expr(d.adbin, d.adrelid))::varchar(4000) column_default,
  (case when a.attnotnull then 'NO' else 'YES' end)::varchar(3) is_nullable, format_type(a.atttypid, null)::varchar(128) data_type,
  (case when a.atttypid in (1042, 1043) then a.atttypmod - 4 end)::int character_maximum_length,
  (case when a.atttypid = 1700 then (a.atttypmod - 4) >> 16 end)::int numeric_precision,
  (case when a.atttypid = 1700 then (a.atttypmod - 4) & 65535 end)::int numeric_scale,
  col_description(c.oid, a.attnum)::varchar(256) remarks
from pg_class c join pg_namespace n on n.oid = c.relnamespace
join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
left join only_redshift.columns x on x.schema = n.nspname and x.tab = c.relname and x.col = a.attname
where c.relkind in ('r', 'v', 'm') and n.nspname <> 'only_redshift'
  and not exists (select from only_redshift.late_binding l where l.schema = n.nspname and l.tab = c.relname)
union all
select current_database(), schema, tab, col, num, null, 'YES', type, null, null, null, null from only_redshift.external_columns;

create view pg_catalog.svv_redshift_columns as
select database_name, schema_name, table_name, column_name, ordinal_position, data_type::varchar(32), column_default, is_nullable,
  coalesce(x.encoding, 'none')::varchar(128) encoding, coalesce(x.distkey, false) distkey, coalesce(x.sortkey, 0) sortkey,
  null::varchar(128) column_acl, remarks
from pg_catalog.svv_all_columns a
left join only_redshift.columns x on x.schema = a.schema_name and x.tab = a.table_name and x.col = a.column_name;

create view pg_catalog.pg_class_info as
select c.oid relid, c.*, coalesce(x.style, 10) releffectivediststyle
from pg_class c join pg_namespace n on n.oid = c.relnamespace
left join only_redshift.tables x on x.schema = n.nspname and x.tab = c.relname;

create view pg_catalog.svv_table_info as
select current_database()::text "database", n.nspname::text "schema", c.oid table_id, c.relname::text "table",
  coalesce(x.encoded, 'Y, AUTO(ENCODE)') encoded, coalesce(x.sortkey1, 'AUTO(SORTKEY)') sortkey1,
  coalesce(x.size, 0) size, greatest(c.reltuples, 0)::numeric(38,0) tbl_rows, x.skew skew_rows, x.unsorted, x.stats_off
from pg_class c join pg_namespace n on n.oid = c.relnamespace
left join only_redshift.tables x on x.schema = n.nspname and x.tab = c.relname
where c.relkind = 'r' and x.hidden is distinct from true;

create view pg_catalog.svv_mv_info as
select current_database()::char(128) database_name, schemaname::char(128) schema_name, matviewowner::char(128) user_name,
  matviewname::char(128) "name", 't'::char(1) is_stale, 0 state, 'f'::char(1) autorewrite, 'f'::char(1) autorefresh
from pg_matviews;

create view pg_catalog.svv_external_tables as
select current_database()::text redshift_database_name, schema schemaname, tab tablename, 'TABLE'::text tabletype, location,
  input input_format, output output_format, lib serialization_lib, null::text serde_parameters, 0 compressed, parameters
from only_redshift.external_tables;

create view pg_catalog.svv_external_columns as
select current_database()::text redshift_database_name, schema schemaname, tab tablename, col columnname, type external_type,
  num columnnum, part part_key, 'true'::text is_nullable
from only_redshift.external_columns;

create view pg_catalog.svv_redshift_functions as
select current_database()::varchar(128) database_name, n.nspname::varchar(128) schema_name, p.proname::varchar(128) function_name,
  (case p.prokind when 'p' then 'STORED PROCEDURE' when 'a' then 'AGGREGATED FUNCTION' else 'REGULAR FUNCTION' end)::varchar(128) function_type,
  oidvectortypes(p.proargtypes)::varchar(512) argument_type, format_type(p.prorettype, null)::varchar(128) result_type
from pg_proc p join pg_namespace n on n.oid = p.pronamespace;

create view pg_catalog.pg_proc_info as select p.oid prooid, p.* from pg_proc p;

create view pg_catalog.sys_session_history as
select usesysid::char(50) user_id, pid session_id, datname::char(50) database_name, 'active'::char(10) status, 0 session_timeout,
  backend_start at time zone 'UTC' start_time, null::timestamp end_time
from pg_stat_activity where backend_type = 'client backend' and (usename = current_user or pg_has_role(current_user, 'pg_read_all_stats', 'usage'));

create view pg_catalog.sys_query_history as
select usesysid::int user_id, pid session_id, query_start at time zone 'UTC' start_time,
  (case when state <> 'active' then 'success' when wait_event = 'ClientWrite' then 'returning' else 'running' end)::char(10) status
from pg_stat_activity where backend_type = 'client backend' and (usename = current_user or pg_has_role(current_user, 'pg_read_all_stats', 'usage'));

-- All of them but SVV_TABLE_INFO, which only superusers see.
grant select on svv_all_schemas, svv_all_tables, svv_all_columns, svv_redshift_columns, pg_class_info, svv_mv_info,
  svv_external_tables, svv_external_columns, svv_redshift_functions, pg_proc_info, sys_session_history, sys_query_history to public;
grant usage on schema only_redshift to public; grant select on all tables in schema only_redshift to public;

create or replace function pg_catalog.version() returns text language sql stable as
  $$select 'PostgreSQL 8.0.2 on i686-pc-linux-gnu, compiled by GCC gcc (GCC) 3.4.2, Redshift 1.0.369760'$$;
create function pg_catalog.getdate() returns timestamp language sql stable as $$select date_trunc('second', localtimestamp)$$;
create function pg_catalog.pg_get_late_binding_view_cols() returns setof record language sql stable as
  'select schema, tab, col, type, num from only_redshift.late_binding';

-- Text escapes with a backslash, as in PostgreSQL 8.0.
do $$ begin
  execute format('alter database %I set standard_conforming_strings = off', current_database());
  execute format('alter database %I set escape_string_warning = off', current_database());
end $$;
