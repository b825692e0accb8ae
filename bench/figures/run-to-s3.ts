/**
 * A run whose result goes to the local S3, in each format, against `COPY … TO STDOUT` of the same rows, which are dropped. A
 * million rows; ten million as well where BENCH_RUN_ROWS says so, and then whether these take more memory. The run has a
 * process of its own. The S3 of this machine has a processor of two for itself, for it verifies every byte and writes it to
 * the disk, so that rows a second are those of all of them together.
 */
import { DeleteObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { OUTPUT_FORMATS, OutputFormat } from '#contract/automations.ts';
import { ENV } from '#core/env.ts';
import type { RawCopyTask } from '../children/raw-copy.ts';
import type { RunToS3Task } from '../children/run-to-s3.ts';
import type { Spent } from '../children/spent.ts';
import { type Figure, megabytes, seconds, thousands, times } from '../figure.ts';
import type { Ground } from '../ground/ground.ts';
import { inChild } from '../in-child.ts';
import { inTurn, median } from '../rounds.ts';

const MILLION = 1_000_000;
const ROWS = Number(process.env.BENCH_RUN_ROWS ?? MILLION);
/** Fewer than of shorter figures: what comes and goes within a second is a small part of these. */
const ROUNDS = 3;

/** By what COPY does. Each writes more than the one before: names in each line, types and compression in each page. */
const SPEED: Readonly<Record<OutputFormat, number>> = { csv: 0.8, jsonl: 0.5, parquet: 0.4 };
/** What ten times the rows may add to the peak, in bytes. */
const MORE_MEMORY = 24 * 1_048_576;

const WHOLE = 'select * from analytics.events';
/** The table has a million: more of them are all of the same again and again. */
const statementOf = (rows: number): string =>
  rows > MILLION
    ? `select * from (${Array(Math.ceil(rows / MILLION))
        .fill(WHOLE)
        .join(' union all ')}) e limit ${rows}`
    : `${WHOLE} limit ${rows}`;

export type Runs = Readonly<Record<OutputFormat | 'copy', readonly Spent[]>>;

export async function runToS3(ground: Ground): Promise<Figure[]> {
  const door = ground.door('shop');
  const bucket = ground.environment[ENV.resultsBucket] ?? '';
  const measures = (rows: number) => {
    const statement = statementOf(rows);
    const run = (format: OutputFormat) => () =>
      inChild<Spent>('run-to-s3', { door, statement, format, bucket } satisfies RunToS3Task);
    const copy = () => inChild<Spent>('raw-copy', { door, statement } satisfies RawCopyTask);
    return { copy, csv: run('csv'), jsonl: run('jsonl'), parquet: run('parquet') };
  };
  const few = Math.min(ROWS, MILLION);
  const fewer = await inTurn(measures(few), ROUNDS);
  const figures = speedFigures(few, fewer);
  if (ROWS > few) {
    // Once, for the shorter ones have warmed up what there is to warm up.
    const more = await once(measures(ROWS));
    figures.push(...speedFigures(ROWS, more), ...memoryFigures({ rows: few, runs: fewer }, { rows: ROWS, runs: more }));
  }
  await removeObjects(ground, bucket);
  return figures;
}

const once = async (measures: Readonly<Record<keyof Runs, () => Promise<Spent>>>): Promise<Runs> => ({
  copy: [await measures.copy()],
  csv: [await measures.csv()],
  jsonl: [await measures.jsonl()],
  parquet: [await measures.parquet()],
});

const middle = (results: readonly Spent[], of: 'elapsedMs' | 'cpuMs' | 'peak' | 'bytes'): number =>
  median(results.map((each) => each[of]));

export const speedFigures = (rows: number, runs: Runs): Figure[] => {
  if (Object.values(runs).some((each) => each.some((spent) => spent.rows !== rows)))
    throw new Error(`There are not ${rows} rows.`);
  const { copy } = runs;
  const speed = (results: readonly Spent[]): number => rows / (middle(results, 'elapsedMs') / 1_000);
  return OutputFormat.options.flatMap((format): Figure[] => {
    const results = runs[format];
    const ratio = speed(results) / speed(copy);
    const what = `a run of ${thousands(rows)} rows to S3, ${format}`;
    return [
      {
        figure: `rows/s of ${what} (${megabytes(middle(results, 'bytes'))}), raw: COPY (${megabytes(middle(copy, 'bytes'))})`,
        measured: thousands(speed(results)),
        raw: thousands(speed(copy)),
        ratio: times(ratio),
        target: `≥ ${SPEED[format]} ×`,
        ok: ratio >= SPEED[format],
      },
      {
        figure: `processor time of ${what}`,
        measured: seconds(middle(results, 'cpuMs')),
        raw: seconds(middle(copy, 'cpuMs')),
        ratio: times(middle(results, 'cpuMs') / middle(copy, 'cpuMs')),
      },
      {
        figure: `peak memory of ${what}`,
        measured: megabytes(middle(results, 'peak')),
        raw: megabytes(middle(copy, 'peak')),
      },
    ];
  });
};

interface Sized {
  readonly rows: number;
  readonly runs: Runs;
}

/** What more rows add to the peak. */
export const memoryFigures = (few: Sized, many: Sized): Figure[] =>
  OutputFormat.options.map((format) => {
    const [measured, raw] = [middle(many.runs[format], 'peak'), middle(few.runs[format], 'peak')];
    return {
      figure: `peak memory of a run to S3, ${format}, ${thousands(many.rows)} rows against ${thousands(few.rows)}`,
      measured: megabytes(measured),
      raw: megabytes(raw),
      ratio: `+ ${megabytes(measured - raw)}`,
      target: `≤ + ${megabytes(MORE_MEMORY)}`,
      ok: measured - raw <= MORE_MEMORY,
    };
  });

/** The function that writes results may not delete them. */
const removeObjects = async ({ account }: Ground, Bucket: string): Promise<void> => {
  const [administrator] = account.demoUsers;
  if (!administrator) throw new Error('Nobody may delete.');
  const { accessKeyId, secretAccessKey } = administrator;
  const client = new S3Client({ credentials: { accessKeyId, secretAccessKey } });
  for (const { extension } of Object.values(OUTPUT_FORMATS))
    await client.send(new DeleteObjectCommand({ Bucket, Key: `results/bench.${extension}` }));
  client.destroy();
};
