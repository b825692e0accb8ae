import type { Connection } from '#core/engines/engine.ts';
import { sqlserver } from '#core/engines/sqlserver/sqlserver.ts';
import { makeCertificates } from '#core/local/gateway/certificates.ts';
import { collect, first } from '../collect.ts';
import { startTdsServer, type TdsServer } from './tds-server.ts';
import { type ColumnOnWire, columns, DONE, done, nbcRow, row, TYPES, type TypeOnWire } from './tds-tokens.ts';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');
const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');
const int64 = (value: bigint): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(value);
  return bytes;
};
/** The upper half of the eight bytes comes first (2.2.5.5.1.2). */
const money = (value: bigint): Buffer => Buffer.concat([int64(value).subarray(4), int64(value).subarray(0, 4)]);
const float = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return bytes;
};
const double = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return bytes;
};
/** A sign and sixteen bytes of a whole number (2.2.5.5.1.6). */
const exact = (value: bigint): Buffer => {
  const magnitude = value < 0n ? -value : value;
  return Buffer.concat([
    Buffer.from([value < 0n ? 0 : 1]),
    int64(magnitude & 0x7fff_ffff_ffff_ffffn).fill(int64(BigInt.asIntN(64, magnitude)), 0),
    int64(BigInt.asIntN(64, magnitude >> 64n)),
  ]);
};
const little = (value: number, length: number): Buffer => {
  const bytes = Buffer.alloc(length);
  bytes.writeUIntLE(value, 0, length);
  return bytes;
};
/** 2026-11-24 is so many days after 1 January of the year 1, and of 1900. */
const DAY = little((Date.UTC(2026, 10, 24) - Date.UTC(2000, 0, 1)) / 86_400_000 + 730_119, 3);
const DAY_1900 = little((Date.UTC(2026, 10, 24) - Date.UTC(1900, 0, 1)) / 86_400_000, 4);
/** 12:34:56.1234567 in units of 100 ns. */
const NOON = little(452_961_234_567, 5);

const variant = (type: number, properties: Buffer, value: Buffer): Buffer =>
  Buffer.concat([Buffer.from([type, properties.length]), properties, value]);

const long = 'é😀"\\\n'.repeat(4_000);

/** The type, its bytes, its name, and the text that must arrive. */
const VALUES: readonly (readonly [TypeOnWire, Buffer, string, string])[] = [
  [TYPES.int, hex('ffffff7f'), 'int', '2147483647'],
  [TYPES.intn, hex('00000080'), 'int', '-2147483648'],
  [TYPES.tinyint, hex('ff'), 'tinyint', '255'],
  [TYPES.bigint, int64(9_007_199_254_740_993n), 'bigint', '9007199254740993'],
  [TYPES.bigint, int64(-9_223_372_036_854_775_808n), 'bigint', '-9223372036854775808'],
  [TYPES.bit, hex('01'), 'bit', '1'],
  [TYPES.real, float(0.1), 'real', '0.1'],
  [TYPES.real, float(16_777_217.5), 'real', '16777218'],
  [TYPES.float, double(0.1 + 0.2), 'float', '0.30000000000000004'],
  [TYPES.money, money(922_337_203_685_477_5807n), 'money', '922337203685477.5807'],
  [TYPES.money, money(-1n), 'money', '-0.0001'],
  [TYPES.smallmoney, hex('ffffffff'), 'smallmoney', '-0.0001'],
  [TYPES.decimal(38, 10), exact(10n ** 38n - 1n), 'decimal(38,10)', '9999999999999999999999999999.9999999999'],
  [TYPES.numeric(38, 38), exact(-1n), 'numeric(38,38)', `-0.${'1'.padStart(38, '0')}`],
  [TYPES.numeric(20, 0), exact(18_446_744_073_709_551_615n), 'numeric(20,0)', '18446744073709551615'],
  [
    TYPES.uniqueidentifier,
    hex('33221100 5544 7766 8899 aabbccddeeff'),
    'uniqueidentifier',
    '00112233-4455-6677-8899-AABBCCDDEEFF',
  ],
  [TYPES.date, DAY, 'date', '2026-11-24'],
  [TYPES.date, hex('000000'), 'date', '0001-01-01'],
  [TYPES.time(7), NOON, 'time(7)', '12:34:56.1234567'],
  [TYPES.time(0), little(86_399, 3), 'time(0)', '23:59:59'],
  [TYPES.datetime2(7), Buffer.concat([NOON, DAY]), 'datetime2(7)', '2026-11-24 12:34:56.1234567'],
  [
    TYPES.datetimeoffset(7),
    Buffer.concat([NOON, DAY, hex('4a01')]),
    'datetimeoffset(7)',
    '2026-11-24 18:04:56.1234567 +05:30',
  ],
  [
    TYPES.datetimeoffset(3),
    Buffer.concat([little(3_600_123, 4), DAY, hex('88ff')]),
    'datetimeoffset(3)',
    '2026-11-23 23:00:00.123 -02:00',
  ],
  [TYPES.datetime, Buffer.concat([DAY_1900, little(301, 4)]), 'datetime', '2026-11-24 00:00:01.003'],
  [TYPES.datetime, hex('462effff 00000000'), 'datetime', '1753-01-01 00:00:00.000'],
  [TYPES.smalldatetime, Buffer.concat([DAY_1900.subarray(0, 2), hex('3b03')]), 'smalldatetime', '2026-11-24 13:47:00'],
  [TYPES.varchar(10), Buffer.from([0x80, 0xe9]), 'varchar(10)', '€é'],
  [TYPES.dos(10), Buffer.from([0x82, 0xf1]), 'varchar(10)', 'é±'],
  [TYPES.varchar(0xffff), Buffer.from('x'.repeat(20_000)), 'varchar(max)', 'x'.repeat(20_000)],
  [TYPES.nvarchar(10), utf16(''), 'nvarchar(10)', ''],
  [TYPES.nvarchar(0xffff), utf16(long), 'nvarchar(max)', long],
  [TYPES.varbinary(4), hex('00ff10'), 'varbinary(4)', '0x00FF10'],
  [TYPES.varbinary(0xffff), Buffer.alloc(9_000, 0xab), 'varbinary(max)', `0x${'AB'.repeat(9_000)}`],
  [TYPES.xml, utf16('\ufeff<a>é</a>'), 'xml', '<a>é</a>'],
  [TYPES.udt('hierarchyid'), hex('58'), 'hierarchyid', '0x58'],
  [TYPES.udt('geography'), hex('e6100000010c'), 'geography', '0xE6100000010C'],
  [TYPES.text, Buffer.from([0xe9]), 'text', 'é'],
  [TYPES.ntext, utf16('€'), 'ntext', '€'],
  [TYPES.image, hex('0a'), 'image', '0x0A'],
  [
    TYPES.variant,
    variant(0x6c, hex('2602'), exact(12_345_678_901_234_567_890n)),
    'sql_variant',
    '123456789012345678.90',
  ],
  [TYPES.variant, variant(0x7f, Buffer.alloc(0), int64(-5n)), 'sql_variant', '-5'],
  [TYPES.variant, variant(0x3c, Buffer.alloc(0), money(12_345n)), 'sql_variant', '1.2345'],
  [TYPES.variant, variant(0x2a, hex('07'), Buffer.concat([NOON, DAY])), 'sql_variant', '2026-11-24 12:34:56.1234567'],
  [TYPES.variant, variant(0xe7, hex('0904d000001f40'), utf16('é')), 'sql_variant', 'é'],
  [TYPES.variant, variant(0xa7, hex('0904d00000401f'), Buffer.from([0x80])), 'sql_variant', '€'],
  [TYPES.variant, variant(0xa5, hex('401f'), hex('beef')), 'sql_variant', '0xBEEF'],
];

describe('values of SQL Server arrive to their last digit', () => {
  let server: TdsServer;
  let connection: Connection;
  const described: ColumnOnWire[] = VALUES.map(([type], index) => ({ name: `c${index}`, type }));
  const nullable = described.slice(1);
  const values = VALUES.map(([, bytes]) => bytes);
  const first4 = described.slice(1, 5);

  beforeAll(async () => {
    const certificates = makeCertificates();
    server = await startTdsServer({
      certificates,
      answers: [
        ['all', Buffer.concat([columns(...described), row(described, values), done(DONE.count | DONE.more, 1)])],
        ['none', Buffer.concat([columns(...nullable), row(nullable, []), done(DONE.count | DONE.more, 1)])],
        [
          'some',
          Buffer.concat([columns(...first4), nbcRow(first4, [null, hex('07'), null, int64(1n)]), done(DONE.more)]),
        ],
      ],
    });
    connection = await sqlserver.connect(
      { host: 'localhost', port: server.port, database: 'shop', ca: certificates.ca },
      { user: 'app', password: 'secret' },
      { readOnly: false, signal: new AbortController().signal },
    );
  });
  afterAll(async () => {
    await connection[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  it('of every type, with its name', async () => {
    const collected = await collect(connection, 'select all');
    expect(collected.error).toBeUndefined();
    const shown = first(collected, 'columns').columns.map(({ type }, index) => [
      type,
      collected.results[0]?.[0]?.[index],
    ]);
    expect(shown).toEqual(VALUES.map(([, , type, text]) => [type, text]));
  });

  it('or as NULL', async () => {
    const { results } = await collect(connection, 'select none');
    expect(results[0]).toEqual([nullable.map(() => null)]);
  });

  it('and as NULL where the server leaves them out of the row', async () => {
    const { results } = await collect(connection, 'select some');
    expect(results[0]).toEqual([[null, '7', null, '1']]);
  });
});
