import { randomBytes } from 'node:crypto';
import type { OutputFormat } from '#contract/automations.ts';
import type { ResultEvent } from '#core/engines/engine.ts';
import { RESULTS_BUCKET } from '#core/local/account/principals.ts';
import { objectUpload } from '#core/output/object-upload.ts';
import { writeResult } from '#core/output/write-result.ts';
import { reachable } from '../../support/reachable.ts';
import { column } from './columns.ts';
import { type LocalS3, startLocalS3 } from './local-s3.ts';

const LINES = 550;
const ROWS_IN_LINE = 1_600;
/** Incompressible, so that a file is as large as its values in each format. */
const TEXT_BYTES = 50;

/** The parts of an upload, three of them, and of Parquet a row group: of these rows, 25 MB. It was seen to hold 57 MB. */
const PARTS_AND_GROUP = 64 * 1_048_576;
/** A fifth of the lines lies between two. */
const LOOKS = 5;

let local: LocalS3;
beforeAll(async () => {
  local = await startLocalS3();
});
afterAll(() => local[Symbol.asyncDispose]());

/** Each line as an engine gives it away: its bytes are its own. */
async function* rows(look: () => void): AsyncGenerator<ResultEvent> {
  yield { type: 'started', handle: 'h', statements: 1 };
  yield { type: 'statement', statement: 0, from: 0, to: 1 };
  yield { type: 'columns', statement: 0, columns: [column('id', 'number', 'bigint'), column('text')] };
  const lines = Array.from({ length: 8 }, (_, line) => lineOf(line * ROWS_IN_LINE));
  for (let line = 0; line < LINES; line += 1) {
    if (line % (LINES / LOOKS) === 0 && line > 0) look();
    yield Uint8Array.from(lines[line % lines.length] as Buffer);
  }
}

const lineOf = (first: number): Buffer => {
  const ids = Array.from({ length: ROWS_IN_LINE }, (_, row) => String(first + row));
  const texts = ids.map(() => randomBytes(TEXT_BYTES).toString('hex'));
  return Buffer.from(`${JSON.stringify({ type: 'rows', count: ROWS_IN_LINE, values: [ids, texts] })}\n`);
};

test.each(['csv', 'jsonl', 'parquet'] as const satisfies OutputFormat[])(
  'a result goes to S3 as %s in the memory of a few parts and one row group',
  async (format) => {
    const looks: number[] = [];
    const before = reachable();
    const written = await writeResult(
      rows(() => looks.push(reachable())),
      {
        format,
        upload: (contentType) =>
          objectUpload(local.client, { bucket: RESULTS_BUCKET, key: `results/flat.${format}`, contentType }),
      },
    );
    expect(written.rows).toBe(LINES * ROWS_IN_LINE);
    const held = Math.max(...looks) - Math.min(before, reachable());
    expect(looks).toHaveLength(LOOKS - 1);
    expect(held).toBeLessThan(PARTS_AND_GROUP);
    // Whoever kept what is written would hold more at the last look.
    expect((written.bytes * (LOOKS - 1)) / LOOKS).toBeGreaterThan(PARTS_AND_GROUP);
  },
  120_000,
);
