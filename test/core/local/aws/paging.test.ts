import { page } from '#core/local/aws/paging.ts';

const all = Array.from({ length: 45 }, (_, index) => index);
const ask = (parameters: Record<string, string>) => page(all, new Map(Object.entries(parameters)));

test('pages follow one another until the last has no marker', () => {
  const seen: number[] = [];
  let marker: string | undefined;
  let pages = 0;
  do {
    const found = ask({ MaxRecords: '20', ...(marker && { Marker: marker }) });
    seen.push(...found.items);
    marker = found.marker;
    pages += 1;
  } while (marker !== undefined);
  expect(seen).toEqual(all);
  expect(pages).toBe(3);
});

test('without a size a page holds a hundred', () => {
  expect(ask({})).toEqual({ items: all, marker: undefined });
});

test('a list that fills its last page exactly has no page after it', () => {
  expect(page(all.slice(0, 40), new Map([['MaxRecords', '40']])).marker).toBeUndefined();
});

test.each(['19', '101', '0', '-1', '20.5', 'many'])('a page of %s records is refused', (MaxRecords) => {
  expect(() => ask({ MaxRecords })).toThrow(/between 20 and 100/);
});

test.each(['', 'x', 'YWZ0ZXI6LTE'])('a marker that was not given is refused: %s', (Marker) => {
  expect(() => ask({ Marker })).toThrow(/Marker is not valid/);
});
