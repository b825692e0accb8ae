import { together } from '#core/local/account/holdings.ts';

const secret = (name: string) => ({
  accountId: '111122223333',
  region: 'eu-central-1',
  arn: `arn:aws:secretsmanager:eu-central-1:111122223333:secret:${name}`,
  name,
  versions: [],
  tags: {},
});

test('what several demos hold is one list a kind, in their order', () => {
  const holdings = together([{ secrets: [secret('b')] }, {}, { secrets: [secret('a'), secret('c')] }]);
  expect(holdings.secrets.map(({ name }) => name)).toEqual(['b', 'a', 'c']);
});

test('of what nobody holds there is an empty list', () => {
  expect(Object.values(together([])).flat()).toEqual([]);
});
