import { AppError } from '#contract/errors.ts';
import { ResourcesRecord, Service } from '#contract/resources.ts';
import type { Discovery } from '#core/ports.ts';
import { listResources } from '../../lambdas/explorer/list-resources.ts';
import { ownKeys } from '../support/databases.ts';
import { sessionOf } from '../support/people.ts';
import { resource } from '../support/resources.ts';

const store = { instance: async () => ({ regions: ['eu-central-1', 'us-east-1'] }) as never };

async function list(discovery: Partial<Discovery>, regions?: string[], signal = new AbortController().signal) {
  const handler = listResources({
    discovery: { list: async () => [], ...discovery } as Discovery,
    store,
    roles: ownKeys,
  });
  const input = { params: undefined, query: undefined, body: { regions } };
  const records: ResourcesRecord[] = [];
  for await (const record of await handler(input, { session: sessionOf('reader'), requestId: 'r-1', signal }))
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

  it('ends with an end record', async () => {
    expect((await list({})).at(-1)).toMatchObject({ type: 'end' });
  });

  it('carries what was found', async () => {
    const found = resource();
    const records = await list({ list: async (service) => (service === 'rds' ? [found] : []) }, ['eu-central-1']);
    expect(answers(records).find(({ service }) => service === 'rds')).toMatchObject({
      status: 'ok',
      resources: [found],
    });
  });

  it("uses the user's own account and credentials", async () => {
    const scopes: unknown[] = [];
    await list(
      {
        list: async (_service, _region, scope) => {
          scopes.push(scope);
          return [];
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
      { list: async (service) => (service === 'rds' ? Promise.reject(denied) : [resource({ service })]) },
      ['eu-central-1'],
    );
    expect(answers(records).find(({ service }) => service === 'rds')).toMatchObject({
      status: 'denied',
      action: 'rds:DescribeDBInstances',
      resources: [],
    });
    expect(answers(records).filter(({ status }) => status === 'ok')).toHaveLength(Service.options.length - 1);
  });

  it('says that a service failed, in words of its own, where AWS throttles', async () => {
    const records = await list({ list: () => Promise.reject(new AppError('THROTTLED')) }, ['eu-central-1']);
    for (const record of answers(records)) {
      expect(record.status).toBe('failed');
      expect(record.message).toMatch(/slow down/);
    }
  });

  it('shows nothing of an error that nobody expected', async () => {
    const records = await list({ list: () => Promise.reject(new Error('secret inside')) }, ['eu-central-1']);
    expect(JSON.stringify(records)).not.toContain('secret inside');
    expect(answers(records).every(({ status }) => status === 'failed')).toBe(true);
  });

  it('does not wait for a slow region before it answers for the quick ones', async () => {
    const slow = Promise.withResolvers<never[]>();
    const handler = listResources({
      discovery: {
        list: (_service, region) => (region === 'us-east-1' ? slow.promise : Promise.resolve([])),
        find: () => Promise.reject(new AppError('RESOURCE_NOT_FOUND')),
      },
      store,
      roles: ownKeys,
    });
    const input = { params: undefined, query: undefined, body: {} };
    const signal = new AbortController().signal;
    const stream = await handler(input, { session: sessionOf('reader'), requestId: 'r', signal });
    const regions: string[] = [];
    for await (const record of stream) {
      const parsed = ResourcesRecord.parse(record);
      if (parsed.type === 'resources') regions.push(parsed.region);
      if (regions.length === Service.options.length) slow.resolve([]);
    }
    expect(new Set(regions.slice(0, Service.options.length))).toEqual(new Set(['eu-central-1']));
    expect(regions).toHaveLength(2 * Service.options.length);
  });
});
