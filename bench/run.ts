/**
 * `npm run bench`: measures everything in one run and prints one table. `npm run bench -- rows engines`: only these, and
 * `engines/mysql` only that one of them.
 */
import { ENV } from '#core/env.ts';
import { type Figure, tableOf } from './figure.ts';
import { browser } from './figures/browser.ts';
import { bundles } from './figures/bundles.ts';
import { connector } from './figures/connector.ts';
import { discovery } from './figures/discovery.ts';
import { engine } from './figures/engine.ts';
import { engines } from './figures/engines.ts';
import { explorer } from './figures/explorer.ts';
import { firstRow } from './figures/first-row.ts';
import { memory } from './figures/memory.ts';
import { names } from './figures/names.ts';
import { rows } from './figures/rows.ts';
import { runToS3 } from './figures/run-to-s3.ts';
import { session } from './figures/session.ts';
import { wire } from './figures/wire.ts';
import { type Ground, prepareGround } from './ground/ground.ts';

/** Those that stand on the ground, by name, in the order in which they are measured. */
const ON_GROUND: Readonly<Record<string, (ground: Ground) => Promise<Figure[]>>> = {
  engine,
  rows,
  'first-row': firstRow,
  names,
  memory,
  'run-to-s3': runToS3,
  wire,
  connector,
  session,
  browser,
  explorer,
};

/** Those that bring what they need, measured behind the others. */
const ALONE: Readonly<Record<string, () => Promise<Figure[]>>> = { ...engines, discovery, bundles };

// The databases listen on this machine; what each figure starts inherits it.
process.env[ENV.allowLoopback] = 'true';

const all = [...Object.keys(ON_GROUND), ...Object.keys(ALONE)];
const wanted = process.argv.slice(2);
const isOf = (name: string, group: string): boolean => name === group || name.startsWith(`${group}/`);
const unknown = wanted.filter((group) => !all.some((name) => isOf(name, group)));
if (unknown.length > 0) {
  console.error(`There is no figure ${unknown.join(', ')}. There are: ${all.join(', ')}.`);
  process.exit(2);
}

const figures: Figure[] = [];
const measure = async (name: string, take: () => Promise<Figure[]>): Promise<void> => {
  console.log(`Measuring ${name} …`);
  figures.push(...(await take()));
};
const chosen = <T>(table: Readonly<Record<string, T>>): [string, T][] =>
  Object.entries(table).filter(([name]) => wanted.length === 0 || wanted.some((group) => isOf(name, group)));

const grounded = chosen(ON_GROUND);
if (grounded.length > 0) {
  await using ground = await prepareGround();
  for (const [name, take] of grounded) await measure(name, () => take(ground));
}
for (const [name, take] of chosen(ALONE)) await measure(name, take);
console.log(tableOf(figures));
