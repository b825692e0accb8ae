import fc from 'fast-check';
import type { ResultColumn, Value } from '#contract/results.ts';
import type { MakeRowWriter, Rows } from '#core/output/row-writer.ts';

export const column = (name: string, kind: ResultColumn['kind'] = 'text', type = 'text'): ResultColumn => ({
  name,
  kind,
  type,
});

/** Rows as they are read, by rows; as they travel, by columns. */
export const byColumns = (rows: readonly (readonly Value[])[], columns: number): Rows => ({
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
  // One after the other: a writer has a state.
  const pieces = [writer.begin()];
  for (const batch of batches) pieces.push(writer.rows(batch));
  pieces.push(writer.end());
  return Buffer.concat(pieces);
};
