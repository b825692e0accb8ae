/** Rows a second and memory of each engine, against its driver alone; each run is a process of its own. */
import type { ReaderRows, ReaderRowsTask } from '../children/reader-rows.ts';
import { type Figure, megabytes, thousands, times } from '../figure.ts';
import { inChild } from '../in-child.ts';
import type { Sizes } from '../readers/reader.ts';
import type { Read } from '../readers/readers.ts';
import { inTurn, median } from '../rounds.ts';
import { startDocumentStore } from '../stores/documents.ts';
import { startDynamoStore } from '../stores/dynamodb.ts';
import { startMariaDbStore } from '../stores/mariadb.ts';
import type { Store } from '../stores/store.ts';
import { startTdsStore } from '../stores/tds.ts';

/** What the engine must reach of its driver's speed. */
const SPEED = 0.6;
/** What ten times the rows may add to the peak, in bytes. */
const GROWTH = 24 * 1_048_576;

interface Subject {
  readonly title: string;
  readonly driver: string;
  readonly sizes: Sizes;
  start(sizes: Sizes): Promise<Store<object>>;
}

/** PostgreSQL has figures of its own. As many rows as the server gives in some seconds: the last two stand-ins are slow. */
const SUBJECTS: Readonly<Record<Read, Subject>> = {
  mysql: {
    title: 'MySQL (MariaDB)',
    driver: 'mysql2, stream()',
    sizes: { few: 50_000, many: 500_000 },
    start: startMariaDbStore,
  },
  sqlserver: {
    title: 'SQL Server (scripted)',
    driver: 'tedious, row events',
    sizes: { few: 50_000, many: 500_000 },
    start: startTdsStore,
  },
  documentdb: {
    title: 'DocumentDB (FerretDB or mongod)',
    driver: 'a cursor of mongodb',
    sizes: { few: 4_000, many: 40_000 },
    start: startDocumentStore,
  },
  dynamodb: {
    title: 'DynamoDB (DynamoDB Local)',
    driver: "the SDK's pages of a Query",
    sizes: { few: 4_000, many: 40_000 },
    start: startDynamoStore,
  },
};

/** By the figure's name, an engine each. */
export const engines: Readonly<Record<string, () => Promise<Figure[]>>> = Object.fromEntries(
  (Object.entries(SUBJECTS) as [Read, Subject][]).map(([engine, subject]) => [
    `engines/${engine}`,
    () => measure(engine, subject),
  ]),
);

async function measure(engine: Read, { title, driver, sizes, start }: Subject): Promise<Figure[]> {
  await using store = await start(sizes);
  const read = (by: ReaderRowsTask['by'], rows: number) => async () => {
    const task = { engine, by, door: store.door, rows } satisfies ReaderRowsTask;
    const result = await inChild<ReaderRows>('reader-rows', task);
    if (result.rows !== rows) throw new Error(`${title} gave ${result.rows} rows in place of ${rows}.`);
    return result;
  };
  const runs = await inTurn({
    many: read('lodge', sizes.many),
    driver: read('driver', sizes.many),
    few: read('lodge', sizes.few),
  });
  return figuresOf({ title, driver, sizes }, runs);
}

interface Runs {
  readonly many: readonly ReaderRows[];
  readonly few: readonly ReaderRows[];
  readonly driver: readonly ReaderRows[];
}

/** By the clock, which the server shares; by the processor's time of the reader alone; and the growth of its memory. */
export function figuresOf(
  { title, driver, sizes }: Omit<Subject, 'start'>,
  { many, few, driver: raw }: Runs,
): Figure[] {
  const speed = (figure: string, of: 'elapsedMs' | 'cpuMs'): Figure => {
    const rowsIn = (runs: readonly ReaderRows[]) => sizes.many / (median(runs.map((run) => run[of])) / 1_000);
    const ratio = rowsIn(many) / rowsIn(raw);
    return {
      figure: `${title}: ${figure}; raw: ${driver}`,
      measured: thousands(rowsIn(many)),
      raw: thousands(rowsIn(raw)),
      ratio: times(ratio),
      target: `≥ ${SPEED} ×`,
      ok: ratio >= SPEED,
    };
  };
  const peak = (runs: readonly ReaderRows[]) => median(runs.map((run) => run.peak));
  const more = peak(many) - peak(few);
  return [
    speed('rows/s', 'elapsedMs'),
    speed('rows/s of processor time', 'cpuMs'),
    {
      figure: `${title}: peak memory, ${thousands(sizes.many)} rows against ${thousands(sizes.few)}`,
      measured: megabytes(peak(many)),
      raw: megabytes(peak(few)),
      ratio: `+ ${megabytes(more)}`,
      target: `≤ + ${megabytes(GROWTH)}`,
      ok: more <= GROWTH,
    },
  ];
}
