import type { Resource } from '#contract/resources.ts';
import { parseFilter } from '../../../../frontend/src/features/explorer/resource-filter.ts';
import {
  facetsOf,
  mayHold,
  termsMatcher,
  wordsLeft,
} from '../../../../frontend/src/features/explorer/resource-index.ts';
import { resource } from '../workbench/demo.ts';

const shop = resource('shop', { tags: { Team: 'store', env: 'prod' }, reach: { way: 'direct' } });
const ledger = resource('ledger', {
  engine: 'mysql',
  awsEngine: 'aurora-mysql',
  service: 'aurora',
  region: 'us-east-1',
  status: 'stopped',
  tags: { team: 'books' },
  reach: { way: 'connector', network: 'Main' },
});
const { engine: _, ...graph } = resource('graph', {
  awsEngine: 'neptune',
  region: 'eu-west-1',
  reach: { way: 'none', reason: 'x' },
});
const all: Resource[] = [shop, ledger, graph];
const found = (text: string) => {
  const filter = parseFilter(text);
  const matches = termsMatcher(filter, all);
  return all.filter((one) => matches(one) && wordsLeft(one, filter.words).length === 0).map(({ name }) => name);
};

describe('a resource is found', () => {
  it.each([
    ['service:aurora', ['ledger']],
    ['engine:mysql', ['ledger']],
    ['engine:aurora-mysql', ['ledger']],
    ['engine:neptune', ['graph']],
    ['region:us-east-1', ['ledger']],
    ['status:stopped', ['ledger']],
    ['reach:none', ['graph']],
    ['reach:connector', ['ledger']],
    ['reach:main', ['ledger']],
    ['tag:team=store', ['shop']],
    ['tag:team', ['shop', 'ledger']],
    ['store', ['shop']],
    ['POSTGRESQL shop', ['shop']],
    ['', ['shop', 'ledger', 'graph']],
    ['zebra', []],
  ])('by %j', (text, names) => {
    expect(found(text)).toEqual(names);
  });

  it('by any of the values of one field, and by all the fields', () => {
    expect(found('region:us-east-1 region:eu-west-1')).toEqual(['ledger', 'graph']);
    expect(found('region:us-east-1 region:eu-west-1 status:available')).toEqual(['graph']);
  });

  it('by each of several tags, and by any value of one', () => {
    expect(found('tag:team=store tag:team=books')).toEqual(['shop', 'ledger']);
    expect(found('tag:team tag:env=prod')).toEqual(['shop']);
  });

  it('by the beginning of a value that nothing has whole', () => {
    expect(found('region:eu')).toEqual(['shop', 'graph']);
  });

  it('by a value alone, where something has it whole', () => {
    const proxy = resource('proxy', { service: 'rds-proxy' });
    const matches = termsMatcher(parseFilter('service:rds'), [shop, proxy]);
    expect([shop, proxy].filter(matches)).toEqual([shop]);
  });
});

it('may hold below it what its endpoints or its tables are called', () => {
  const items = resource('items', { service: 'dynamodb', tables: ['Orders'] });
  expect(['shop.example', 'orders', 'zebra'].map((word) => mayHold(items, [word]))).toEqual([false, true, false]);
  expect([mayHold(shop, ['shop.example']), mayHold(shop, ['shop', 'zebra']), mayHold(shop, [])]).toEqual([
    true,
    false,
    true,
  ]);
});

describe('the facets', () => {
  const counts = (text: string, field: keyof ReturnType<typeof facetsOf>) =>
    facetsOf(all, parseFilter(text))[field].map(({ value, count }) => [value, count]);

  it('count what there is of each value, the most first', () => {
    expect(counts('', 'service')).toEqual([
      ['rds', 2],
      ['aurora', 1],
    ]);
    expect(counts('', 'engine')).toEqual([
      ['mysql', 1],
      ['neptune', 1],
      ['postgres', 1],
    ]);
  });

  it('count among what the other fields and the words let through, and keep their order', () => {
    expect(counts('region:us-east-1', 'service')).toEqual([
      ['rds', 0],
      ['aurora', 1],
    ]);
    expect(counts('region:us-east-1', 'region')).toHaveLength(3);
    expect(counts('shop', 'region')[0]).toEqual(['eu-central-1', 1]);
    expect(counts('shop', 'tag')).toContainEqual(['team=store', 1]);
  });

  it('leave out tags that tell every resource from every other', () => {
    const named = Array.from({ length: 20 }, (_, at) =>
      resource(`db-${at}`, { tags: { Name: `db-${at}`, team: at % 2 ? 'a' : 'b' } }),
    );
    expect(facetsOf(named, parseFilter('')).tag.map(({ value }) => value)).toEqual(['team=a', 'team=b']);
  });
});
