import { keyMove, topToShow, typedFilter } from '../../../../frontend/src/features/explorer/tree-keys.ts';
import type { TreeRow } from '../../../../frontend/src/features/explorer/tree-rows.ts';

/** Rows as the tree draws them: `-` open, `+` closed, ` ` a leaf; two spaces a level. */
function rowsOf(...lines: string[]): TreeRow[] {
  const parents: string[] = [];
  return lines.map((line) => {
    const level = (line.length - line.trimStart().length) / 2 + 1;
    const sign = line.trim()[0];
    const key = line.trim().slice(1);
    parents[level] = key;
    const expandable = sign === '-' || sign === '+';
    return { key, level, label: key, parent: parents[level - 1], expandable, expanded: sign === '-' } as TreeRow;
  });
}
const rows = rowsOf('-shop', '  -public', '    .orders', '    .customers', '  +sales', '+ledger');
const at = (key: string) => rows.findIndex((row) => row.key === key);
const go = (key: string, from: string) => {
  const move = keyMove(key, rows, at(from), 3);
  return move?.toggle ? 'toggle' : move?.to === undefined ? move : rows[move.to]?.key;
};

describe('keyMove', () => {
  it.each([
    ['ArrowDown', 'shop', 'public'],
    ['ArrowDown', 'ledger', 'ledger'],
    ['ArrowUp', 'public', 'shop'],
    ['ArrowUp', 'shop', 'shop'],
    ['Home', 'ledger', 'shop'],
    ['End', 'shop', 'ledger'],
    ['PageDown', 'shop', 'customers'],
    ['PageUp', 'ledger', 'orders'],
    ['ArrowRight', 'public', 'orders'],
    ['ArrowRight', 'sales', 'toggle'],
    ['ArrowLeft', 'public', 'toggle'],
    ['ArrowLeft', 'orders', 'public'],
    ['ArrowLeft', 'sales', 'shop'],
  ])('takes %s on %s to %s', (key, from, to) => {
    expect(go(key, from)).toBe(to);
  });

  it('stays where there is nowhere to go', () => {
    expect(go('ArrowRight', 'orders')).toEqual({});
    expect(go('ArrowLeft', 'ledger')).toEqual({});
  });

  it('leaves other keys to others', () => {
    expect(keyMove('a', rows, 0, 3)).toBeUndefined();
    expect(keyMove('toString', rows, 0, 3)).toBeUndefined();
  });
});

describe('typedFilter', () => {
  const row = (key: string) => rows[at(key)] as TreeRow;
  const none = new Map<string, string>();
  const typed = (...keys: string[]) =>
    keys.reduce<ReadonlyMap<string, string>>(
      (filters, key) => typedFilter(key, row(filters.size > 0 ? 'public' : 'orders'), filters)?.filters ?? filters,
      none,
    );

  it('narrows the level of the row, and goes to the row above', () => {
    expect(typedFilter('c', row('orders'), none)).toEqual({ level: 'public', filters: new Map([['public', 'c']]) });
  });

  it('goes on where it was typed', () => {
    expect(typed('c', 'u', ' ', 's')).toEqual(new Map([['public', 'cu s']]));
  });

  it('takes letters back, one or all', () => {
    expect(typed('c', 'u', 'Backspace')).toEqual(new Map([['public', 'c']]));
    expect(typed('c', 'Backspace')).toEqual(none);
    expect(typed('c', 'u', 'Escape')).toEqual(none);
  });

  it('does not begin with a space, nor with a key that has a name', () => {
    expect(typedFilter(' ', row('orders'), none)).toBeUndefined();
    expect(typedFilter('F5', row('orders'), none)).toBeUndefined();
    expect(typedFilter('Escape', row('orders'), none)).toBeUndefined();
  });

  it('leaves the top of the tree to the filter above it', () => {
    expect(typedFilter('s', row('shop'), none)).toBeUndefined();
  });
});

test.each([
  ['above', 2, 48],
  ['below', 14, 160],
  ['cut at the top', 4, 96],
  ['cut at the bottom', 12, 112],
  ['in sight', 8, undefined],
])('a row that is %s is brought into sight by as little as it takes', (_, index, top) => {
  expect(topToShow(index, 24, { top: 100, height: 200 })).toBe(top);
});
