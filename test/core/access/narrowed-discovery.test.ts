import type { Narrowing } from '#contract/access.ts';
import { AppError } from '#contract/errors.ts';
import type { Resource, Service } from '#contract/resources.ts';
import { narrowedDiscovery } from '#core/access/narrowed-discovery.ts';
import type { Discovery, Scope } from '#core/ports.ts';
import { resource } from '../../support/resources.ts';

const ARN = 'arn:aws:rds:eu-central-1:111122223333';
const shop = resource();
const cluster = resource({
  id: `${ARN}:cluster:books`,
  name: 'books',
  service: 'aurora',
  tags: { stage: 'production' },
});
const member = resource({ id: `${ARN}:db:books-1`, name: 'books-1', clusterId: 'books', tags: { stage: 'copied' } });
const tables = resource({
  id: 'arn:aws:dynamodb:eu-central-1:111122223333:table/*',
  service: 'dynamodb',
  tables: ['orders', 'payroll', 'payments'],
});
const scope = {} as Scope;

/** What the account holds; the services named here refuse to list it. */
function account(resources: readonly Resource[], denied: readonly Service[] = []) {
  const calls: string[] = [];
  const refuse = (service: Service) => {
    if (denied.includes(service)) throw new AppError('AWS_DENIED');
  };
  const discovery: Discovery = {
    async list(service) {
      calls.push(service);
      refuse(service);
      return { resources: resources.filter((each) => each.service === service), lacking: [] };
    },
    async find(id) {
      calls.push(id);
      const found = resources.find((each) => each.id === id);
      if (!found) throw new AppError('RESOURCE_NOT_FOUND');
      refuse(found.service);
      return found;
    },
    markGlobalTables: async () => [],
  };
  const as = (role: Narrowing['role'], ...narrowings: Narrowing[]) =>
    narrowedDiscovery(discovery, { narrowings, role });
  return { as, calls, discovery };
}

const hides = (where: Narrowing['where']): Narrowing => ({ role: 'editor', where, effect: 'hidden' });
const readsOnly = (where: Narrowing['where']): Narrowing => ({ role: 'editor', where, effect: 'read-only' });

test('a role without narrowings sees all, by the very same calls', () => {
  const { as, discovery } = account([shop]);
  expect(as('reader', hides({ service: 'rds' }))).toBe(discovery);
});

test('what is hidden is neither listed nor found, and the rest is', async () => {
  const seen = account([shop, member]).as('editor', hides({ arn: '*:db:shop' }));
  expect((await seen.list('rds', 'eu-central-1', scope)).resources).toEqual([member]);
  await expect(seen.find(shop.id, scope)).rejects.toEqual(new AppError('RESOURCE_NOT_FOUND'));
  expect(await seen.find(member.id, scope)).toEqual(member);
});

test('what is read-only says so', async () => {
  const seen = account([shop]).as('editor', readsOnly({ region: 'eu-central-1' }));
  expect((await seen.list('rds', 'eu-central-1', scope)).resources).toEqual([{ ...shop, access: 'read-only' }]);
  expect(await seen.find(shop.id, scope)).toMatchObject({ access: 'read-only' });
});

describe('an instance that is a member of a cluster', () => {
  it.each([
    ['its own ARN', { arn: '*:db:books-*' }],
    ["the cluster's ARN", { arn: '*:cluster:books' }],
    ["the cluster's service", { service: 'aurora' }],
    ["the cluster's tag", { tag: { key: 'stage', pattern: 'prod*' } }],
    ['its own tag', { tag: { key: 'stage', pattern: 'copied' } }],
  ] as const)('is hidden by %s', async (_, where) => {
    const seen = account([shop, cluster, member]).as('editor', hides(where));
    expect((await seen.list('rds', 'eu-central-1', scope)).resources).toEqual([shop]);
    await expect(seen.find(member.id, scope)).rejects.toMatchObject({ code: 'RESOURCE_NOT_FOUND' });
  });

  it('does not hide the others of its cluster, nor the cluster', async () => {
    const seen = account([cluster, member]).as('editor', hides({ arn: '*:db:books-1' }));
    expect((await seen.list('aurora', 'eu-central-1', scope)).resources).toEqual([cluster]);
  });

  it('is read-only where its cluster is', async () => {
    const seen = account([cluster, member]).as('editor', readsOnly({ tag: { key: 'stage', pattern: 'production' } }));
    expect(await seen.find(member.id, scope)).toMatchObject({ access: 'read-only' });
  });

  it("is left out where a tag decides and the cluster's cannot be read, and the list says what is missing", async () => {
    const seen = account([shop, cluster, member], ['aurora']).as('editor', hides({ tag: { key: 'x', pattern: '*' } }));
    expect(await seen.list('rds', 'eu-central-1', scope)).toEqual({
      resources: [shop],
      lacking: ['rds:DescribeDBClusters'],
    });
    await expect(seen.find(member.id, scope)).rejects.toMatchObject({ code: 'AWS_DENIED' });
  });

  it('costs no further call where no tag decides', async () => {
    const { as, calls } = account([cluster, member]);
    await as('editor', hides({ region: 'us-east-1' })).list('rds', 'eu-central-1', scope);
    expect(calls).toEqual(['rds']);
  });
});

describe('a region of DynamoDB', () => {
  it('lists its tables without those that are hidden', async () => {
    const seen = account([tables]).as('editor', hides({ arn: '*:table/pay*' }));
    expect(await seen.find(tables.id, scope)).toMatchObject({ tables: ['orders'] });
  });

  it('is hidden whole by its region, its service, or a pattern of all tables', async () => {
    for (const where of [{ region: 'eu-central-1' }, { service: 'dynamodb' }, { arn: '*:table/*' }] as const) {
      const seen = account([tables]).as('editor', hides(where));
      await expect(seen.find(tables.id, scope)).rejects.toMatchObject({ code: 'RESOURCE_NOT_FOUND' });
    }
  });
});
