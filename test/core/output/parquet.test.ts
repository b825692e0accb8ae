import fc from 'fast-check';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import type { ResultColumn } from '#contract/results.ts';
import { type GroupLimits, parquet } from '#core/output/parquet.ts';
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

const groupRows = (bytes: Buffer) => parquetMetadata(file(bytes)).row_groups.map(({ num_rows: rows }) => Number(rows));
const limited = (limits: Partial<GroupLimits>) => (columns: readonly ResultColumn[]) =>
  parquet(columns, { firstRows: 1_000, rows: 3_000, size: 1_000_000, ...limits });

test('row groups are written as they fill, the first one soon', () => {
  const rows = Array.from({ length: 1_000 }, (_, row) => [String(row), 'x']);
  const batches = Array.from({ length: 9 }, () => byColumns(rows, 2));
  const columns = [column('n', 'number', 'integer'), column('text')];
  expect(groupRows(written(limited({}), columns, ...batches))).toEqual([1_000, 3_000, 3_000, 2_000]);
});

test('values that repeat are a dictionary, as long as they do, and every page is read back', async () => {
  // Pages of eleven thousand long texts: the dictionary is full in the third.
  const value = (row: number) => (row < 15_000 ? `${'long '.repeat(20)}${row % 7}` : `${'long '.repeat(20)}${row}`);
  const rows = Array.from({ length: 30_000 }, (_, row) => [
    row % 10 === 3 ? null : value(row),
    `2026-01-${String((row % 28) + 1).padStart(2, '0')}`,
    row % 3 === 0 ? 't' : 'f',
    null,
  ]);
  const columns = [
    column('text'),
    column('day', 'temporal', 'date'),
    column('ok', 'boolean', 'boolean'),
    column('none'),
  ];
  const bytes = written(limited({ rows: 30_000, firstRows: 30_000, size: 10_000_000 }), columns, byColumns(rows, 4));
  const [group] = parquetMetadata(file(bytes)).row_groups;
  const pages = group?.columns.map(({ meta_data: about }) =>
    about?.encoding_stats?.map(({ page_type: type, encoding, count }) => `${count} ${type} ${encoding}`),
  );
  expect(pages).toEqual([
    ['1 DICTIONARY_PAGE PLAIN', '2 DATA_PAGE_V2 RLE_DICTIONARY', '1 DATA_PAGE_V2 PLAIN'],
    ['1 DICTIONARY_PAGE PLAIN', '1 DATA_PAGE_V2 RLE_DICTIONARY'],
    ['1 DATA_PAGE_V2 PLAIN'],
    ['1 DATA_PAGE_V2 PLAIN'],
  ]);
  const read30k = await read(bytes);
  expect(read30k.map(({ text, ok, none }) => [text, ok, none])).toEqual(
    rows.map(([text, , ok]) => [text, ok === 't', null]),
  );
  expect(read30k.map(({ day }) => (day as Date).toISOString().slice(0, 10))).toEqual(rows.map(([, day]) => day));
});

test('a group says between which values its columns lie', () => {
  const columns = [
    column('n', 'number', 'bigint'),
    column('price', 'number', 'numeric(38,2)'),
    column('ratio', 'number', 'double precision'),
    column('name'),
    column('long'),
  ];
  const rows = [
    ['9007199254740993', '-0.5', 'NaN', 'b', 'x'.repeat(2_000)],
    ['-3', '12345678901234567890.25', '0', 'é', 'a'],
    [null, null, '-1.5', '', null],
  ];
  const [group] = parquetMetadata(file(written(parquet, columns, byColumns(rows, columns.length)))).row_groups;
  const bounds = group?.columns.map(({ meta_data: about }) => {
    const { min_value: min, max_value: max, null_count: nulls } = about?.statistics ?? {};
    return [min, max, nulls];
  });
  expect(bounds).toEqual([
    [-3n, 9007199254740993n, 1n],
    [-0.5, 12345678901234567000, 1n],
    [-1.5, 0, 0n],
    ['', 'é', 0n],
    [undefined, undefined, 1n],
  ]);
});

test('rows of long values fill a group sooner', () => {
  const wide = byColumns([['x'.repeat(600_000)]], 1);
  expect(groupRows(written(limited({}), [column('a')], wide, wide, wide))).toEqual([2, 1]);
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
