import { hexLine, hexLines, readBytes, sizeText } from '../../../frontend/src/grid/hex-dump.ts';

test.each([
  ['\\xdeadBEEF', [0xde, 0xad, 0xbe, 0xef]],
  ['0xDEADBEEF', [0xde, 0xad, 0xbe, 0xef]],
  ['\\x', []],
  ['0x', []],
])('reads the bytes of %p', (text, bytes) => {
  expect([...(readBytes(text) ?? [-1])]).toEqual(bytes);
});

test.each(['', 'x', 'deadbeef', '0xabc', '0xzz', '\\x0g', '1x00', '0X00'])('reads no bytes in %p', (text) => {
  expect(readBytes(text)).toBeUndefined();
});

test('shows sixteen bytes a line, and letters where there are some', () => {
  const bytes = new Uint8Array(Array.from({ length: 18 }, (_, index) => 60 + index));
  expect(hexLines(bytes)).toBe(2);
  expect(hexLine(bytes, 0)).toMatchObject({ offset: '00000000', letters: '<=>?@ABCDEFGHIJK' });
  expect(hexLine(bytes, 1).hex.trim()).toBe('4c 4d');
});

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_500, '1.5 KB'],
  [150_000, '150 KB'],
])('%d bytes are %s', (bytes, text) => {
  expect(sizeText(bytes)).toBe(text);
});
