/** What a server of SQL Server's says, byte by byte as [MS-TDS] lays it down (2.2.7, "Packet Data Token Stream Definition"). */

const u8 = (value: number): Buffer => Buffer.from([value]);
const u16 = (value: number): Buffer => Buffer.from([value & 0xff, value >> 8]);
const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
};
const u64 = (value: bigint): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return bytes;
};
const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');
/** B_VARCHAR and US_VARCHAR: a length in characters, of one or two bytes (2.2.5.1.2). */
const bVarchar = (text: string): Buffer => Buffer.concat([u8(text.length), utf16(text)]);
const usVarchar = (text: string): Buffer => Buffer.concat([u16(text.length), utf16(text)]);

/** Latin1_General_CI_AS, code page 1252: its five bytes (2.2.5.1.2, COLLATION). */
const LATIN1 = Buffer.from([0x09, 0x04, 0xd0, 0x00, 0x00]);
/** SQL_Latin1_General_CP437_CI_AS by its sort id. */
const CP437 = Buffer.from([0x09, 0x04, 0xd0, 0x00, 32]);

/** A column's TYPE_INFO, and how a value's bytes are framed in a row (2.2.5.4 and 2.2.5.5). */
export interface TypeOnWire {
  readonly info: Buffer;
  readonly frame: (value: Buffer | null) => Buffer;
}

const byteLength = (value: Buffer | null): Buffer => (value ? Buffer.concat([u8(value.length), value]) : u8(0));
const shortLength = (value: Buffer | null): Buffer => (value ? Buffer.concat([u16(value.length), value]) : u16(0xffff));
const longLength = (value: Buffer | null): Buffer => (value ? Buffer.concat([u32(value.length), value]) : u32(0));
/** PLP: the whole length, chunks with theirs, an empty one (2.2.5.2.3). */
const inChunks = (value: Buffer | null): Buffer => {
  if (!value) return u64(0xffff_ffff_ffff_ffffn);
  const chunks: Buffer[] = [u64(BigInt(value.length))];
  for (let from = 0; from < value.length; from += 8_000) chunks.push(longLength(value.subarray(from, from + 8_000)));
  return Buffer.concat([...chunks, u32(0)]);
};
/** A text pointer of 16 bytes and a timestamp of eight before the length. */
const pointed = (value: Buffer | null): Buffer =>
  value ? Buffer.concat([u8(16), Buffer.alloc(16, 0xee), Buffer.alloc(8, 0xdd), longLength(value)]) : u8(0);
const bare = (value: Buffer | null): Buffer => value ?? Buffer.alloc(0);

const nullable = (token: number, length: number): TypeOnWire => ({
  info: Buffer.from([token, length]),
  frame: byteLength,
});
const scaled = (token: number, scale: number): TypeOnWire => ({ info: Buffer.from([token, scale]), frame: byteLength });
const exact = (token: number, precision: number, scale: number): TypeOnWire => ({
  info: Buffer.from([token, 17, precision, scale]),
  frame: byteLength,
});
const chars = (token: number, length: number, collation: Buffer): TypeOnWire => ({
  info: Buffer.concat([u8(token), u16(length), collation]),
  frame: length === 0xffff ? inChunks : shortLength,
});
const bytes = (token: number, length: number): TypeOnWire => ({
  info: Buffer.concat([u8(token), u16(length)]),
  frame: length === 0xffff ? inChunks : shortLength,
});
const old = (token: number, collation: Buffer): TypeOnWire => ({
  // The name of the table is one of these types' own, in parts.
  info: Buffer.concat([u8(token), u32(0x7fffffff), collation, u8(1), usVarchar('t')]),
  frame: pointed,
});

export const TYPES = {
  int: { info: u8(0x38), frame: bare },
  tinyint: nullable(0x26, 1),
  intn: nullable(0x26, 4),
  bigint: nullable(0x26, 8),
  bit: nullable(0x68, 1),
  real: nullable(0x6d, 4),
  float: nullable(0x6d, 8),
  money: nullable(0x6e, 8),
  smallmoney: nullable(0x6e, 4),
  decimal: (precision: number, scale: number) => exact(0x6a, precision, scale),
  numeric: (precision: number, scale: number) => exact(0x6c, precision, scale),
  uniqueidentifier: nullable(0x24, 16),
  date: { info: u8(0x28), frame: byteLength },
  time: (scale: number) => scaled(0x29, scale),
  datetime2: (scale: number) => scaled(0x2a, scale),
  datetimeoffset: (scale: number) => scaled(0x2b, scale),
  datetime: nullable(0x6f, 8),
  smalldatetime: nullable(0x6f, 4),
  varchar: (length: number) => chars(0xa7, length, LATIN1),
  dos: (length: number) => chars(0xa7, length, CP437),
  nvarchar: (length: number) => chars(0xe7, length === 0xffff ? length : length * 2, LATIN1),
  varbinary: (length: number) => bytes(0xa5, length),
  xml: { info: Buffer.from([0xf1, 0]), frame: inChunks },
  udt: (name: string): TypeOnWire => ({
    info: Buffer.concat([
      u8(0xf0),
      u16(0xffff),
      bVarchar('db'),
      bVarchar('sys'),
      bVarchar(name),
      usVarchar('assembly'),
    ]),
    frame: inChunks,
  }),
  text: old(0x23, LATIN1),
  ntext: old(0x63, LATIN1),
  image: old(0x22, Buffer.alloc(0)),
  variant: { info: Buffer.concat([u8(0x62), u32(8_016)]), frame: longLength },
} as const;

export interface ColumnOnWire {
  readonly name: string;
  readonly type: TypeOnWire;
}

/** COLMETADATA: a user type of four bytes, flags, TYPE_INFO and the name of each column. */
export const columns = (...described: readonly ColumnOnWire[]): Buffer =>
  Buffer.concat([
    u8(0x81),
    u16(described.length),
    ...described.flatMap(({ name, type }) => [u32(0), u16(1), type.info, bVarchar(name)]),
  ]);

export const row = (described: readonly ColumnOnWire[], values: readonly (Buffer | null)[]): Buffer =>
  Buffer.concat([u8(0xd1), ...described.map(({ type }, index) => type.frame(values[index] ?? null))]);

/** NBCROW: the NULLs as bits, then the others. */
export function nbcRow(described: readonly ColumnOnWire[], values: readonly (Buffer | null)[]): Buffer {
  const bits = Buffer.alloc(Math.ceil(values.length / 8));
  for (const [index, value] of values.entries())
    if (value === null) bits.writeUInt8(bits.readUInt8(index >> 3) | (1 << (index & 7)), index >> 3);
  const framed = described.flatMap(({ type }, index) => (values[index] ? [type.frame(values[index])] : []));
  return Buffer.concat([u8(0xd2), bits, ...framed]);
}

/** Bits of DONE's status. */
export const DONE = { final: 0, more: 1, error: 2, count: 16, attention: 32 } as const;

/** The status, the command that is ended, and a count of rows of eight bytes. */
export const done = (status: number = DONE.final, count = 0): Buffer =>
  Buffer.concat([u8(0xfd), u16(status), u16(0xc1), u64(BigInt(count))]);

interface Message {
  readonly number: number;
  readonly message: string;
  readonly severity?: number;
  readonly procedure?: string;
  readonly line?: number;
}

/** ERROR and INFO differ by their token alone. */
const message =
  (token: number) =>
  ({ number, message: text, severity = 16, procedure = '', line = 1 }: Message): Buffer => {
    const contents = Buffer.concat([
      ...[u32(number), u8(1), u8(severity), usVarchar(text), bVarchar('server'), bVarchar(procedure), u32(line)],
    ]);
    return Buffer.concat([u8(token), u16(contents.length), contents]);
  };
export const error = message(0xaa);
export const info = message(0xab);

/** LOGINACK for TDS 7.4, from Microsoft SQL Server 16. */
export const loginAck = (): Buffer => {
  const contents = Buffer.concat([
    ...[u8(1), Buffer.from([0x74, 0, 0, 4]), bVarchar('Microsoft SQL Server'), Buffer.from([16, 0, 0x10, 0])],
  ]);
  return Buffer.concat([u8(0xad), u16(contents.length), contents]);
};

const change = (type: number, next: Buffer, before: Buffer): Buffer => {
  const contents = Buffer.concat([u8(type), u8(next.length), next, u8(before.length), before]);
  return Buffer.concat([u8(0xe3), u16(contents.length), contents]);
};
/** ENVCHANGE 4, the size of packets; 8 and 10, a transaction that begins and one that is rolled back, by its descriptor. */
/** Routing: to another server, by TCP (2.2.7.9, ENVCHANGE of type 20). */
export function sentOn(server: string, port: number): Buffer {
  const place = Buffer.concat([u8(0), u16(port), usVarchar(server)]);
  const change = Buffer.concat([u8(20), u16(place.length), place, u16(0)]);
  return Buffer.concat([u8(0xe3), u16(change.length), change]);
}

export const packetSize = (size: number): Buffer => {
  const contents = Buffer.concat([u8(4), bVarchar(String(size)), bVarchar('4096')]);
  return Buffer.concat([u8(0xe3), u16(contents.length), contents]);
};
export const transactionBegins = (): Buffer => change(8, Buffer.alloc(8, 7), Buffer.alloc(0));
export const transactionEnds = (): Buffer => change(10, Buffer.alloc(0), Buffer.alloc(8, 7));

/** A whole result of texts. */
export function texts(names: readonly string[], ...rows: readonly (readonly (string | null)[])[]): Buffer {
  const described = names.map((name) => ({ name, type: TYPES.nvarchar(4_000) }));
  const each = rows.map((values) =>
    row(
      described,
      values.map((value) => (value === null ? null : utf16(value))),
    ),
  );
  return Buffer.concat([columns(...described), ...each, done(DONE.count | DONE.more, rows.length)]);
}
