/** The memory of the serving process for ten times the rows. */
import { type Figure, megabytes } from '../figure.ts';
import type { Ground } from '../ground/ground.ts';
import { inTurn, median } from '../rounds.ts';
import { httpRows } from './rows.ts';

/** What ten times the rows may add to the peak, in bytes. */
const TARGET = 24 * 1_048_576;

export async function memory(ground: Ground): Promise<Figure[]> {
  const { few, many } = await inTurn({ few: () => peak(ground, 100_000), many: () => peak(ground, 1_000_000) });
  const more = median(many) - median(few);
  return [
    {
      figure: 'peak memory of the serving process, 1,000,000 rows against 100,000',
      measured: megabytes(median(many)),
      raw: megabytes(median(few)),
      ratio: `+ ${megabytes(more)}`,
      target: `≤ + ${megabytes(TARGET)}`,
      ok: more <= TARGET,
    },
  ];
}

/** The peak of a new process that has served so many rows, in bytes. */
async function peak(ground: Ground, rows: number): Promise<number> {
  await using serving = await ground.serve('shop');
  const served = await httpRows(serving.api, { statement: `select * from analytics.events limit ${rows}` });
  if (served.rows !== rows) throw new Error(`There are not ${rows} rows.`);
  return serving.peak();
}
