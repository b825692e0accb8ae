/** Bytes on the wire, against the same rows as CSV packed by gzip -6. */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Figure, kilobytes, times } from '../figure.ts';
import type { Ground } from '../ground/ground.ts';
import { BROWSER, httpRows } from './rows.ts';

const ROWS = 100_000;
const STATEMENT = `select * from analytics.events limit ${ROWS}`;
const TARGET = 1.1;

export async function wire(ground: Ground): Promise<Figure[]> {
  await using serving = await ground.serve('shop');
  const csv = gzipSync(await asCsv(ground), { level: 6 }).length;
  const figures: Figure[] = [];
  for (const acceptEncoding of [BROWSER, 'br', 'gzip', 'identity']) {
    const { wireBytes, rows, encoding } = await httpRows(serving.api, { statement: STATEMENT, acceptEncoding });
    if (rows !== ROWS) throw new Error(`There are not ${ROWS} rows.`);
    const ratio = wireBytes / csv;
    figures.push({
      figure: `bytes on the wire for ${ROWS.toLocaleString('en')} rows, ${encoding}; raw: gzip -6 of CSV`,
      measured: kilobytes(wireBytes),
      raw: kilobytes(csv),
      ratio: times(ratio),
      ...(acceptEncoding === BROWSER && { target: `≤ ${TARGET} ×`, ok: ratio <= TARGET }),
    });
  }
  return figures;
}

/** As the server's own COPY writes them. */
async function asCsv(ground: Ground): Promise<Buffer> {
  const file = join(ground.data, 'bench.csv');
  const admin = await ground.admin('shop');
  await admin.query(`copy (${STATEMENT}) to '${file}' with (format csv)`).finally(() => admin.end());
  const bytes = await readFile(file);
  await rm(file);
  return bytes;
}
