/** Rows a second out of the engine alone, against pg alone: what is left for HTTP and compression to spend. */
import type { EngineRowsTask } from '../children/engine-rows.ts';
import type { RawRows, RawRowsTask } from '../children/raw-rows.ts';
import { type Figure, thousands, times } from '../figure.ts';
import type { Ground } from '../ground/ground.ts';
import { inChild } from '../in-child.ts';
import { inTurn, median } from '../rounds.ts';

const ROWS = 1_000_000;
const STATEMENT = 'select * from analytics.events';
const TARGET = 1.3;

export async function engine(ground: Ground): Promise<Figure[]> {
  const door = ground.door('shop');
  const raw = (how: RawRowsTask['how']) => () => inChild<RawRows>('raw-rows', { door, statement: STATEMENT, how });
  const all = await inTurn({
    engine: () => inChild<RawRows>('engine-rows', { door, statement: STATEMENT } satisfies EngineRowsTask),
    query: raw('query'),
    oneByOne: raw('rows'),
  });
  const speed = (results: readonly RawRows[]): number => ROWS / (median(results.map((each) => each.elapsedMs)) / 1_000);
  if (Object.values(all).some((results) => results.some(({ rows }) => rows !== ROWS)))
    throw new Error(`There are not ${ROWS} rows.`);
  const measured = speed(all.engine);
  const figure = (name: string, best: number): Figure => ({
    figure: `rows/s out of the engine, ${name}`,
    measured: thousands(measured),
    raw: thousands(best),
    ratio: times(measured / best),
    target: `≥ ${TARGET} ×`,
    ok: measured / best >= TARGET,
  });
  return [figure('raw: query()', speed(all.query)), figure('raw: row by row, none kept', speed(all.oneByOne))];
}
