import { sizeText } from '../../../../frontend/src/features/details/size-text.ts';

describe('sizeText', () => {
  it.each([
    [0, '0 B'],
    [1, '1 B'],
    [1_023, '1023 B'],
    [1_024, '1.0 KB'],
    [1_536, '1.5 KB'],
    [206_568_448, '197 MB'],
    [5 * 1_024 ** 3, '5.0 GB'],
    [3 * 1_024 ** 6, '3072 PB'],
  ])('writes %p bytes as %p', (bytes, text) => {
    expect(sizeText(bytes)).toBe(text);
  });
});
