import { parquetTypes } from '#core/output/parquet-types.ts';
import { column } from './columns.ts';

const typeNamed = (type: string) => {
  const [found] = parquetTypes([column('a', 'other', type)]);
  if (!found) throw new Error('A column has one type.');
  return found;
};

test.each([
  ['smallint', 'INT32'],
  ['integer', 'INT32'],
  ['int', 'INT32'],
  ['mediumint unsigned', 'INT32'],
  ['int unsigned zerofill', 'INT64'],
  ['bigint', 'INT64'],
  ['double precision', 'DOUBLE'],
  ['real', 'DOUBLE'],
  ['boolean', 'BOOLEAN'],
  ['numeric(9,2)', 'INT32'],
  ['decimal(18,0) unsigned', 'INT64'],
  ['NUMBER(38)', 'FIXED_LEN_BYTE_ARRAY'],
  ['bigint unsigned', 'FIXED_LEN_BYTE_ARRAY'],
  ['date', 'INT32'],
  ['timestamp(3) without time zone', 'INT64'],
  ['datetimeoffset(6)', 'INT64'],
])('a column of %s is %s', (type, physical) => {
  expect(typeNamed(type).element.type).toBe(physical);
});

test.each([
  'text',
  'numeric',
  'numeric(39,2)',
  'numeric(5,-2)',
  'numeric(2,5)',
  'DATE',
  'datetime2(7)',
  'interval',
  'json',
  'integer[]',
])('a column of %s is text, for not every value of it fits elsewhere', (type) => {
  expect(typeNamed(type).element).toEqual({ type: 'BYTE_ARRAY', converted_type: 'UTF8' });
  expect(typeNamed(type).read('anything')).toBe('anything');
});

test.each([
  ['integer', '-2147483648', -2147483648],
  ['integer', '00042', 42],
  ['bigint', '9223372036854775807', 9223372036854775807n],
  ['bigint unsigned', '18446744073709551615', 18446744073709551615n],
  ['double precision', '1e-7', 1e-7],
  ['double precision', '-Infinity', -Infinity],
  ['double precision', 'NaN', Number.NaN],
  ['boolean', 't', true],
  ['boolean', 'false', false],
  ['numeric(12,2)', '-0.5', -50n],
  ['numeric(12,2)', '.50', 50n],
  ['numeric(12,2)', '1234567890.12', 123456789012n],
  ['numeric(12,2)', '7', 700n],
  ['NUMBER(3,1)', '1.500', 15n],
  ['date', '1969-12-31', -1],
  ['timestamp without time zone', '1970-01-01 00:00:01.000002', 1_000_002n],
  ['timestamp without time zone', '1969-12-31 23:59:59.5', -500_000n],
  ['timestamp with time zone', '1970-01-01 05:30:00+05:30', 0n],
  ['timestamp with time zone', '1969-12-31 19:00:00.1-05', 100_000n],
  ['datetimeoffset(3)', '1970-01-01 01:00:00.123 +01:00', 123_000n],
  ['datetime(6)', '2026-11-24 14:00:00.000001', 1795528800000001n],
])('%s %s is %p', (type, text, cell) => {
  expect(typeNamed(type).read(text)).toBe(cell);
});

test.each([
  ['integer', '2147483648'],
  ['integer', '1.5'],
  ['integer', ''],
  ['bigint', '9223372036854775808'],
  ['double precision', ''],
  ['double precision', 'one'],
  ['boolean', 'maybe'],
  ['numeric(4,2)', '100.00'],
  ['numeric(4,2)', '1.234'],
  ['numeric(4,2)', 'NaN'],
  ['numeric(4,2)', ''],
  ['date', 'infinity'],
  ['date', '0001-01-01 BC'],
  ['date', '2026-02-30'],
  ['date', '0000-00-00'],
  ['timestamp without time zone', 'infinity'],
  ['timestamp without time zone', '2026-01-01 00:00:00+00'],
  ['timestamp with time zone', '2026-01-01 00:00:00'],
])('a %s takes no %p, rather than another value', (type, text) => {
  expect(typeNamed(type).read(text)).toBeUndefined();
});

test('columns of documents are text, whatever the first ones held', () => {
  const types = parquetTypes([column('n', 'number', 'int'), { ...column('{document}', 'json'), document: true }]);
  expect(types.map(({ element }) => element.converted_type)).toEqual(['UTF8', 'UTF8']);
});
