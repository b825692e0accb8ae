/** Every table and its columns at once, for completion. */
import type { Names } from '#contract/objects.ts';
import type { Session } from '../session.ts';
import { KIND_OF_TYPE } from './kinds.ts';

/** One round trip, two results: the relations, and their columns in order. */
const NAMES = `
SELECT o.object_id, SCHEMA_NAME(o.schema_id), o.name, RTRIM(o.type) FROM sys.objects AS o WHERE o.type IN ('U', 'V', 'ET');
SELECT c.object_id, c.name, TYPE_NAME(c.user_type_id) FROM sys.columns AS c
JOIN sys.objects AS o ON o.object_id = c.object_id WHERE o.type IN ('U', 'V', 'ET') ORDER BY c.object_id, c.column_id`;

type Table = Names['tables'][number];

export async function names(session: Session): Promise<Names> {
  const [relations = [], columns = []] = await session.queries(NAMES);
  const types = new Map<string, number>();
  const tables = new Map<string | null, Table>();
  for (const [id = null, schema, name, type] of relations) {
    const kind = KIND_OF_TYPE[type ?? ''];
    if (kind) tables.set(id, [schema ?? '', name ?? '', kind, []]);
  }
  for (const [id = null, name, type] of columns) tables.get(id)?.[3].push(name ?? '', indexOf(types, type ?? ''));
  return { types: [...types.keys()], tables: [...tables.values()] };
}

function indexOf(indexes: Map<string, number>, type: string): number {
  const index = indexes.get(type) ?? indexes.size;
  indexes.set(type, index);
  return index;
}
