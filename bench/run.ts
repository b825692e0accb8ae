/** `npm run bench`: measures everything in one run and prints one table. `npm run bench -- rows names`: only these. */
import { type Figure, tableOf } from './figure.ts';
import { browser } from './figures/browser.ts';
import { bundles } from './figures/bundles.ts';
import { connector } from './figures/connector.ts';
import { discovery } from './figures/discovery.ts';
import { engine } from './figures/engine.ts';
import { explorer } from './figures/explorer.ts';
import { firstRow } from './figures/first-row.ts';
import { memory } from './figures/memory.ts';
import { names } from './figures/names.ts';
import { rows } from './figures/rows.ts';
import { session } from './figures/session.ts';
import { wire } from './figures/wire.ts';
import { type Ground, prepareGround } from './ground/ground.ts';

/** By name, in the order in which they are measured. */
const FIGURES: Readonly<Record<string, (ground: Ground) => Promise<Figure[]>>> = {
  engine,
  rows,
  'first-row': firstRow,
  names,
  memory,
  wire,
  connector,
  session,
  discovery,
  bundles,
  browser,
  explorer,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in FIGURES));
if (unknown.length > 0) {
  console.error(`There is no figure ${unknown.join(', ')}. There are: ${Object.keys(FIGURES).join(', ')}.`);
  process.exit(2);
}

await using ground = await prepareGround();
const figures: Figure[] = [];
for (const [name, measure] of Object.entries(FIGURES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`Measuring ${name} …`);
  figures.push(...(await measure(ground)));
}
console.log(tableOf(figures));
