import fc from 'fast-check';
import { snappyUncompress } from 'hyparquet';
import { Room } from '#core/output/room.ts';
import { snappy } from '#core/output/snappy.ts';

const roundTrip = (input: Buffer): { size: number; output: Buffer } => {
  const room = new Room();
  const size = snappy(input, input.length, room, 0);
  const output = new Uint8Array(input.length);
  snappyUncompress(room.bytes.subarray(0, size), output);
  return { size, output: Buffer.from(output) };
};

/** Pieces that come again, near and far, so that there is something to find. */
const repetitive = fc
  .array(fc.tuple(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 300 })))
  .map((pieces) => Buffer.from([...pieces, ...pieces].map(([piece, times]) => piece.repeat(times)).join('')));

test('another reader finds what was compressed', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        repetitive,
        fc.uint8Array().map((bytes) => Buffer.from(bytes)),
      ),
      (input) => {
        expect(roundTrip(input).output.equals(input)).toBe(true);
      },
    ),
  );
});

test('across blocks, and beyond the distance that a repetition may have', () => {
  const far = Buffer.concat([
    Buffer.from('begin'),
    Buffer.alloc(70_000, 'ab'),
    Buffer.from('begin'),
    Buffer.alloc(70_000),
  ]);
  const { size, output } = roundTrip(far);
  expect(output.equals(far)).toBe(true);
  expect(size).toBeLessThan(far.length / 10);
});
