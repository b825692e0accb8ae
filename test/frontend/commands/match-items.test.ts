import { matchItems } from '../../../frontend/src/commands/match-items.ts';

const items = [
  { label: 'Close the tab' },
  { label: 'New tab' },
  { label: 'orders', detail: 'shop · public' },
  { label: 'old_orders', detail: 'shop · public' },
  { label: 'reorders', detail: 'shop · public' },
  { label: 'orders', detail: 'ledger · sales' },
];
const labels = (typed: string, limit = 10) => matchItems(items, typed, limit).map(({ label }) => label);

describe('matchItems', () => {
  it('keeps the order where nothing is typed, up to the limit', () => {
    expect(labels('', 2)).toEqual(['Close the tab', 'New tab']);
  });

  it('puts the beginning before the beginning of a word, and that before the middle', () => {
    expect(labels('orders')).toEqual(['orders', 'orders', 'old_orders', 'reorders']);
  });

  it('wants every word, in the label or beside it', () => {
    expect(matchItems(items, 'orders ledger', 10)).toEqual([items[5]]);
    expect(labels('orders zebra')).toEqual([]);
  });

  it('does not mind case or the order of words', () => {
    expect(labels('TAB close')).toEqual(['Close the tab']);
  });

  it('stays quick over a hundred thousand names, for it looks at each once', () => {
    const many = Array.from({ length: 100_000 }, (_, at) => ({ label: `table_${at}` }));
    expect(matchItems(many, 'table_99999', 5)).toEqual([{ label: 'table_99999' }]);
  });
});
