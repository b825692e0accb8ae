/** Every table and its columns at once, for completion. */
import type { Names } from '#contract/objects.ts';
import type { Session } from '../session.ts';
import { TYPES } from './kinds.ts';

const OURS = `owner NOT IN (SELECT username FROM all_users WHERE oracle_maintained = 'Y')`;

/**
 * One round trip. Rows without a place are relations, the others are columns of one. A materialized view is a table too.
 */
const NAMES = `
SELECT owner, object_name, 0 AS place, object_type, NULL FROM all_objects
WHERE object_type IN ('TABLE', 'VIEW', 'MATERIALIZED VIEW') AND ${OURS}
UNION ALL
SELECT owner, table_name, column_id, column_name, data_type FROM all_tab_columns WHERE ${OURS}
ORDER BY 1, 2, 3`;

/** What no name holds. */
const SEPARATOR = '\u0001';
type Table = Names['tables'][number];

export async function names(session: Session): Promise<Names> {
  const types = new Map<string, number>();
  const tables = new Map<string, Table>();
  for (const [schema, name, place, text, type] of await session.query(NAMES)) {
    const key = `${schema}${SEPARATOR}${name}`;
    if (place !== '0') tables.get(key)?.[3].push(text ?? '', indexOf(types, type ?? ''));
    else tables.set(key, [schema ?? '', name ?? '', kindOf(tables.get(key), text), []]);
  }
  return { types: [...types.keys()], tables: [...tables.values()] };
}

/** A materialized view stays one, though there is a table of its name. */
const kindOf = (known: Table | undefined, type: string | null | undefined): Table[2] =>
  known?.[2] === 'materialized-view' ? known[2] : (TYPES[type ?? '']?.kind ?? 'table');

function indexOf(indexes: Map<string, number>, type: string): number {
  const index = indexes.get(type) ?? indexes.size;
  indexes.set(type, index);
  return index;
}
