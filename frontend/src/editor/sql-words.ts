/** The keywords and functions that completion offers: what people type, not all that a grammar knows. */

const words = (text: string): readonly string[] => text.trim().split(/\s*,\s*/);

export const KEYWORDS = words(`
select, from, where, group by, order by, having, limit, offset, distinct, as, and, or, not, in, is null, is not null,
like, ilike, between, exists, case, when, then, else, end, join, inner join, left join, right join, full join,
cross join, lateral, on, using, union, union all, intersect, except, with, recursive, insert into, values, update, set,
delete from, returning, on conflict, do nothing, do update set, create table, create view, create materialized view,
create index, create unique index, create schema, create type, create function, alter table, add column, drop column,
rename to, drop table, drop view, drop index, truncate, primary key, foreign key, references, unique, check, default,
not null, constraint, cascade, if exists, if not exists, begin, commit, rollback, savepoint, explain, explain analyze,
analyze, vacuum, grant, revoke, null, true, false, asc, desc, nulls first, nulls last, over, partition by, filter,
within group, rows between, unbounded preceding, current row, fetch first, for update, skip locked, cast, interval,
array, any, all, some, current_date, current_timestamp, current_user, show, table, merge into, matched`);

export const FUNCTIONS = words(`
count, sum, avg, min, max, coalesce, nullif, greatest, least, abs, round, ceil, floor, trunc, mod, power, sqrt, random,
length, lower, upper, trim, ltrim, rtrim, substring, position, replace, concat, concat_ws, left, right, lpad, rpad,
split_part, regexp_replace, regexp_matches, string_agg, array_agg, unnest, array_length, now, date_trunc, date_part,
extract, age, to_char, to_date, to_timestamp, to_number, make_date, generate_series, row_number, rank, dense_rank, lag,
lead, first_value, last_value, ntile, percentile_cont, json_agg, jsonb_agg, json_build_object, jsonb_build_object,
jsonb_array_elements, jsonb_each, jsonb_path_query, to_jsonb, bool_and, bool_or, md5, gen_random_uuid, encode, decode,
pg_size_pretty, pg_total_relation_size`);
