/** Packets arrive whole however the network cuts them. */
import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { type PacketTaker, Wire } from '#core/engines/mysql/wire.ts';

const packet = (payload: Uint8Array, sequence = 0): Buffer => {
  const head = Buffer.alloc(4);
  head.writeUIntLE(payload.length, 0, 3);
  head[3] = sequence;
  return Buffer.concat([head, payload]);
};

/** A line with what has come over it. */
function line() {
  const stream = new PassThrough();
  const wire = new Wire(stream);
  const taken: Buffer[] = [];
  let lost: Error | undefined;
  const taker: PacketTaker = {
    packet: (bytes, view, at, length) => {
      // Both look at the same bytes.
      if (length > 0 && view.getUint8(at) !== bytes[at]) throw new Error('The views differ.');
      taken.push(Buffer.from(bytes.subarray(at, at + length)));
    },
    pause: () => undefined,
    lost: (error) => {
      lost = error;
    },
  };
  wire.taker = taker;
  return { stream, wire, taken, lost: () => lost };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('packets of any size come through any cuts', async () => {
  const payloads = fc.array(fc.uint8Array({ minLength: 0, maxLength: 300 }), { minLength: 1, maxLength: 8 });
  const cuts = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(payloads, cuts, async (all, sizes) => {
      const { stream, taken } = line();
      const bytes = Buffer.concat(all.map((each) => packet(each)));
      for (let at = 0, i = 0; at < bytes.length; i += 1) {
        const size = sizes[i % sizes.length] ?? 1;
        // A chunk of its own, as the network gives it: its memory is taken back.
        stream.write(Buffer.copyBytesFrom(bytes, at, Math.min(size, bytes.length - at)));
        at += size;
      }
      await settled();
      expect(taken.map((each) => [...each])).toEqual(all.map((each) => [...each]));
    }),
    { numRuns: 60 },
  );
});

test.each([0xffffff - 1, 0xffffff, 0xffffff + 1, 2 * 0xffffff])('a message of %d bytes is one', async (size) => {
  const { stream, taken } = line();
  const whole = Buffer.alloc(size, 7);
  for (let at = 0; at <= size; at += 0xffffff) stream.write(packet(whole.subarray(at, at + 0xffffff)));
  stream.write(packet(Buffer.from('next')));
  await settled();
  await settled();
  expect(taken.map((each) => each.length)).toEqual([size, 4]);
});

test('a command is sent with its number, and cut where packets end', async () => {
  const sent: Buffer[] = [];
  const stream = new PassThrough();
  const wire = new Wire(stream);
  stream.removeAllListeners('data');
  stream.on('data', (chunk: Buffer) => sent.push(chunk));
  wire.send(3, 'select 1');
  await settled();
  expect(Buffer.concat(sent)).toEqual(packet(Buffer.from('\u0003select 1')));
  sent.length = 0;
  wire.send(3, 'x'.repeat(0xffffff - 1));
  await settled();
  const bytes = Buffer.concat(sent);
  // A whole packet is followed by another one, be it empty.
  expect(bytes.length).toBe(0xffffff + 8);
  expect([...bytes.subarray(-4)]).toEqual([0, 0, 0, 1]);
});

test('what nobody asked for ends the connection', async () => {
  const { stream, wire } = line();
  wire.taker = undefined;
  stream.write(packet(Buffer.from('hello')));
  await settled();
  expect(wire.closed).toBe(true);
});

test('whoever waits is told that the line is lost', async () => {
  const { wire, lost } = line();
  wire.destroy();
  await wire.closing();
  await settled();
  expect(lost()).toBeInstanceOf(Error);
});
