import fc from 'fast-check';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { Cells } from '#core/output/cells.ts';
import { parquet } from '#core/output/parquet.ts';
import { uniqueNames } from '#core/output/unique-names.ts';
import { byColumns, column, hardText, tableOf, written } from './columns.ts';

const file = (bytes: Buffer) =>
  bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
const read = (bytes: Buffer) => parquetReadObjects({ file: file(bytes) });

test('every type is read back by another reader as what it was', async () => {
  const columns = [
    column('id', 'number', 'bigint'),
    column('small', 'number', 'integer'),
    column('price', 'number', 'numeric(12,2)'),
    column('large', 'number', 'numeric(38,4)'),
    column('ratio', 'number', 'double precision'),
    column('ok', 'boolean', 'boolean'),
    column('day', 'temporal', 'date'),
    column('at', 'temporal', 'timestamp with time zone'),
    column('local', 'temporal', 'timestamp without time zone'),
    column('free', 'number', 'numeric'),
    column('name', 'text', 'text'),
  ];
  const one = [
    '9007199254740993',
    '-7',
    '12.50',
    '12345678.7890',
    '0.1',
    't',
    '2026-11-24',
    '2026-11-24 14:00:00.123+00',
    '2026-11-24 14:00:00',
    '1e999',
    'Ada',
  ];
  const rows = await read(written(parquet, columns, byColumns([one, one.map(() => null)], one.length)));
  expect(rows).toEqual([
    {
      id: 9007199254740993n,
      small: -7,
      price: 12.5,
      large: 12345678.789,
      ratio: 0.1,
      ok: true,
      day: new Date('2026-11-24'),
      at: new Date('2026-11-24T14:00:00.123Z'),
      local: new Date('2026-11-24T14:00:00Z'),
      free: '1e999',
      name: 'Ada',
    },
    Object.fromEntries(columns.map(({ name }) => [name, null])),
  ]);
});

test('whatever is written is read back, NULL and all, however it was cut into batches', async () => {
  await fc.assert(
    fc.asyncProperty(tableOf(fc.option(hardText)), fc.nat(8), async ({ names, rows }, cut) => {
      const columns = names.map((name) => column(name));
      const batches = [rows.slice(0, cut), rows.slice(cut)].map((batch) => byColumns(batch, names.length));
      const bytes = written(parquet, columns, ...batches);
      const unique = uniqueNames(names);
      const schema = parquetMetadata(file(bytes)).schema.slice(1);
      expect(schema.map(({ name }) => name)).toEqual(unique);
      const expected = rows.map((row) =>
        Object.entries(Object.fromEntries(row.map((value, at) => [unique[at], value]))),
      );
      expect((await read(bytes)).map((row) => Object.entries(row))).toEqual(expected);
    }),
    { numRuns: 50 },
  );
});

test('row groups are written as they fill, the first one soon, and the memory of one is all that is kept', () => {
  const writer = parquet([column('n', 'number', 'integer'), column('text')]);
  const pieces = [Buffer.from(writer.begin())];
  const batch = byColumns(
    Array.from({ length: 1_000 }, (_, row) => [String(row), 'x'.repeat(20)]),
    2,
  );
  const cells = new Cells();
  cells.take(batch);
  for (let index = 0; index < 250; index += 1) pieces.push(Buffer.from(writer.rows(cells)));
  const before = pieces.reduce((sum, { length }) => sum + length, 0);
  pieces.push(Buffer.from(writer.end()));
  const { row_groups: groups } = parquetMetadata(file(Buffer.concat(pieces)));
  expect(groups.map(({ num_rows: rows }) => Number(rows))).toEqual([1_000, 100_000, 100_000, 49_000]);
  expect(before).toBeGreaterThan(100);
});

test('rows of long values fill a group sooner', () => {
  const wide = byColumns([['x'.repeat(5_000_000)]], 1);
  const bytes = written(parquet, [column('a')], wide, wide, wide);
  expect(parquetMetadata(file(bytes)).row_groups.map(({ num_rows: rows }) => Number(rows))).toEqual([2, 1]);
});

test('a result without rows is a file with its columns', async () => {
  const bytes = written(parquet, [column('a', 'number', 'integer')]);
  expect([await read(bytes), parquetMetadata(file(bytes)).schema.length]).toEqual([[], 2]);
});

test('a value that has no place in its type ends the file, and is named by its column only', () => {
  const write = () => written(parquet, [column('at', 'temporal', 'date')], byColumns([['infinity']], 1));
  expect(write).toThrow(expect.objectContaining({ code: 'OUTPUT_FAILED', message: expect.stringContaining('"at"') }));
  expect(write).not.toThrow(/infinity/);
});
