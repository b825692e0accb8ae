/** Rows a second through POST /api/query, against pg alone reading the same rows. */
import type { HttpRows, HttpRowsTask } from '../children/http-rows.ts';
import type { RawRows, RawRowsTask } from '../children/raw-rows.ts';
import { type Figure, thousands, times } from '../figure.ts';
import type { Api, Ground } from '../ground/ground.ts';
import { inChild } from '../in-child.ts';
import { inTurn, median } from '../rounds.ts';

const ROWS = 1_000_000;
const STATEMENT = 'select * from analytics.events';
/** As Chromium sends it. */
export const BROWSER = 'gzip, deflate, br, zstd';

/** The rows of a statement over HTTP, by a process of its own. */
export async function httpRows(api: Api, changes: Partial<HttpRowsTask> = {}): Promise<HttpRows> {
  return inChild<HttpRows>('http-rows', { ...api, statement: STATEMENT, acceptEncoding: BROWSER, ...changes });
}

export async function rows(ground: Ground): Promise<Figure[]> {
  await using serving = await ground.serve('shop');
  const door = ground.door('shop');
  const raw = (how: RawRowsTask['how']) => () => inChild<RawRows>('raw-rows', { door, statement: STATEMENT, how });
  const http = (acceptEncoding: string) => () => httpRows(serving.api, { acceptEncoding });
  const all = await inTurn({ zstd: http(BROWSER), query: raw('query'), oneByOne: raw('rows'), gzip: http('gzip') });
  const speed = (results: readonly (RawRows | HttpRows)[]): number => {
    if (results.some((result) => result.rows !== ROWS)) throw new Error(`There are not ${ROWS} rows.`);
    return ROWS / (median(results.map((result) => result.elapsedMs)) / 1_000);
  };
  const query = speed(all.query);
  const oneByOne = speed(all.oneByOne);
  const figure = (name: string, results: readonly HttpRows[], best: number, target?: number): Figure => ({
    figure: `rows/s over HTTP, ${results[0]?.encoding}, ${name}`,
    measured: thousands(speed(results)),
    raw: thousands(best),
    ratio: times(speed(results) / best),
    ...(target && { target: `≥ ${target} ×, aim 1.0 ×`, ok: speed(results) / best >= target }),
  });
  return [
    figure('raw: query()', all.zstd, query, 0.8),
    figure('raw: row by row, none kept', all.zstd, oneByOne),
    figure('raw: query()', all.gzip, query),
  ];
}
