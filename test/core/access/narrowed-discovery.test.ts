import * as fc from 'fast-check';
import type { Narrowing } from '#contract/access.ts';
import { AppError } from '#contract/errors.ts';
import { type Resource, Service, type Tags } from '#contract/resources.ts';
import { narrowedDiscovery } from '#core/access/narrowed-discovery.ts';
import type { Discovery, Scope } from '#core/ports/discovery.ts';
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

/** Of these their tags must be asked for, one by one. */
const ASKED: readonly Service[] = ['rds-proxy', 'documentdb', 'documentdb-elastic', 'redshift-serverless'];
const TAGS = 'some:ListTags';
const denial = (action: string) => new AppError('AWS_DENIED', { details: { action } });

interface Trouble {
  /** Services that refuse to list. */
  readonly denied?: readonly Service[];
  /** ARNs, or names of tables, whose tags cannot be read, and why. */
  readonly unread?: Readonly<Record<string, 'denied' | 'throttled'>>;
  readonly tables?: Readonly<Record<string, Tags>>;
}

/** What the account holds, as AWS tells it: the members of clusters are listed by RDS. */
function account(resources: readonly Resource[], { denied = [], unread = {}, tables: tagged = {} }: Trouble = {}) {
  const calls: string[] = [];
  const refuse = (service: Service) => {
    if (denied.includes(service)) throw denial('some:List');
  };
  const untold = ({ tags, ...resource }: Resource): Resource =>
    ASKED.includes(resource.service) && !resource.clusterId ? resource : { ...resource, ...(tags && { tags }) };
  const whys = (asked: readonly string[]) =>
    [...new Set(asked.flatMap((each) => unread[each] ?? []))].map((why) => ({ action: TAGS, why }));
  const discovery: Discovery = {
    async list(service) {
      calls.push(service);
      refuse(service);
      const listed = resources.filter((each) => (each.clusterId ? 'rds' : each.service) === service);
      return {
        resources: listed.map((each) => (unread[each.id] ? untold(each) : each)),
        lacking: [],
        unread: whys(listed.map(({ id }) => id)),
      };
    },
    async find(id) {
      calls.push(id);
      const found = resources.find((each) => each.id === id);
      if (!found) throw new AppError('RESOURCE_NOT_FOUND');
      refuse(found.service);
      return untold(found);
    },
    async tags(id) {
      calls.push(`tags of ${id}`);
      if (unread[id]) throw unread[id] === 'denied' ? denial(TAGS) : new AppError('THROTTLED');
      return resources.find((each) => each.id === id)?.tags ?? {};
    },
    async tableTags(_region, names) {
      calls.push(`tags of ${names}`);
      const read = names.filter((name) => !unread[name]).map((name) => [name, tagged[name] ?? {}] as const);
      return { tags: new Map(read), unread: whys(names) };
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
    const seen = account([shop, cluster, member], { denied: ['aurora'] }).as(
      'editor',
      hides({ tag: { key: 'x', pattern: '*' } }),
    );
    expect(await seen.list('rds', 'eu-central-1', scope)).toEqual({
      resources: [shop],
      lacking: [],
      withheld: [{ action: 'some:List', why: 'denied' }],
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

/** One of each kind whose tags take a call of their own, and a member of a cluster of DocumentDB. */
const PROD = { env: 'prod' };
const asked = [
  resource({ id: `${ARN}:db-proxy:prx-1`, name: 'proxy', service: 'rds-proxy', tags: PROD }),
  resource({ id: `${ARN}:cluster:catalog`, name: 'catalog', service: 'documentdb', tags: PROD }),
  resource({ id: 'arn:aws:docdb-elastic:x', name: 'elastic', service: 'documentdb-elastic', tags: PROD }),
  resource({ id: 'arn:aws:redshift-serverless:x', name: 'adhoc', service: 'redshift-serverless', tags: PROD }),
] as const;
const ofDocumentDb = resource({
  id: `${ARN}:db:catalog-1`,
  service: 'documentdb',
  clusterId: 'catalog',
  tags: { env: 'copied' },
});
const hidesProd = hides({ tag: { key: 'env', pattern: 'prod' } });

describe.each(asked)('tags that take a call of their own: $service', (one) => {
  it('hide it from lists, and from whoever connects by its ARN', async () => {
    const seen = account([one]).as('editor', hidesProd);
    expect((await seen.list(one.service, 'eu-central-1', scope)).resources).toEqual([]);
    await expect(seen.find(one.id, scope)).rejects.toEqual(new AppError('RESOURCE_NOT_FOUND'));
  });

  it('let it be seen where they are others, and make it read-only', async () => {
    const other = account([one]).as('editor', hides({ tag: { key: 'env', pattern: 'test' } }));
    expect((await other.list(one.service, 'eu-central-1', scope)).resources).toEqual([one]);
    expect(await other.find(one.id, scope)).toEqual(one);
    const narrowed = account([one]).as('editor', readsOnly({ tag: { key: 'env', pattern: 'prod' } }));
    expect(await narrowed.find(one.id, scope)).toMatchObject({ access: 'read-only' });
  });

  it('are taken to hide it where they cannot be read, and the list says by which call', async () => {
    for (const why of ['denied', 'throttled'] as const) {
      const seen = account([one], { unread: { [one.id]: why } }).as(
        'editor',
        hides({ tag: { key: 'x', pattern: '*' } }),
      );
      expect(await seen.list(one.service, 'eu-central-1', scope)).toEqual({
        resources: [],
        lacking: [],
        withheld: [{ action: TAGS, why }],
      });
      const code = why === 'denied' ? 'AWS_DENIED' : 'THROTTLED';
      await expect(seen.find(one.id, scope)).rejects.toMatchObject({ code });
    }
  });

  it('are taken to make it read-only where that is all that they could do', async () => {
    const rule = readsOnly({ tag: { key: 'x', pattern: '*' } });
    const seen = account([one], { unread: { [one.id]: 'denied' } }).as('editor', rule);
    expect(await seen.find(one.id, scope)).toMatchObject({ access: 'read-only' });
    expect(await seen.list(one.service, 'eu-central-1', scope)).toMatchObject({
      resources: [{ access: 'read-only' }],
      withheld: [{ action: TAGS, why: 'denied' }],
    });
  });

  it('are neither asked for nor missed where no rule for it goes by them', async () => {
    const { as, calls } = account([one], { unread: { [one.id]: 'denied' } });
    const elsewhere = { ...hidesProd, where: { ...hidesProd.where, region: 'us-east-1' } };
    const seen = as('editor', elsewhere, { ...hidesProd, role: 'reader' }, readsOnly({ service: one.service }));
    expect(await seen.find(one.id, scope)).toMatchObject({ name: one.name, access: 'read-only' });
    expect((await seen.list(one.service, 'eu-central-1', scope)).withheld).toBeUndefined();
    expect(calls).toEqual([one.id, one.service]);
  });
});

describe('a member of a cluster of DocumentDB', () => {
  it('is judged by the tags of its cluster', async () => {
    const seen = account([...asked, ofDocumentDb]).as('editor', hidesProd);
    expect((await seen.list('rds', 'eu-central-1', scope)).resources).toEqual([]);
    await expect(seen.find(ofDocumentDb.id, scope)).rejects.toMatchObject({ code: 'RESOURCE_NOT_FOUND' });
  });

  it('is left out where those cannot be read', async () => {
    const seen = account([...asked, ofDocumentDb], { unread: { [`${ARN}:cluster:catalog`]: 'denied' } });
    const found = await seen.as('editor', hidesProd).list('rds', 'eu-central-1', scope);
    expect(found).toEqual({ resources: [], lacking: [], withheld: [{ action: TAGS, why: 'denied' }] });
  });
});

describe('tables of DynamoDB that bear tags', () => {
  const tagged = { payroll: PROD, orders: { env: 'test' } };

  it('are hidden and read-only one by one', async () => {
    const seen = account([tables], { tables: tagged }).as(
      'editor',
      hidesProd,
      readsOnly({ tag: { key: 'env', pattern: 't*' } }),
    );
    expect((await seen.list('dynamodb', 'eu-central-1', scope)).resources).toEqual([
      { ...tables, tables: ['orders', 'payments'], readOnlyTables: ['orders'] },
    ]);
  });

  it('are asked only for those whose tags might decide', async () => {
    const { as, calls } = account([tables], { tables: tagged });
    const seen = as(
      'editor',
      hides({ arn: '*:table/pay*', tag: { key: 'env', pattern: 'prod' } }),
      hides({ arn: '*/payments' }),
    );
    expect((await seen.list('dynamodb', 'eu-central-1', scope)).resources[0]?.tables).toEqual(['orders']);
    expect(calls).toEqual(['dynamodb', 'tags of payroll']);
  });

  it('are left out where their tags cannot be read, and the list says by which call', async () => {
    const seen = account([tables], { unread: { orders: 'denied' } }).as('editor', hidesProd);
    expect(await seen.list('dynamodb', 'eu-central-1', scope)).toMatchObject({
      resources: [{ tables: ['payroll', 'payments'] }],
      withheld: [{ action: TAGS, why: 'denied' }],
    });
  });

  it('are not read for whoever connects to the region, and not named then', async () => {
    const { as, calls } = account([tables], { tables: tagged });
    expect(await as('editor', hidesProd).find(tables.id, scope)).toMatchObject({ tables: [] });
    expect(calls).toEqual([tables.id]);
  });
});

test('what bears a hidden tag never leaves, whatever fails', async () => {
  const everything = [shop, cluster, member, ...asked, ofDocumentDb, tables].map((each) => ({
    ...each,
    tags: each.service === 'dynamodb' ? {} : PROD,
  }));
  const names = [...everything.map(({ id }) => id), ...(tables.tables ?? [])];
  const why = fc.option(fc.constantFrom('denied' as const, 'throttled' as const), { nil: undefined });
  await fc.assert(
    fc.asyncProperty(
      fc.subarray([...Service.options]),
      fc.array(why, { minLength: names.length, maxLength: names.length }),
      fc.subarray([hides({ service: 'redshift' }), readsOnly({ region: 'eu-central-1' }), readsOnly({ arn: '*' })]),
      async (denied, whys, others) => {
        const unread = Object.fromEntries(names.flatMap((name, at) => (whys[at] ? [[name, whys[at]]] : [])));
        const tagged = Object.fromEntries((tables.tables ?? []).map((name) => [name, PROD]));
        const seen = account(everything, { denied, unread, tables: tagged }).as('editor', ...others, hidesProd);
        const lists = await Promise.allSettled(Service.options.map((each) => seen.list(each, 'eu-central-1', scope)));
        const finds = await Promise.allSettled(everything.map(({ id }) => seen.find(id, scope)));
        const told = [
          ...lists.flatMap((each) => (each.status === 'fulfilled' ? each.value.resources : [])),
          ...finds.flatMap((each) => (each.status === 'fulfilled' ? each.value : [])),
        ];
        expect(told.filter(({ service, tables: shown = [] }) => service !== 'dynamodb' || shown.length > 0)).toEqual(
          [],
        );
      },
    ),
    { numRuns: 300 },
  );
});
