import type { Narrowing } from '#contract/access.ts';
import { AppError } from '#contract/errors.ts';
import { type Resource, ResourcesRecord, Service } from '#contract/resources.ts';
import type { Discovery, Found } from '#core/ports/discovery.ts';
import { listResources } from '../../lambdas/explorer/list-resources.ts';
import { noRules, noTags, ownKeys } from '../support/databases.ts';
import { sessionOf } from '../support/people.ts';
import { standing } from '../support/ports.ts';
import { resource } from '../support/resources.ts';

const store = { ...noRules, instance: async () => ({ regions: ['eu-central-1', 'us-east-1'] }) as never };

const found = (...resources: Resource[]): Found => ({ resources, lacking: [] });
const nothing: Discovery = {
  ...noTags,
  list: async () => found(),
  find: () => Promise.reject(new AppError('RESOURCE_NOT_FOUND')),
  markGlobalTables: async () => [],
};

async function list(discovery: Partial<Discovery>, regions?: string[], narrowings: Narrowing[] = []) {
  const ruled = { ...store, access: async () => ({ rules: [], narrowings, revision: 1 }) };
  const handler = listResources({ discovery: { ...nothing, ...discovery }, store: ruled, roles: ownKeys });
  const { signal } = new AbortController();
  const input = { params: undefined, query: undefined, body: { regions } };
  const records: ResourcesRecord[] = [];
  for await (const record of await handler(input, {
    session: sessionOf('reader'),
    standing,
    requestId: 'r-1',
    address: '192.0.2.1',
    signal,
  }))
    records.push(ResourcesRecord.parse(record));
  return records;
}

/** The records of one service and region. */
const answers = (records: ResourcesRecord[]) => records.filter((record) => record.type === 'resources');

describe('listing resources', () => {
  it("asks every service in every one of the instance's regions", async () => {
    const records = await list({});
    expect(
      answers(records)
        .map(({ service, region }) => `${service} ${region}`)
        .sort(),
    ).toEqual(Service.options.flatMap((service) => [`${service} eu-central-1`, `${service} us-east-1`]).sort());
  });

  it('asks only the regions that were named, each once', async () => {
    const records = await list({}, ['eu-west-1', 'eu-west-1']);
    expect(new Set(answers(records).map(({ region }) => region))).toEqual(new Set(['eu-west-1']));
    expect(answers(records)).toHaveLength(Service.options.length);
  });

  it("streams nothing of what the rules hide from the user's role, and marks what they let it only read", async () => {
    const shop = resource();
    const payroll = resource({ id: 'arn:aws:rds:eu-central-1:111122223333:db:payroll', name: 'payroll' });
    const tables = resource({
      id: 'arn:aws:dynamodb:eu-central-1:111122223333:table/*',
      service: 'dynamodb',
      tables: ['wages', 'orders'],
    });
    const marking = async (asked: readonly Resource[]) => asked.map((each) => ({ ...each, globalTables: {} }));
    const listing: Discovery['list'] = async (service, region) => {
      if (service === 'rds') return found(shop, payroll);
      return service === 'dynamodb' ? found({ ...tables, region }) : found();
    };
    const hidden = { role: 'reader', effect: 'hidden' } as const;
    const records = await list(
      { list: listing, markGlobalTables: marking },
      ['eu-central-1', 'us-east-1'],
      [
        { ...hidden, where: { arn: '*:db:payroll' } },
        { ...hidden, where: { arn: '*:table/wages' } },
        { role: 'reader', effect: 'read-only', where: { arn: '*:db:shop' } },
        { role: 'editor', effect: 'hidden', where: { service: 'rds' } },
      ],
    );
    expect(JSON.stringify(records)).not.toMatch(/payroll|wages/);
    const rds = answers(records).find(({ service }) => service === 'rds');
    expect(rds?.resources).toEqual([{ ...shop, access: 'read-only' }]);
    expect(answers(records).filter(({ service }) => service === 'dynamodb').length).toBeGreaterThan(2);
  });

  it('ends with an end record', async () => {
    expect((await list({})).at(-1)).toMatchObject({ type: 'end' });
  });

  it('carries what was found', async () => {
    const shop = resource();
    const listing: Discovery['list'] = async (service) => (service === 'rds' ? found(shop) : found());
    const records = await list({ list: listing }, ['eu-central-1']);
    expect(answers(records).find(({ service }) => service === 'rds')).toEqual({
      ...{ type: 'resources', service: 'rds', region: 'eu-central-1', status: 'ok' },
      resources: [shop],
    });
  });

  it("uses the user's own account and credentials", async () => {
    const scopes: unknown[] = [];
    await list(
      {
        list: async (_service, _region, scope) => {
          scopes.push(scope);
          return found();
        },
      },
      ['eu-central-1'],
    );
    const { credentials } = sessionOf('reader');
    for (const scope of scopes)
      expect(scope).toMatchObject({ partition: 'aws', accountId: '111122223333', credentials });
  });

  it('names the action that is missing where a service is denied, and goes on with the others', async () => {
    const denied = new AppError('AWS_DENIED', { details: { action: 'rds:DescribeDBInstances' } });
    const records = await list(
      { list: async (service) => (service === 'rds' ? Promise.reject(denied) : found(resource({ service }))) },
      ['eu-central-1'],
    );
    expect(answers(records).find(({ service }) => service === 'rds')).toMatchObject({
      status: 'denied',
      action: 'rds:DescribeDBInstances',
      resources: [],
    });
    expect(answers(records).filter(({ status }) => status === 'ok')).toHaveLength(Service.options.length - 1);
  });

  it.each([
    ['THROTTLED', 'throttled', /slow down/],
    ['REGION_DISABLED', 'disabled', /not enabled/],
    ['AWS_UNAVAILABLE', 'failed', /did not answer/],
    ['SESSION_EXPIRED', 'failed', /Sign in again/],
  ] as const)('%s is a record of its own: %s', async (code, status, words) => {
    const records = await list({ list: () => Promise.reject(new AppError(code)) }, ['eu-central-1']);
    for (const record of answers(records)) {
      expect(record).toMatchObject({ status, resources: [] });
      expect(record.message).toMatch(words);
    }
  });

  it('says that a call took too long, where the way to AWS did', async () => {
    const cause = Object.assign(new Error('after 10000 ms'), { name: 'TimeoutError' });
    const failed = new AppError('AWS_UNAVAILABLE', { cause });
    const records = await list({ list: () => Promise.reject(failed) }, ['eu-central-1']);
    for (const record of answers(records)) expect(record).toMatchObject({ status: 'timeout' });
  });

  it('says which actions would have added details', async () => {
    const lacking = ['rds:DescribeDBSubnetGroups'];
    const records = await list({ list: async () => ({ resources: [resource()], lacking }) }, ['eu-central-1']);
    for (const record of answers(records)) expect(record).toMatchObject({ status: 'ok', lacking });
  });

  it('marks global tables in later records, once every region has told its tables', async () => {
    const tables = (region: string) => resource({ service: 'dynamodb', region, tables: ['orders', region] });
    const marked = (regions: readonly Resource[]) =>
      regions.map((each) => ({ ...each, globalTables: { orders: ['elsewhere'] } }));
    const records = await list({
      list: async (service, region) => (service === 'dynamodb' ? found(tables(region)) : found()),
      markGlobalTables: async (regions) => marked(regions).slice(0, 1),
    });
    const ofTables = answers(records).filter(({ service }) => service === 'dynamodb');
    expect(ofTables.map(({ region }) => region)).toEqual(['eu-central-1', 'us-east-1', 'eu-central-1']);
    expect(ofTables[2]?.resources[0]?.globalTables).toEqual({ orders: ['elsewhere'] });
  });

  it('says what was left out for tags that could not be read, also beside the marks of global tables', async () => {
    const action = 'dynamodb:ListTagsOfResource';
    const records = await list(
      {
        list: async (service, region) =>
          service === 'dynamodb' ? found(resource({ service, region, tables: ['orders'] })) : found(),
        tableTags: async () => ({ tags: new Map(), unread: [{ action, why: 'denied' }] }),
        markGlobalTables: async (regions) => regions.slice(0, 1),
      },
      undefined,
      [{ role: 'reader', where: { tag: { key: 'env', pattern: 'prod' } }, effect: 'hidden' }],
    );
    const ofTables = answers(records).filter(({ service }) => service === 'dynamodb');
    expect(ofTables).toHaveLength(3);
    for (const record of ofTables)
      expect(record).toMatchObject({
        status: 'ok',
        withheld: [{ action, why: 'denied' }],
        resources: [{ tables: [] }],
      });
  });

  it('asks for no global tables where only one region has tables', async () => {
    const asked: unknown[] = [];
    await list({
      list: async (service, region) =>
        service === 'dynamodb' && region === 'us-east-1' ? found(resource({ service, region })) : found(),
      markGlobalTables: async (regions) => {
        asked.push(regions);
        return [];
      },
    });
    expect(asked).toEqual([]);
  });

  it('ends the calls under way where the reader leaves', async () => {
    const signals: AbortSignal[] = [];
    const listing: Discovery['list'] = async (service, _region, { signal }) => {
      signals.push(signal);
      return service === 'rds' ? found() : new Promise(() => {});
    };
    const handler = listResources({ discovery: { ...nothing, list: listing }, store, roles: ownKeys });
    const context = {
      session: sessionOf('reader'),
      standing,
      requestId: 'r-1',
      address: '192.0.2.1',
      signal: new AbortController().signal,
    };
    for await (const record of await handler({ params: undefined, query: undefined, body: {} }, context)) {
      expect(record).toMatchObject({ service: 'rds' });
      break;
    }
    expect(signals.length).toBeGreaterThan(1);
    expect(signals.every(({ aborted }) => aborted)).toBe(true);
  });

  it('shows nothing of an error that nobody expected', async () => {
    const records = await list({ list: () => Promise.reject(new Error('secret inside')) }, ['eu-central-1']);
    expect(JSON.stringify(records)).not.toContain('secret inside');
    expect(answers(records).every(({ status }) => status === 'failed')).toBe(true);
  });

  it('does not wait for a slow region before it answers for the quick ones', async () => {
    const slow = Promise.withResolvers<Found>();
    const handler = listResources({
      discovery: { ...nothing, list: async (_service, region) => (region === 'us-east-1' ? slow.promise : found()) },
      store,
      roles: ownKeys,
    });
    const input = { params: undefined, query: undefined, body: {} };
    const signal = new AbortController().signal;
    const stream = await handler(input, {
      session: sessionOf('reader'),
      standing,
      requestId: 'r',
      address: '192.0.2.1',
      signal,
    });
    const regions: string[] = [];
    for await (const record of stream) {
      const parsed = ResourcesRecord.parse(record);
      if (parsed.type === 'resources') regions.push(parsed.region);
      if (regions.length === Service.options.length) slow.resolve(found());
    }
    expect(new Set(regions.slice(0, Service.options.length))).toEqual(new Set(['eu-central-1']));
    expect(regions).toHaveLength(2 * Service.options.length);
  });
});
