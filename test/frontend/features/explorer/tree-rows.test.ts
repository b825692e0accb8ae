import type { Node } from '#contract/objects.ts';
import { NO_FILTER, parseFilter } from '../../../../frontend/src/features/explorer/resource-filter.ts';
import { nodeKey, pathOf, type TreeSource } from '../../../../frontend/src/features/explorer/tree-branches.ts';
import { type TreeRow, treeRows } from '../../../../frontend/src/features/explorer/tree-rows.ts';
import { connection, resource } from '../workbench/demo.ts';

const shop = connection('shop');
const node = (kind: Node['kind'], name: string, expandable = true): Node => ({ kind, name, expandable });
const ready = (...nodes: Node[]) => ({ state: 'ready', nodes }) as const;
const PUBLIC = [{ kind: 'schema' as const, name: 'public' }];
const ORDERS = [...PUBLIC, { kind: 'table' as const, name: 'orders' }];

const source = (more: Partial<TreeSource> = {}): TreeSource => ({
  resources: [shop.resource],
  sections: [],
  connections: [],
  levels: new Map(),
  toggled: new Set(),
  filter: NO_FILTER,
  levelFilters: new Map(),
  ...more,
});
/** Open down to the columns of `orders`. */
const opened = (more: Partial<TreeSource> = {}): TreeSource =>
  source({
    connections: [shop],
    levels: new Map([
      [shop.key, ready(node('schema', 'public'), node('schema', 'sales'))],
      [nodeKey(shop, PUBLIC), ready(node('table', 'orders'), node('table', 'customers'), node('view', 'totals'))],
      [nodeKey(shop, ORDERS), ready(node('column', 'id', false), node('column', 'customer_id', false))],
    ]),
    toggled: new Set([shop.key, nodeKey(shop, PUBLIC), nodeKey(shop, ORDERS)]),
    ...more,
  });
/** Each row as its label, indented. */
const drawn = (given: TreeSource) => treeRows(given).map((row) => '  '.repeat(row.level - 1) + row.label);
const find = (given: TreeSource, label: string): TreeRow => {
  const row = treeRows(given).find((one) => one.label === label);
  if (!row) throw new Error(`There is no row ${label}.`);
  return row;
};

describe('the rows of the tree', () => {
  it('group resources by service and region, in the order of the services', () => {
    const far = resource('far', { id: 'far', region: 'us-east-1' });
    const items = resource('items', { id: 'items', service: 'dynamodb', engine: 'dynamodb' });
    expect(drawn(source({ resources: [items, far, resource('ledger'), resource('shop')] }))).toEqual([
      'RDS · eu-central-1',
      '  ledger',
      '  shop',
      'RDS · us-east-1',
      '  far',
      'DynamoDB · eu-central-1',
      '  items',
    ]);
  });

  it('close a group that somebody closed', () => {
    const group = treeRows(source())[0];
    expect(drawn(source({ toggled: new Set([group?.key ?? '']) }))).toEqual(['RDS · eu-central-1']);
  });

  it('show the connections of a resource below it, closed', () => {
    const row = find(source({ connections: [shop] }), 'RDS · eu-central-1');
    expect(row).toMatchObject({ kind: 'group', count: 1, expanded: true });
    const rows = treeRows(source({ connections: [shop] }));
    expect(rows.map(({ kind, expanded }) => [kind, expanded])).toEqual([
      ['group', true],
      ['resource', true],
      ['connection', false],
    ]);
  });

  it('put kinds in folders, the first of which stands open', () => {
    expect(drawn(opened())).toEqual([
      'RDS · eu-central-1',
      '  shop',
      '    shop',
      '      public',
      '        Tables',
      '          orders',
      '            id',
      '            customer_id',
      '          customers',
      '        Views',
      '      sales',
    ]);
  });

  it('know their place among their siblings, for screen readers', () => {
    expect(find(opened(), 'customers')).toMatchObject({ level: 6, position: 2, siblings: 2, expandable: true });
    expect(find(opened(), 'Views')).toMatchObject({ position: 2, siblings: 2, expanded: false });
  });

  it('carry the path of each object', () => {
    expect(find(opened(), 'customer_id')).toMatchObject({
      kind: 'node',
      path: [...ORDERS, { kind: 'column', name: 'customer_id' }],
    });
  });

  it('have keys of their own, overloaded functions too', () => {
    const functions = ready(
      { kind: 'function', name: 'total', detail: 'integer', expandable: false },
      { kind: 'function', name: 'total', detail: 'text', expandable: false },
    );
    const given = source({
      connections: [shop],
      levels: new Map([[shop.key, functions]]),
      toggled: new Set([shop.key]),
    });
    const keys = treeRows(given).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it.each([
    [{ state: 'loading' }, 'Loading…'],
    [{ state: 'failed', message: 'The database cannot be reached.' }, 'The database cannot be reached.'],
    [ready(), 'Nothing is here'],
  ] as const)('say of a level that is %j', (level, said) => {
    const given = source({ connections: [shop], levels: new Map([[shop.key, level]]), toggled: new Set([shop.key]) });
    expect(treeRows(given).at(-1)).toMatchObject({ kind: 'message', label: said, connection: shop, path: [] });
  });
});

describe('the filter', () => {
  it('keeps what matches and what leads to it', () => {
    expect(drawn(opened({ filter: parseFilter('CUSTOMER') }))).toEqual([
      'RDS · eu-central-1',
      '  shop',
      '    shop',
      '      public',
      '        Tables',
      '          orders',
      '            customer_id',
      '          customers',
    ]);
  });

  it('opens what leads to a match, and nothing else', () => {
    const closed = opened({ filter: parseFilter('totals'), toggled: new Set() });
    expect(drawn(closed).at(-1)?.trim()).toBe('totals');
    expect(drawn(closed).join()).not.toContain('orders');
  });

  it('leaves everything in sight below a match', () => {
    expect(drawn(opened({ filter: parseFilter('orders') }))).toContain('            customer_id');
  });

  it('leaves nothing where nothing matches', () => {
    expect(drawn(opened({ filter: parseFilter('zebra') }))).toEqual([]);
  });

  it('is not kept by a level that is still loading', () => {
    const loading = source({
      connections: [shop],
      levels: new Map([[shop.key, { state: 'loading' }]]),
      filter: parseFilter('zebra'),
    });
    expect(drawn(loading)).toEqual([]);
  });
});

describe('a cluster', () => {
  const orders = resource('orders', {
    id: 'cluster:orders',
    service: 'aurora',
    endpoints: [
      { host: 'orders.cluster', port: 5432, use: 'writer' },
      { host: 'orders.cluster-ro', port: 5432, use: 'reader', readOnly: true },
      { host: 'reports.cluster', port: 5432, use: 'custom', name: 'reports' },
    ],
  });
  const first = resource('orders-1', { clusterId: 'orders', status: 'stopped' });
  const cluster = (more: Partial<TreeSource> = {}) => source({ resources: [first, orders], ...more });
  const below = ['    writer', '    reader', '    reports', '    orders-1'];

  it('is closed at first, and has its endpoints and its instances below it', () => {
    expect(drawn(cluster())).toEqual(['Aurora · eu-central-1', '  orders']);
    expect(drawn(cluster({ toggled: new Set(['cluster:orders']) })).slice(2)).toEqual(below);
  });

  it('stands open with its connections, which come first', () => {
    const connections = [connection('orders', { resource: orders })];
    expect(drawn(cluster({ connections })).slice(2)).toEqual(['    orders', ...below]);
  });

  it('is in sight for an instance that a term lets through, and opens for it', () => {
    expect(drawn(cluster({ filter: parseFilter('status:stopped') })).slice(1)).toEqual(['  orders', '    orders-1']);
  });

  it('keeps everything below it in sight where a term lets it through, and leaves it closed', () => {
    const filter = parseFilter('service:aurora');
    expect(drawn(cluster({ filter })).slice(1)).toEqual(['  orders']);
    expect(drawn(cluster({ filter, toggled: new Set(['cluster:orders']) })).slice(2)).toEqual(below);
  });
});

describe('the tables of DynamoDB', () => {
  const items = resource('items', {
    id: 'items',
    service: 'dynamodb',
    engine: 'dynamodb',
    endpoints: [],
    tables: ['carts', 'users'],
    globalTables: { users: ['us-east-1'] },
    readOnlyTables: ['carts'],
  });

  it('are listed before anybody connects, with the other regions of a global one', () => {
    const rows = treeRows(source({ resources: [items], toggled: new Set(['items']) }));
    expect(rows.slice(2)).toMatchObject([
      { kind: 'table', table: 'carts', replicas: [], readOnly: true },
      { kind: 'table', table: 'users', replicas: ['us-east-1'], readOnly: false },
    ]);
  });

  it('are found by their names', () => {
    expect(drawn(source({ resources: [items], filter: parseFilter('cart') })).at(-1)).toBe('    carts');
  });

  it('are the connection’s own once there is one', () => {
    const connections = [connection('items', { resource: items })];
    expect(drawn(source({ resources: [items], connections }))).toHaveLength(3);
  });
});

describe('another account', () => {
  const account = { name: 'Partner', roleArn: 'arn:aws:iam::444455556666:role/lodge' };
  const crm = resource('crm', { id: 'crm' });
  const section = { account, discovery: { state: 'complete' as const, cells: [], resources: [crm] } };
  const both = (more: Partial<TreeSource> = {}) => source({ sections: [section], ...more });

  it('is a section of its own below one’s own resources', () => {
    expect(drawn(both())).toEqual(['RDS · eu-central-1', '  shop', 'Partner', '  RDS · eu-central-1', '    crm']);
    expect(find(both(), 'crm')).toMatchObject({ kind: 'resource', account });
  });

  it('has the connections that go through its role', () => {
    const through = connection('crm', { resource: crm, assume: { roleArn: account.roleArn } });
    expect(drawn(both({ connections: [through] })).slice(4)).toEqual(['    crm', '      crm']);
  });

  it('does not mix a resource that both see', () => {
    const twice = both({ resources: [crm], connections: [connection('crm', { resource: crm })] });
    const keys = treeRows(twice).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(drawn(twice)).toEqual([
      'RDS · eu-central-1',
      '  crm',
      '    crm',
      'Partner',
      '  RDS · eu-central-1',
      '    crm',
    ]);
  });

  it('leaves the list with a filter that finds nothing in it', () => {
    expect(drawn(both({ filter: parseFilter('shop') }))).not.toContain('Partner');
    expect(drawn(both({ filter: parseFilter('crm') }))).toEqual(['Partner', '  RDS · eu-central-1', '    crm']);
  });

  it('is on the list while nothing is known of it', () => {
    const empty = { account, discovery: { state: 'failed' as const, cells: [], resources: [] } };
    expect(drawn(both({ sections: [empty] })).at(-1)).toBe('Partner');
  });
});

describe('words of a filter', () => {
  it('may be found in a resource and below it together', () => {
    expect(drawn(opened({ filter: parseFilter('shop customer_id') })).at(-1)).toBe('            customer_id');
    expect(drawn(opened({ filter: parseFilter('ledger customer_id') }))).toEqual([]);
  });

  it('count what is left in a group', () => {
    const two = source({ resources: [shop.resource, resource('ledger')], filter: parseFilter('ledger') });
    expect(find(two, 'RDS · eu-central-1')).toMatchObject({ kind: 'group', count: 1 });
  });
});

describe('the filter of one level', () => {
  it('narrows the rows right below, and shows what was typed', () => {
    const tables = `${nodeKey(shop, PUBLIC)}/table`;
    const given = opened({ levelFilters: new Map([[tables, 'ord']]) });
    expect(drawn(given)).toContain('          orders');
    expect(drawn(given)).not.toContain('          customers');
    expect(drawn(given)).toContain('            customer_id');
    expect(find(given, 'Tables')).toMatchObject({ levelFilter: 'ord' });
  });
});

describe('a key', () => {
  it('leads back to the path', () => {
    const path = [
      { kind: 'schema' as const, name: 'a/b:c d' },
      { kind: 'table' as const, name: 'é' },
    ];
    expect(pathOf(nodeKey(shop, path))).toEqual(path);
    expect(pathOf(nodeKey(shop, []))).toEqual([]);
  });
});

describe('a hundred thousand tables', () => {
  it('become rows, and one of them is found', () => {
    const many = Array.from({ length: 100_000 }, (_, at) => node('table', `table_${at}`));
    const given = opened({ levels: new Map([[shop.key, ready(...many.slice(0, 1_000))]]) });
    const big = { ...given, levels: new Map([[shop.key, { state: 'ready' as const, nodes: many }]]) };
    expect(treeRows(big)).toHaveLength(100_003);
    expect(
      drawn({ ...big, filter: parseFilter('table_99999') })
        .at(-1)
        ?.trim(),
    ).toBe('table_99999');
  });
});
