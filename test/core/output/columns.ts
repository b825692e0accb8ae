import fc from 'fast-check';
import type { ResultColumn, ResultRecord, Value } from '#contract/results.ts';
import { Cells } from '#core/output/cells.ts';
import type { MakeRowWriter } from '#core/output/row-writer.ts';

export const column = (name: string, kind: ResultColumn['kind'] = 'text', type = 'text'): ResultColumn => ({
  name,
  kind,
  type,
});

/** Rows as the stream of results carries them, by columns: `values[column][row]`. */
export type Rows = Extract<ResultRecord, { type: 'rows' }>;

/** Rows as they are read, by rows; as they travel, by columns. */
export const byColumns = (rows: readonly (readonly Value[])[], columns: number): Rows => ({
  type: 'rows',
  count: rows.length,
  values: Array.from({ length: columns }, (_, index) => rows.map((row) => row[index] ?? null)),
});

/** Texts that formats find hard. */
export const hardText = fc.string({
  unit: fc.oneof(
    fc.constantFrom('"', ',', '\r', '\n', '\\', ' ', '\t', '\u2028', 'é', '𝒳', '='),
    fc.string({ unit: 'binary', maxLength: 1 }),
  ),
  maxLength: 12,
});

/** Between one and four columns, and some rows of them. */
export const tableOf = (value: fc.Arbitrary<Value>) =>
  fc.integer({ min: 1, max: 4 }).chain((width) =>
    fc.record({
      names: fc.array(fc.oneof(fc.constantFrom('a', 'a', ''), hardText), { minLength: width, maxLength: width }),
      rows: fc.array(fc.array(value, { minLength: width, maxLength: width }), { maxLength: 8 }),
    }),
  );

/** All that a writer gives for these batches of rows. */
export const written = (make: MakeRowWriter, columns: readonly ResultColumn[], ...batches: Rows[]): Buffer => {
  const writer = make(columns);
  const cells = new Cells();
  // One after the other: a writer has a state, and its pieces are good until the next.
  const pieces = writer.begin().map((piece) => Buffer.from(piece));
  for (const batch of batches) {
    cells.take(batch);
    for (const piece of writer.rows(cells)) pieces.push(Buffer.from(piece));
  }
  for (const piece of writer.end()) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces);
};
