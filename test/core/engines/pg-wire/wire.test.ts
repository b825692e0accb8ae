import { Duplex } from 'node:stream';
import fc from 'fast-check';
import { type RowReader, Wire } from '#core/engines/pg-wire/wire.ts';

/** A socket that pg listens to. */
function open(onForward: (bytes: Buffer) => void = () => undefined) {
  const stream = new Duplex({ read: () => undefined, write: (_, __, done) => done() });
  const forwarded: Buffer[] = [];
  stream.on('data', (bytes: Buffer) => {
    forwarded.push(Buffer.from(bytes));
    onForward(bytes);
  });
  const errors: Error[] = [];
  stream.on('error', (error) => errors.push(error));
  const wire = new Wire(stream);
  const send = (bytes: Buffer) => stream.emit('data', bytes);
  return { stream, wire, send, errors, forwarded: () => Buffer.concat(forwarded) };
}

function reader(wanted = true): RowReader & { rows: string[]; pauses: number } {
  return {
    wanted,
    rows: [],
    pauses: 0,
    row(bytes, view, at, length) {
      expect(view.getUint8(at)).toBe(bytes[at]);
      this.rows.push(Buffer.from(bytes.subarray(at, at + length)).toString('latin1'));
    },
    pause() {
      this.pauses += 1;
    },
  };
}

function message(type: string, body: string): Buffer {
  const head = Buffer.alloc(5, type, 'latin1');
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, Buffer.from(body, 'latin1')]);
}

/** Cuts bytes at some places. */
function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const cuts = [...new Set(places.map((place) => place % (bytes.length + 1)))].toSorted((a, b) => a - b);
  return [...cuts, bytes.length].map((to, index) => bytes.subarray(index === 0 ? 0 : cuts[index - 1], to));
}

const body = fc.string({ unit: fc.constantFrom('D', 'Z', '\0', 'x'), minLength: 2, maxLength: 40 });
const messages = fc.array(fc.tuple(fc.constantFrom('D', 'D', 'D', 'C', 'N', 'S', 'Z'), body), { maxLength: 30 });
const places = fc.array(fc.nat(2_000), { maxLength: 40 });

describe('the wire', () => {
  it('gives rows to their reader and all else to pg, however the bytes are cut', () => {
    fc.assert(
      fc.property(messages, places, (all, cuts) => {
        const { wire, send, forwarded } = open();
        const rows = reader();
        wire.reader = rows;
        const bytes = Buffer.concat(all.map(([type, each]) => message(type, each)));
        for (const chunk of cut(bytes, cuts)) send(chunk);
        expect(rows.rows).toEqual(all.flatMap(([type, each]) => (type === 'D' ? each : [])));
        const others = all.filter(([type]) => type !== 'D').map(([type, each]) => message(type, each));
        expect(forwarded()).toEqual(Buffer.concat(others));
      }),
    );
  });

  it('gives everything to pg while nothing reads rows', () => {
    fc.assert(
      fc.property(messages, places, (all, cuts) => {
        const { send, forwarded } = open();
        const bytes = Buffer.concat(all.map(([type, each]) => message(type, each)));
        for (const chunk of cut(bytes, cuts)) send(chunk);
        expect(forwarded()).toEqual(bytes);
      }),
    );
  });

  it('lets a reader begin at ReadyForQuery, in the middle of a chunk', () => {
    const rows = reader();
    const { wire, send, forwarded } = open((bytes) => {
      if (bytes.includes('Z')) wire.reader = rows;
    });
    const begin = Buffer.concat([message('D', 'catalogue'), message('Z', 'I')]);
    send(Buffer.concat([begin, message('D', 'result'), message('C', 'SELECT 1\0')]));
    expect(rows.rows).toEqual(['result']);
    expect(forwarded()).toEqual(Buffer.concat([begin, message('C', 'SELECT 1\0')]));
  });

  it('passes over rows that are not wanted, whole and in pieces', () => {
    const { wire, send, forwarded } = open();
    const rows = reader(false);
    wire.reader = rows;
    const bytes = Buffer.concat([message('D', 'xx'.repeat(50)), message('D', 'yy'), message('C', 'SELECT 2\0')]);
    for (const chunk of cut(bytes, [20, 60])) send(chunk);
    expect(rows.rows).toEqual([]);
    expect(forwarded()).toEqual(message('C', 'SELECT 2\0'));
  });

  it('puts a row of many megabytes together from small chunks', () => {
    const { wire, send } = open();
    const rows = reader();
    wire.reader = rows;
    const large = 'x'.repeat(5_000_000);
    for (const bytes of [message('D', large), message('D', 'small')])
      for (let at = 0; at < bytes.length; at += 8_192) send(bytes.subarray(at, at + 8_192));
    expect(rows.rows).toEqual([large, 'small']);
  });

  it('tells the reader after each chunk that no more rows are at hand', () => {
    const { wire, send } = open();
    const rows = reader();
    wire.reader = rows;
    send(message('D', 'one'));
    send(message('D', 'two'));
    expect(rows.pauses).toBe(2);
  });

  it('ends the connection when a message cannot be, or a row cannot be read', async () => {
    const impossible = open();
    impossible.send(Buffer.from([0x44, 0, 0, 0, 1]));
    const broken = open();
    broken.wire.reader = {
      wanted: true,
      pause: () => undefined,
      row: () => {
        throw new RangeError('no row');
      },
    };
    broken.send(message('D', 'one'));
    await new Promise((resolve) => setImmediate(resolve));
    expect(impossible.stream.destroyed && broken.stream.destroyed).toBe(true);
    expect([...impossible.errors, ...broken.errors]).toHaveLength(2);
  });
});
