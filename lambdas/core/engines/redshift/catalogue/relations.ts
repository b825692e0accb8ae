/** The tables and views of one schema of the connected database, each with its kind. */
import type { NodeKind } from '#contract/engines.ts';
import type { Session } from '../../pg-wire/session.ts';
import { tableType } from './kinds.ts';

/** "SVV_ALL_TABLES": tables, views, Spectrum's external tables and those of datashares, as far as the user may see them. */
const TABLES = `
select table_name, table_type, remarks from pg_catalog.svv_all_tables
where database_name = $1 and schema_name = $2
order by 1`;

/** "SVV_MV_INFO": to the other views a materialized view is a view. Its columns are CHAR(128), filled with spaces. */
const MATERIALIZED = `
select rtrim(name), is_stale from pg_catalog.svv_mv_info
where database_name = $1 and schema_name = $2`;

export interface Relation {
  readonly kind: NodeKind;
  readonly name: string;
  readonly detail?: string;
  readonly comment?: string;
}

export async function relationsOf(session: Session, schema: string): Promise<Relation[]> {
  const where = [session.about.database, schema];
  const tables = await session.query<[string, string, string | null]>(TABLES, where);
  const materialized = new Map(await session.query<[string, string]>(MATERIALIZED, where));
  return tables.map(([name, type, remarks]) => {
    const stale = materialized.get(name);
    const known = stale === undefined ? tableType(type) : { kind: 'materialized-view' as const };
    const detail = stale === 't' ? 'stale' : tableType(type).detail;
    return { ...known, name, ...(detail && { detail }), ...(remarks && { comment: remarks }) };
  });
}
