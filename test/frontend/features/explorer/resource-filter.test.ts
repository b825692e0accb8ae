import {
  hasTerm,
  isEmpty,
  parseFilter,
  toggleTerm,
  writeTerm,
} from '../../../../frontend/src/features/explorer/resource-filter.ts';

describe('a filter', () => {
  it('is made of words and terms', () => {
    expect(parseFilter('shop service:aurora EU region:eu-central-1')).toEqual({
      words: ['shop', 'eu'],
      terms: [
        { field: 'service', value: 'aurora' },
        { field: 'region', value: 'eu-central-1' },
      ],
    });
  });

  it('reads tags with their values', () => {
    expect(parseFilter('tag:team=Store tag:owner').terms).toEqual([
      { field: 'tag', value: 'team=store' },
      { field: 'tag', value: 'owner' },
    ]);
  });

  it('takes spaces in quotes, in a term and in a word', () => {
    expect(parseFilter('status:"storage full" "two words"')).toEqual({
      words: ['two words'],
      terms: [{ field: 'status', value: 'storage full' }],
    });
  });

  it('takes a quote that is not closed yet up to the end', () => {
    expect(parseFilter('status:"storage fu')).toEqual({
      words: [],
      terms: [{ field: 'status', value: 'storage fu' }],
    });
  });

  it.each(['', '   ', 'region:', 'tag:""'])('asks for nothing with %j', (text) => {
    expect(isEmpty(parseFilter(text))).toBe(true);
  });

  it('takes a term of no field for a word', () => {
    expect(parseFilter('db:orders constructor:x').words).toEqual(['db:orders', 'constructor:x']);
  });
});

describe('a term', () => {
  const aurora = { field: 'service', value: 'aurora' } as const;

  it('is added to the text, and taken from it', () => {
    const added = toggleTerm('shop  REGION:eu-west-1', aurora);
    expect(added).toBe('shop REGION:eu-west-1 service:aurora');
    expect(hasTerm(parseFilter(added), aurora)).toBe(true);
    expect(toggleTerm(added, aurora)).toBe('shop REGION:eu-west-1');
  });

  it('is taken away however it was written', () => {
    expect(toggleTerm('SERVICE:"Aurora" orders', aurora)).toBe('orders');
  });

  it('comes back as it was written', () => {
    const term = { field: 'tag', value: 'cost centre=4 711' } as const;
    expect(parseFilter(writeTerm(term)).terms).toEqual([term]);
  });
});
