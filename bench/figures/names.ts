/** The names and columns of 20,000 tables to the browser, nothing cached, and the bare query beside it. */
import type { HttpNames } from '../children/http-names.ts';
import type { RawRows } from '../children/raw-rows.ts';
import { type Figure, kilobytes, seconds, times } from '../figure.ts';
import type { Ground } from '../ground/ground.ts';
import { TABLES } from '../ground/many-tables.ts';
import { inChild } from '../in-child.ts';
import { inTurn, median } from '../rounds.ts';
import { BROWSER } from './rows.ts';

/** As somebody would ask who needs no tree: a row a column. */
const BARE = `
select n.nspname, c.relname, a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod)
from pg_class c join pg_namespace n on n.oid = c.relnamespace
join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
where c.relkind = 'r' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`;
const TARGET_MS = 600;
const TARGET_BYTES = 1_048_576;

export async function names(ground: Ground): Promise<Figure[]> {
  await using serving = await ground.serve('many');
  const raw = { door: ground.door('many'), statement: BARE, how: 'query' } as const;
  const all = await inTurn({
    lodge: () => inChild<HttpNames>('http-names', { ...serving.api, acceptEncoding: BROWSER }),
    bare: () => inChild<RawRows>('raw-rows', raw),
  });
  if (all.lodge.some(({ tables }) => tables !== TABLES)) throw new Error(`There are not ${TABLES} tables.`);
  const elapsed = median(all.lodge.map(({ elapsedMs }) => elapsedMs));
  const bare = median(all.bare.map(({ elapsedMs }) => elapsedMs));
  const bytes = median(all.lodge.map(({ wireBytes }) => wireBytes));
  const what = `names and columns of ${TABLES.toLocaleString('en')} tables × 8`;
  return [
    {
      figure: `${what}; raw: the bare query`,
      measured: seconds(elapsed),
      raw: seconds(bare),
      ratio: times(elapsed / bare),
      target: `≤ ${seconds(TARGET_MS)}`,
      ok: elapsed <= TARGET_MS,
    },
    {
      figure: `${what}, compressed`,
      measured: kilobytes(bytes),
      target: `≤ ${kilobytes(TARGET_BYTES)}`,
      ok: bytes <= TARGET_BYTES,
    },
  ];
}
