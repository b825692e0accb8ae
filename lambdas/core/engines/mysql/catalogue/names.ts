/** Every table and its columns at once, for completion. */
import type { Names } from '#contract/objects.ts';
import type { Session } from '../session.ts';
import { KIND_OF_TABLE, RELATION_KINDS, SYSTEM_SCHEMAS } from './kinds.ts';

/**
 * One round trip. A row without a number is a table, the others are columns of one. Nothing is joined, sorted or grouped
 * there: both views are read once, and only by what the server can say without opening tables.
 */
const NAMES = `
SELECT TABLE_SCHEMA, TABLE_NAME, NULL, TABLE_TYPE, NULL
FROM information_schema.TABLES WHERE TABLE_SCHEMA NOT IN ${SYSTEM_SCHEMAS}
UNION ALL
SELECT TABLE_SCHEMA, TABLE_NAME, ORDINAL_POSITION, COLUMN_NAME, DATA_TYPE
FROM information_schema.COLUMNS WHERE TABLE_SCHEMA NOT IN ${SYSTEM_SCHEMAS}`;

/** What no name holds. */
const SEPARATOR = '\u0001';
type Table = Names['tables'][number];

export async function names(session: Session): Promise<Names> {
  const types = new Map<string, number>();
  const tables = new Map<string, Table>();
  for (const [schema, name, place, text, type] of await session.query(NAMES)) {
    const key = `${schema}${SEPARATOR}${name}`;
    const kind = KIND_OF_TABLE[text ?? ''];
    if (place === null) {
      if (kind && RELATION_KINDS.includes(kind)) tables.set(key, [schema ?? '', name ?? '', kind, []]);
    } else putAt(tables.get(key)?.[3], Number(place), text ?? '', indexOf(types, type ?? ''));
  }
  return { types: [...types.keys()], tables: [...tables.values()] };
}

/** Columns may come in any order, and leave no gap in the end. */
function putAt(columns: Table[3] | undefined, place: number, name: string, type: number): void {
  if (!columns) return;
  columns[place * 2 - 2] = name;
  columns[place * 2 - 1] = type;
}

function indexOf(indexes: Map<string, number>, type: string): number {
  const known = indexes.get(type);
  if (known !== undefined) return known;
  indexes.set(type, indexes.size);
  return indexes.size - 1;
}
