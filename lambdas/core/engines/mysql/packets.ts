/**
 * The packets of the command phase that are not rows (MySQL documentation, "Text Resultset", "OK_Packet", "ERR_Packet";
 * MariaDB documentation, "Result Set Packets").
 */

/** A refusal of the server. Its message may quote a row, so it is shown and never logged. */
export class ServerError extends Error {
  override readonly name = 'ServerError';
  readonly errno: number;
  readonly state: string;

  constructor(errno: number, state: string, message: string) {
    super(message);
    this.errno = errno;
    this.state = state;
  }
}

/** What ends a result: an OK or an EOF packet. */
export interface Ended {
  /** Bits of STATUS. */
  readonly status: number;
  readonly warnings: number;
  readonly affected: number;
}

/** Bits of the status that every end of a result carries: what the server says of the session. */
export const STATUS = { inTransaction: 1, moreResults: 8, readOnly: 0x2000, stateChanged: 0x4000 } as const;

/** A column of a result as the server describes it. */
export interface ColumnDefinition {
  readonly schema: string;
  /** The table's own name, not its alias; empty for an expression. */
  readonly table: string;
  readonly name: string;
  readonly column: string;
  readonly charset: number;
  /** In bytes of the result's character set. */
  readonly length: number;
  readonly type: number;
  readonly flags: number;
  readonly decimals: number;
  /** What MariaDB says beside: a type such as `uuid`, a format such as `json`. */
  readonly extended: string;
}

const decoder = new TextDecoder();

/** Reads one packet from its beginning to its end. */
export class PacketReader {
  at: number;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #end: number;

  constructor(bytes: Uint8Array, from = 0, end = bytes.length) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.at = from;
    this.#end = end;
  }

  byte(): number {
    return this.#view.getUint8(this.at++);
  }

  int2(): number {
    this.at += 2;
    return this.#view.getUint16(this.at - 2, true);
  }

  int4(): number {
    this.at += 4;
    return this.#view.getUint32(this.at - 4, true);
  }

  /** A length-encoded integer; −1 for the byte that stands for NULL. */
  integer(): number {
    const first = this.byte();
    if (first < 0xfb) return first;
    if (first === 0xfb) return -1;
    if (first === 0xfc) return this.int2();
    if (first === 0xfd) return this.int2() + this.byte() * 0x10000;
    const low = this.int4();
    return low + this.int4() * 0x1_0000_0000;
  }

  /** A length-encoded string in UTF-8; null for NULL. */
  text(): string | null {
    const length = this.integer();
    if (length < 0) return null;
    this.at += length;
    return decoder.decode(this.#bytes.subarray(this.at - length, this.at));
  }

  rest(): string {
    return decoder.decode(this.#bytes.subarray(this.at, this.#end));
  }
}

/** Behind the byte 0x00. */
export function readOk(packet: PacketReader): Ended {
  const affected = packet.integer();
  // The last insert id.
  packet.integer();
  const status = packet.int2();
  return { status, warnings: packet.int2(), affected };
}

/** Behind the byte 0xfe. */
export function readEof(packet: PacketReader): Ended {
  const warnings = packet.int2();
  return { status: packet.int2(), warnings, affected: 0 };
}

/** Behind the byte 0xff. */
export function readError(packet: PacketReader): ServerError {
  const errno = packet.int2();
  const rest = packet.rest();
  // `#` and five letters; an error before the login comes without.
  return rest.startsWith('#')
    ? new ServerError(errno, rest.slice(1, 6), rest.slice(6))
    : new ServerError(errno, '', rest);
}

/** `extended`: MariaDB's block of further metadata was agreed on at the login. */
export function readColumn(packet: PacketReader, extended: boolean): ColumnDefinition {
  packet.text();
  const schema = packet.text() ?? '';
  packet.text();
  const table = packet.text() ?? '';
  const name = packet.text() ?? '';
  const column = packet.text() ?? '';
  const more = extended ? readExtended(packet) : '';
  // The length of what follows, always 12.
  packet.byte();
  const charset = packet.int2();
  const length = packet.int4();
  const type = packet.byte();
  const flags = packet.int2();
  return { schema, table, name, column, charset, length, type, flags, decimals: packet.byte(), extended: more };
}

/** Pairs of a kind (0: type, 1: format) and a text; the format says more. */
function readExtended(packet: PacketReader): string {
  const length = packet.integer();
  const end = packet.at + length;
  let found = '';
  while (packet.at < end) {
    packet.byte();
    found = packet.text() ?? found;
  }
  packet.at = end;
  return found;
}
