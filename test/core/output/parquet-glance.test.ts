import fc from 'fast-check';
import { parquetTypes } from '#core/output/parquet-types.ts';
import { column } from './columns.ts';

const TYPES = [
  'integer',
  'bigint',
  'double precision',
  'boolean',
  'numeric(4,2)',
  'numeric(12,2)',
  'numeric(38,10)',
  'date',
  'timestamp without time zone',
  'timestamp with time zone',
];

const read = (type: string, text: string) => {
  const [found] = parquetTypes([column('a', 'other', type)]);
  const bytes = Buffer.from(text);
  return { glance: found?.glance?.(bytes, 0, bytes.length) ?? Number.NaN, read: found?.read(text) };
};

/** Both are numbers, though one may be a bigint and the other may be a boolean; an integer has one zero. */
const isSame = (type: string, glance: number, cell: unknown): boolean => {
  if (type === 'double precision') return Object.is(glance, cell);
  return BigInt(glance) === BigInt(cell as number | bigint | boolean);
};

const twoDigits = (max: number) => fc.nat(max).map((value) => String(value).padStart(2, '0'));
const day = fc
  .tuple(fc.nat(9_999), twoDigits(13), twoDigits(32))
  .map(([y, m, d]) => `${String(y).padStart(4, '0')}-${m}-${d}`);
const time = fc.tuple(twoDigits(24), twoDigits(60), twoDigits(60)).map((parts) => parts.join(':'));
const tail = fc.constantFrom(
  '',
  '.5',
  '.123456',
  '.1234567',
  '.',
  '+00',
  '-05:30',
  '.25+02',
  '+5',
  '+01:00:10',
  ' +01:00',
);
const moment = fc
  .tuple(day, fc.constantFrom(' ', 'T', ''), time, tail)
  .map(([date, between, clock, rest]) => `${date}${between}${clock}${rest}`);
const number = fc.oneof(
  fc.double().map(String),
  fc.bigInt().map(String),
  fc.integer().map(String),
  fc.tuple(fc.integer(), fc.nat(999)).map(([whole, fraction]) => `${whole}.${fraction}`),
  fc.string({ unit: fc.constantFrom(...'0123456789.-'), maxLength: 20 }),
);
const text = fc.oneof(number, day, moment, fc.constantFrom('', 't', 'f', 'true', 'x', 'infinity', '-0'));

test('what is seen at a glance is what reading finds, to the last digit', () => {
  fc.assert(
    fc.property(fc.constantFrom(...TYPES), text, (type, value) => {
      const { glance, read: cell } = read(type, value);
      if (!Number.isNaN(glance)) expect([type, value, isSame(type, glance, cell)]).toEqual([type, value, true]);
    }),
    { numRuns: 5_000 },
  );
});

test.each([
  ['integer', '-42', -42],
  ['bigint', '123456789012345', 123456789012345],
  ['double precision', '9278.42268041237', 9278.42268041237],
  ['boolean', 'f', 0],
  ['numeric(12,2)', '-0.5', -50],
  ['date', '2024-02-29', 19_782],
  ['timestamp with time zone', '1970-01-02 00:00:00.5+01', 82_800_500_000],
])('a %s of %s takes no second look', (type, value, seen) => {
  expect(read(type, value).glance).toBe(seen);
});
