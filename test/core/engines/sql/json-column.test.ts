import fc from 'fast-check';
import { JsonColumn } from '#core/engines/sql/json-column.ts';

const encoder = new TextEncoder();

/** What a column holds after some values, as it would stand in a line. */
function written(values: readonly (string | null)[], quoted: boolean, offset = 0): string {
  const column = new JsonColumn(quoted);
  for (const value of values) append(column, value, offset);
  const target = new Uint8Array(column.length);
  return new TextDecoder().decode(target.subarray(0, column.drain(target, 0)));
}

function append(column: JsonColumn, value: string | null, offset: number): void {
  if (value === null) {
    column.null();
    return;
  }
  const bytes = encoder.encode(value);
  // Not at the beginning of its buffer, as values never are.
  const source = new Uint8Array(offset + bytes.length + 9).fill(0x22);
  source.set(bytes, offset);
  column.text(source, new DataView(source.buffer), offset, bytes.length);
}

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({
    unit: fc.constantFrom('"', '\\', '\n', '\u0000', '\u001f', '\u007f', 'a', 'é', '😀', ' '),
    maxLength: 40,
  }),
);
/** A lone surrogate is no text: no database sends one. */
const text = anyText.map((value) => value.toWellFormed());

describe('a column of JSON', () => {
  it('writes values as JSON.stringify does, whichever way it takes', () => {
    fc.assert(
      fc.property(fc.array(fc.option(text)), fc.boolean(), fc.nat(7), (values, quoted, offset) => {
        const line = written(values, quoted, offset);
        expect(JSON.parse(`[${line}]`)).toEqual(values);
        expect(line).toBe(values.map((value) => JSON.stringify(value)).join(','));
      }),
    );
  });

  it('escapes what must be escaped at every place of a word', () => {
    for (const sign of Array.from({ length: 0x80 }, (_, byte) => String.fromCharCode(byte)))
      for (let before = 0; before < 9; before += 1) {
        const value = `${'x'.repeat(before)}${sign}${'\u00ff'.repeat(4)}`;
        expect(JSON.parse(`[${written([value], false)}]`)).toEqual([value]);
      }
  });

  it('takes values larger than its buffer, escaped and not', () => {
    const values = ['a'.repeat(100_000), '\u0001"\\\n'.repeat(20_000), null, 'é'.repeat(70_000)];
    expect(JSON.parse(`[${written(values, false)}]`)).toEqual(values);
  });

  it('takes what is escaped already as it is', () => {
    fc.assert(
      fc.property(fc.array(text), fc.nat(7), (values, offset) => {
        const column = new JsonColumn(false);
        for (const value of values) {
          const bytes = encoder.encode(`${'"'.repeat(offset)}${JSON.stringify(value)}`);
          column.escaped(bytes, new DataView(bytes.buffer), offset + 1, bytes.length - offset - 2);
        }
        const target = new Uint8Array(column.length);
        const line = new TextDecoder().decode(target.subarray(0, column.drain(target, 0)));
        expect(line).toBe(values.map((value) => JSON.stringify(value)).join(','));
      }),
    );
  });

  it('begins anew when it has been drained', () => {
    const column = new JsonColumn(false);
    const target = new Uint8Array(3_000_000);
    append(column, 'x'.repeat(2_000_000), 0);
    expect(column.drain(target, 0)).toBe(2_000_002);
    append(column, 'y', 0);
    const end = column.drain(target, 1);
    expect(new TextDecoder().decode(target.subarray(1, end))).toBe('"y"');
    expect(column.drain(target, 0)).toBe(0);
  });
});
