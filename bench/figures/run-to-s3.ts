/**
 * A run whose result goes to the local S3, in each format, against `COPY … TO STDOUT` of the same rows, which are dropped. A
 * million rows; ten million where BENCH_RUN_ROWS says so. The S3 of this machine has a processor of two for itself, for it
 * verifies every byte and writes it to the disk, so that rows a second are those of all of them together.
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
const rounds = ROWS > MILLION ? 1 : 3;

/** The table has a million: more of them are the same again and again. */
const statementOf = (rows: number): string =>
  rows > MILLION
    ? `select e.* from generate_series(1, ${Math.ceil(rows / MILLION)}) g, analytics.events e limit ${rows}`
    : `select * from analytics.events limit ${rows}`;

export async function runToS3(ground: Ground): Promise<Figure[]> {
  const door = ground.door('shop');
  const bucket = ground.environment[ENV.resultsBucket] ?? '';
  const run = (format: OutputFormat, rows: number) => () =>
    inChild<Spent>('run-to-s3', { door, statement: statementOf(rows), format, bucket } satisfies RunToS3Task);
  const copy = () => inChild<Spent>('raw-copy', { door, statement: statementOf(ROWS) } satisfies RawCopyTask);
  const all = await inTurn(
    { copy, csv: run('csv', ROWS), jsonl: run('jsonl', ROWS), parquet: run('parquet', ROWS) },
    rounds,
  );
  const few = await inTurn(
    { csv: run('csv', ROWS / 10), jsonl: run('jsonl', ROWS / 10), parquet: run('parquet', ROWS / 10) },
    1,
  );
  await removeObjects(ground, bucket);
  return OutputFormat.options.flatMap((format) => figuresOf(format, all[format], all.copy, few[format]));
}

const figuresOf = (
  format: OutputFormat,
  runs: readonly Spent[],
  copies: readonly Spent[],
  few: readonly Spent[],
): Figure[] => {
  if ([...runs, ...copies].some(({ rows }) => rows !== ROWS)) throw new Error(`There are not ${ROWS} rows.`);
  const middle = (results: readonly Spent[], of: 'elapsedMs' | 'cpuMs' | 'peak' | 'bytes'): number =>
    median(results.map((each) => each[of]));
  const speed = (results: readonly Spent[]): number => ROWS / (middle(results, 'elapsedMs') / 1_000);
  const what = `a run of ${thousands(ROWS)} rows to S3, ${format}`;
  return [
    {
      figure: `rows/s of ${what} (${megabytes(middle(runs, 'bytes'))}), raw: COPY (${megabytes(middle(copies, 'bytes'))})`,
      measured: thousands(speed(runs)),
      raw: thousands(speed(copies)),
      ratio: times(speed(runs) / speed(copies)),
    },
    {
      figure: `processor time of ${what}`,
      measured: seconds(middle(runs, 'cpuMs')),
      raw: seconds(middle(copies, 'cpuMs')),
      ratio: times(middle(runs, 'cpuMs') / middle(copies, 'cpuMs')),
    },
    {
      figure: `peak memory of ${what}, raw: of a tenth of the rows`,
      measured: megabytes(middle(runs, 'peak')),
      raw: megabytes(middle(few, 'peak')),
      ratio: `+ ${megabytes(middle(runs, 'peak') - middle(few, 'peak'))}`,
    },
  ];
};

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
