import fc from 'fast-check';
import type { OutputFormat } from '#contract/automations.ts';
import { csv } from '#core/output/csv.ts';
import { jsonl } from '#core/output/jsonl.ts';
import { parquet } from '#core/output/parquet.ts';
import { firstRows, type Ranges } from '#core/output/preview.ts';
import { uniqueNames } from '#core/output/unique-names.ts';
import { byColumns, column, hardText, tableOf, written } from './columns.ts';

/** An object in memory, and how much of it was read. */
const objectOf = (bytes: Buffer) => {
  const read = { bytes: 0 };
  const ranges: Ranges = {
    size: async () => bytes.length,
    async read(start, end) {
      const part = bytes.subarray(start, end);
      read.bytes += part.length;
      return part;
    },
  };
  return { ranges, read };
};
const preview = (bytes: Buffer, format: OutputFormat, most = 100) => firstRows(objectOf(bytes).ranges, format, most);
const makers = { csv, jsonl, parquet };

test.each(['csv', 'jsonl', 'parquet'] as const)(
  'what is written as %s is shown as it was, NULL and all',
  async (format) => {
    await fc.assert(
      fc.asyncProperty(tableOf(fc.option(hardText)), fc.nat(9), async ({ names, rows }, most) => {
        const columns = names.map((name) => column(name));
        const shown = await preview(written(makers[format], columns, byColumns(rows, names.length)), format, most);
        const wanted = rows.slice(0, most);
        expect(shown.rows).toEqual(wanted);
        // Nothing but a row says in JSON lines which columns there are.
        const isKnown = format !== 'jsonl' || wanted.length > 0;
        expect(shown.columns).toEqual(isKnown ? (format === 'csv' ? names : uniqueNames(names)) : []);
      }),
      { numRuns: 50 },
    );
  },
);

test('an object of nothing has no rows', async () => {
  expect(await preview(Buffer.alloc(0), 'csv')).toEqual({ columns: [], rows: [] });
  expect(await preview(Buffer.alloc(0), 'jsonl')).toEqual({ columns: [], rows: [] });
});

test.each(['csv', 'jsonl'] as const)(
  'of a large %s only the beginning is read, and no row that is cut off',
  async (format) => {
    const rows = Array.from({ length: 60 }, (_, row) => [String(row), 'é'.repeat(5_000)]);
    const bytes = written(makers[format], [column('id'), column('text')], byColumns(rows, 2));
    const { ranges, read } = objectOf(bytes);
    const shown = await firstRows(ranges, format, 100);
    expect(shown.rows).toEqual(rows.slice(0, shown.rows.length));
    expect(shown.rows.length).toBeGreaterThan(20);
    expect([read.bytes, bytes.length > 262_144, shown.tooLarge]).toEqual([262_145, true, true]);
  },
);

describe('a row that is larger than what is shown', () => {
  const columns = [column('id'), column('text')];
  const long = 'x'.repeat(262_144);

  test.each(['csv', 'jsonl', 'parquet'] as const)(
    'is told of, be it the first of a %s or a later one',
    async (format) => {
      const first = written(makers[format], columns, byColumns([['1', long]], 2));
      expect(await preview(first, format)).toEqual({
        columns: format === 'jsonl' ? [] : ['id', 'text'],
        rows: [],
        tooLarge: true,
      });
      const rows = [
        ['1', 'short'],
        ['2', long],
      ];
      const later = written(makers[format], columns, byColumns(rows, 2));
      expect(await preview(later, format)).toEqual({ columns: ['id', 'text'], rows: rows.slice(0, 1), tooLarge: true });
      // Whoever asks for no more is told of none.
      expect(await preview(later, format, 1)).toEqual({ columns: ['id', 'text'], rows: rows.slice(0, 1) });
    },
  );

  test('of what is exactly as large nothing is missing', async () => {
    const bytes = written(csv, [column('a')], byColumns([['x'.repeat(262_144 - 5)]], 1));
    expect(bytes.length).toBe(262_144);
    const shown = await preview(bytes, 'csv');
    expect([shown.rows.length, shown.tooLarge]).toEqual([1, undefined]);
  });

  test('in a group of Parquet that no function should unpack is not read', async () => {
    const bytes = written(parquet, [column('a')], byColumns([['y'.repeat(33 * 1024 * 1024)]], 1));
    expect(await preview(bytes, 'parquet', 5)).toEqual({ columns: ['a'], rows: [], tooLarge: true });
  });
});

test('of a large Parquet file, the footer and the first rows are read', async () => {
  const batch = byColumns(
    Array.from({ length: 1_000 }, (_, row) => [String(row), `${row}:${'x'.repeat(900)}${row}`]),
    2,
  );
  const bytes = written(
    parquet,
    [column('id', 'number', 'integer'), column('text')],
    ...Array.from({ length: 60 }, () => batch),
  );
  const { ranges, read } = objectOf(bytes);
  expect((await firstRows(ranges, 'parquet', 3)).rows.map(([id]) => id)).toEqual(['0', '1', '2']);
  expect(read.bytes).toBeLessThan(bytes.length / 2);
});

test('JSON lines show values with the digits that stand there, also inside of JSON, in the order of their columns', async () => {
  const columns = [column('2', 'number'), column('1', 'number'), column('j', 'json'), column('b', 'boolean')];
  const rows = [['1.50', '9007199254740993', '{"a":[1.0,{"}":"]\\""}], "b":null}', 't']];
  expect(await preview(written(jsonl, columns, byColumns(rows, 4)), 'jsonl')).toEqual({
    columns: ['2', '1', 'j', 'b'],
    rows: [['1.50', '9007199254740993', '{"a":[1.0,{"}":"]\\""}], "b":null}', 'true']],
  });
});

test('Parquet shows every digit of numbers and times', async () => {
  const columns = [
    column('large', 'number', 'numeric(38,4)'),
    column('small', 'number', 'numeric(5,2)'),
    column('whole', 'number', 'numeric(18)'),
    column('id', 'number', 'bigint'),
    column('day', 'temporal', 'date'),
    column('at', 'temporal', 'timestamp with time zone'),
    column('local', 'temporal', 'timestamp without time zone'),
    column('ok', 'boolean', 'boolean'),
  ];
  const row = [
    '-1234567890123456789012345678901234.5678',
    '-0.05',
    '-999999999999999999',
    '9223372036854775807',
    '1969-12-31',
    '2026-11-24 14:00:00.000001+02',
    '1969-12-31 23:59:59.999999',
    'f',
  ];
  const { rows } = await preview(written(parquet, columns, byColumns([row], row.length)), 'parquet');
  expect(rows).toEqual([
    [
      '-1234567890123456789012345678901234.5678',
      '-0.05',
      '-999999999999999999',
      '9223372036854775807',
      '1969-12-31',
      '2026-11-24 12:00:00.000001Z',
      '1969-12-31 23:59:59.999999',
      'false',
    ],
  ]);
});
