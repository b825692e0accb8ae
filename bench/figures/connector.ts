/**
 * What a connector adds: the time to the first row, and the cost of each row. The function's process, the local Lambda in
 * the middle, which frames and checks as AWS does, and the process that calls share this machine; a network is not there.
 */
import type { ConnectorRows, ConnectorRowsTask } from '../children/connector-rows.ts';
import { type Figure, ms } from '../figure.ts';
import type { Ground } from '../ground/ground.ts';
import { inChild } from '../in-child.ts';
import { inTurn, median } from '../rounds.ts';

const ROWS = 1_000_000;
const FIRSTS = 10;

export async function connector(ground: Ground): Promise<Figure[]> {
  const measure = (way: ConnectorRowsTask['way']) => () =>
    inChild<ConnectorRows>('connector-rows', {
      door: ground.door('shop'),
      statement: 'select * from analytics.events',
      way,
      firsts: FIRSTS,
    } satisfies ConnectorRowsTask);
  const all = await inTurn({ here: measure('here'), lambda: measure('lambda') });
  if (Object.values(all).some((results) => results.some(({ rows }) => rows !== ROWS)))
    throw new Error(`There are not ${ROWS} rows.`);
  const firstRow = (results: readonly ConnectorRows[]) => median(results.flatMap(({ firsts }) => firsts));
  const perRow = (results: readonly ConnectorRows[]) =>
    (median(results.map(({ elapsedMs }) => elapsedMs)) * 1_000) / ROWS;
  const [first, firstHere] = [firstRow(all.lambda), firstRow(all.here)];
  const [row, rowHere] = [perRow(all.lambda), perRow(all.here)];
  return [
    {
      figure: 'first row, through a connector',
      measured: ms(first),
      raw: ms(firstHere),
      ratio: `+ ${ms(first - firstHere)}`,
    },
    {
      figure: 'each row, through a connector',
      measured: microseconds(row),
      raw: microseconds(rowHere),
      ratio: `+ ${microseconds(row - rowHere)}`,
    },
  ];
}

const microseconds = (value: number): string => `${value.toFixed(2)} µs`;
