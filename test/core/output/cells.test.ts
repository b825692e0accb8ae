import fc from 'fast-check';
import { RowLines } from '#core/engines/sql/row-lines.ts';
import { Cells } from '#core/output/cells.ts';
import { byColumns, hardText, tableOf } from './columns.ts';

const rowsOf = (cells: Cells) => Array.from({ length: cells.count }, (_, row) => cells.row(row));
const bytesOf = (text: string) => Buffer.from(text);

/** A line as an engine writes it. */
const lineOf = (values: readonly (readonly (string | null)[])[], count: number): Uint8Array => {
  let line = new Uint8Array();
  const lines = new RowLines(
    values.map(() => false),
    (made) => {
      line = Uint8Array.from(made);
    },
  );
  for (let row = 0; row < count; row += 1) {
    for (const [index, column] of values.entries()) {
      const value = column[row] ?? null;
      if (value === null) lines.columns[index]?.null();
      else {
        const bytes = Uint8Array.from(bytesOf(value));
        lines.columns[index]?.text(bytes, new DataView(bytes.buffer), 0, bytes.length);
      }
    }
    lines.row(0);
  }
  lines.flush();
  return line;
};

test('the values of a line are found where the engines put them, and one reader reads line after line', () => {
  const cells = new Cells();
  fc.assert(
    fc.property(tableOf(fc.option(hardText)), ({ names, rows }) => {
      fc.pre(rows.length > 0);
      const record = byColumns(rows, names.length);
      const line = lineOf(record.values, record.count);
      const wellFormed = rows.map((row) => row.map((value) => value?.toWellFormed() ?? null));
      cells.read(line, names.length);
      expect(rowsOf(cells)).toEqual(wellFormed);
      cells.take(record);
      expect(rowsOf(cells)).toEqual(rows);
    }),
  );
});

test('rows without columns are rows all the same', () => {
  const cells = new Cells();
  cells.read(lineOf([], 3), 0);
  expect(rowsOf(cells)).toEqual([[], [], []]);
});

test('bytes that are no UTF-8 are read as everyone reads them', () => {
  const cells = new Cells();
  const line = Buffer.concat([bytesOf('{"type":"rows","count":1,"values":[["a'), Buffer.of(0xff), bytesOf('"]]}\n')]);
  cells.read(line, 1);
  expect(rowsOf(cells)).toEqual([['a\ufffd']]);
});

test.each([
  '{"type":"notice"}\n',
  '{"type":"rows","count":1,"values":[["a"]]}',
  '{"type":"rows","count":2,"values":[["a"]]}\n',
  '{"type":"rows","count":1,"values":[["a"],["b"]]}\n',
  '{"type":"rows","count":1,"values":[["a]]}\n',
  '',
])('%p is no line of rows of one column', (line) => {
  expect(() => new Cells().read(bytesOf(line), 1)).toThrow(SyntaxError);
});
