import { hexLine, hexLines, readBytes, sizeText } from '../../../frontend/src/grid/hex-dump.ts';

test('bytes are read from hexadecimal in either case', () => {
  expect([...(readBytes('\\x00ffA1b2') ?? [])]).toEqual([0, 255, 161, 178]);
  expect(readBytes('\\x')).toHaveLength(0);
  expect([...(readBytes('0xDEADbeef') ?? [])]).toEqual([0xde, 0xad, 0xbe, 0xef]);
  expect(readBytes('0x')).toHaveLength(0);
});

test.each(['', 'abc', '\\x1', '\\xzz', '\\000\\001', '0xabc', '0xzz', '1x00', '0X00'])(
  '%p is not hexadecimal',
  (text) => {
    expect(readBytes(text)).toBeUndefined();
  },
);

test('a line shows its offset, sixteen bytes and their letters', () => {
  const bytes = Uint8Array.from({ length: 20 }, (_, at) => 60 + at);
  expect(hexLines(bytes, 16)).toBe(2);
  expect(hexLine(bytes, 0, 16)).toEqual({
    offset: '00000000',
    hex: '3c 3d 3e 3f 40 41 42 43  44 45 46 47 48 49 4a 4b',
    letters: '<=>?@ABCDEFGHIJK',
  });
  const last = hexLine(bytes, 1, 16);
  expect([last.offset, last.hex.trim(), last.letters]).toEqual(['00000010', '4c 4d 4e 4f', 'LMNO']);
  expect(last.hex).toHaveLength(hexLine(bytes, 0, 16).hex.length);
});

test('where there is little room, a line holds eight bytes', () => {
  const bytes = Uint8Array.from({ length: 20 }, (_, at) => 60 + at);
  expect(hexLines(bytes, 8)).toBe(3);
  expect(hexLine(bytes, 1, 8)).toEqual({ offset: '00000008', hex: '44 45 46 47 48 49 4a 4b  ', letters: 'DEFGHIJK' });
});

test('what is no letter is a dot', () => {
  expect(hexLine(Uint8Array.of(0, 31, 32, 126, 127, 255), 0, 8).letters).toBe('·· ~··');
});

test('no bytes are no lines', () => {
  expect(hexLines(new Uint8Array(), 8)).toBe(0);
});

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_000, '1.0 KB'],
  [1_449, '1.4 KB'],
  [150_000_000, '150 MB'],
  [2_500_000_000, '2.5 GB'],
  [5e12, '5000 GB'],
])('%d bytes are %s', (bytes, text) => {
  expect(sizeText(bytes)).toBe(text);
});
