import { Fault } from '#core/local/aws/fault.ts';
import { rangeOf } from '#core/local/aws/s3-range.ts';

test.each([
  ['bytes=0-0', { from: 0, to: 0 }],
  ['bytes=2-5', { from: 2, to: 5 }],
  ['bytes=2-', { from: 2, to: 9 }],
  ['bytes=2-99', { from: 2, to: 9 }],
  ['bytes=-3', { from: 7, to: 9 }],
  ['bytes=-99', { from: 0, to: 9 }],
])('of ten bytes, %s are %p', (header, range) => {
  expect(rangeOf(header, 10)).toEqual(range);
});

test.each([undefined, '', 'bytes=', 'bytes=-', 'bytes=5-2', 'bytes=0-1,3-4', 'rows=0-1'])(
  '%p asks for all',
  (header) => {
    expect(rangeOf(header, 10)).toBeUndefined();
  },
);

test.each([
  ['bytes=10-', 10],
  ['bytes=0-0', 0],
  ['bytes=-0', 10],
])('%s of %p bytes are none', (header, size) => {
  expect(() => rangeOf(header, size)).toThrow(Fault);
});
