import oracledb, { type Metadata } from 'oracledb';
import { BaseBuffer } from 'oracledb/lib/impl/datahandlers/buffer.js';
import ResultSetImpl from 'oracledb/lib/impl/resultset.js';
import { loadDriver } from '#core/engines/oracle/driver.ts';
import { fetchAs, lostOf, resultColumn } from '#core/engines/oracle/values.ts';

/** 2026-11-24 12:34:56, as DATE's seven bytes (Oracle Call Interface Programmer's Guide, "DATE"). */
const NOON = [120, 126, 11, 24, 13, 35, 57];
/** .123456789 */
const NANOSECONDS = [0x07, 0x5b, 0xcd, 0x15];

const described = (dbTypeName: string, more: Partial<Metadata<unknown>> = {}): Metadata<unknown> =>
  ({ name: 'C', dbTypeName, ...more }) as Metadata<unknown>;

/** How the driver's real reading of these bytes is printed. */
async function printed(column: Metadata<unknown>, bytes: readonly number[]): Promise<unknown> {
  const driver = await loadDriver();
  const local = !/TIME ZONE/.test(column.dbTypeName ?? '');
  const read = Object.create(BaseBuffer.prototype) as BaseBuffer;
  const value = read.parseOracleDate(Buffer.from(bytes), local, /LOCAL/.test(column.dbTypeName ?? ''));
  return fetchAs(driver)(column).converter?.(value);
}

/** As what the real driver will fetch a type, and what becomes of a value that it gives. */
function decided(dbType: oracledb.DbType, more: Partial<Metadata<unknown>> = {}) {
  const column = { name: 'C', dbType, dbTypeName: dbType.columnTypeName, ...more };
  ResultSetImpl.prototype._determineFetchType.call({}, column, { fetchTypeHandler: fetchAs(oracledb) }, [column]);
  return column as unknown as { fetchType: oracledb.DbType; converter?: (value: unknown) => unknown };
}

describe('dates of Oracle arrive to their last digit', () => {
  it.each<[string, number | undefined, readonly number[], string]>([
    ['DATE', undefined, NOON, '2026-11-24 12:34:56'],
    ['DATE', undefined, [53, 88, 1, 1, 1, 1, 1], '-4712-01-01 00:00:00'],
    ['DATE', undefined, [199, 199, 12, 31, 24, 60, 60], '9999-12-31 23:59:59'],
    ['TIMESTAMP', 9, [...NOON, ...NANOSECONDS], '2026-11-24 12:34:56.123456789'],
    ['TIMESTAMP', undefined, [...NOON, ...NANOSECONDS], '2026-11-24 12:34:56.123456'],
    ['TIMESTAMP', 3, NOON, '2026-11-24 12:34:56.000'],
    ['TIMESTAMP', 0, NOON, '2026-11-24 12:34:56'],
    ['TIMESTAMP WITH TIME ZONE', 9, [...NOON, ...NANOSECONDS, 25, 90], '2026-11-24 18:04:56.123456789 +05:30'],
    ['TIMESTAMP WITH TIME ZONE', 6, [...NOON, ...NANOSECONDS, 12, 60], '2026-11-24 04:34:56.123456 -08:00'],
    ['TIMESTAMP WITH TIME ZONE', 6, [...NOON, ...NANOSECONDS, 0x85, 4], '2026-11-24 12:34:56.123456 +00:00'],
    ['TIMESTAMP WITH LOCAL TIME ZONE', 6, [...NOON, ...NANOSECONDS], '2026-11-24 12:34:56.123456 +00:00'],
  ])('%s(%s)', async (type, precision, bytes, text) => {
    expect(await printed(described(type, precision === undefined ? {} : { precision }), bytes)).toBe(text);
  });
});

describe('values of Oracle', () => {
  it.each<[Metadata<unknown>, unknown, string]>([
    [described('BINARY_FLOAT'), Math.fround(0.1), '0.1'],
    [described('BINARY_DOUBLE'), 0.1 + 0.2, '0.30000000000000004'],
    [described('RAW', { byteSize: 4 }), Buffer.from('00ff10', 'hex'), '00FF10'],
    [described('BLOB'), Buffer.from([1]), '01'],
    [described('BOOLEAN'), false, 'FALSE'],
    [described('INTERVAL YEAR TO MONTH'), { years: -1, months: -2 }, '-01-02'],
    [
      described('INTERVAL DAY TO SECOND'),
      { days: 3, hours: 4, minutes: 5, seconds: 6, fseconds: 7_000_000 },
      '+03 04:05:06.007000000',
    ],
    [described('JSON'), { a: [1, null] }, '{"a":[1,null]}'],
  ])('%j', async (column, value, text) => {
    const how = fetchAs(await loadDriver())(column);
    expect(how.converter?.(value)).toBe(text);
    expect(how.converter?.(null)).toBeNull();
  });

  it('are fetched as text or bytes where the real driver would round them, or give a stream', () => {
    expect(decided(oracledb.DB_TYPE_NUMBER)).toMatchObject({
      fetchType: oracledb.DB_TYPE_VARCHAR,
      converter: undefined,
    });
    expect(decided(oracledb.DB_TYPE_CLOB).fetchType).toBe(oracledb.DB_TYPE_LONG);
    expect(decided(oracledb.DB_TYPE_NCLOB).fetchType).toBe(oracledb.DB_TYPE_LONG_NVARCHAR);
    expect(decided(oracledb.DB_TYPE_BLOB).fetchType).toBe(oracledb.DB_TYPE_LONG_RAW);
    expect(decided(oracledb.DB_TYPE_BLOB).converter?.(Buffer.from([255]))).toBe('FF');
    expect(decided(oracledb.DB_TYPE_VECTOR).fetchType).toBe(oracledb.DB_TYPE_LONG);
  });

  it('of every type of the driver can be fetched, and what waits is not printed before it has come', async () => {
    const types = Object.entries(oracledb).filter(([name]) => /^DB_TYPE_/.test(name)) as [string, oracledb.DbType][];
    expect(types.length).toBeGreaterThan(25);
    for (const [, type] of types) expect(() => decided(type)).not.toThrow();
    expect(await decided(oracledb.DB_TYPE_XMLTYPE).converter?.({ getData: async () => '<a/>' })).toBe('<a/>');
  });

  it.each<[Metadata<unknown>, string, string]>([
    [described('NUMBER', { precision: 10, scale: 2 }), 'NUMBER(10,2)', 'number'],
    [described('NUMBER', { precision: 38, scale: 0 }), 'NUMBER(38)', 'number'],
    [described('NUMBER', { precision: 126, scale: -127 }), 'FLOAT(126)', 'number'],
    [described('NUMBER', { precision: 0, scale: -127 }), 'NUMBER', 'number'],
    [described('TIMESTAMP WITH TIME ZONE', { precision: 3 }), 'TIMESTAMP(3) WITH TIME ZONE', 'temporal'],
    [described('VARCHAR2', { byteSize: 20 }), 'VARCHAR2(20)', 'text'],
    [described('MDSYS.SDO_GEOMETRY'), 'MDSYS.SDO_GEOMETRY', 'other'],
  ])('have the type %j', (column, type, kind) => {
    expect(resultColumn(column)).toEqual({ name: 'C', type, kind });
  });

  it('say what is lost of them', () => {
    expect(lostOf([described('TIMESTAMP WITH TIME ZONE'), described('NUMBER')])).toEqual([
      'C: A zone that has a name is shown as UTC: the instant is right, the name is lost.',
    ]);
  });
});
