import { TestRecord } from '#contract/connecting.ts';
import { AppError } from '#contract/errors.ts';
import { ROUTES } from '#contract/routes.ts';
import type { Databases } from '#core/databases/databases.ts';
import { testConnection } from '../../lambdas/connections/test-connection.ts';
import { failingDatabases, fakeDatabases, noRules, noTags, ownKeys } from '../support/databases.ts';
import { sessionOf } from '../support/people.ts';
import { memoryAudit, standing } from '../support/ports.ts';
import { resource } from '../support/resources.ts';

type Step = Extract<TestRecord, { type: 'step' }>;

const passed = (step: Step['step']): Step => ({ type: 'step', step, state: 'passed', elapsedMs: 1 });
const session = sessionOf('reader');

function test(steps: readonly Step[], changes: object = {}) {
  const { databases: working, seen } = fakeDatabases({});
  const { audit, entries } = memoryAudit();
  const databases: Databases = {
    ...working,
    async *test(at) {
      seen.asked.push(at);
      yield* steps;
    },
  };
  const discovery = { ...noTags, find: async () => resource() };
  const body = ROUTES.testConnection.body.parse({
    resourceId: resource().id,
    login: { method: 'iam', user: 'app_iam' },
    ...changes,
  });
  const context = { session, standing, requestId: 'r-1', address: '192.0.2.1', signal: new AbortController().signal };
  const stream = testConnection({ discovery, databases, roles: ownKeys, store: noRules, audit })(
    { params: undefined, query: undefined, body },
    context,
  );
  return { stream, seen, entries };
}

describe('testing a connection', () => {
  it('streams each step as it passes, and ends', async () => {
    const steps = [passed('credentials'), passed('name')];
    const records = await Array.fromAsync(await test(steps).stream);
    expect(records).toEqual([...steps, { type: 'end', elapsedMs: expect.any(Number) }]);
    for (const record of records) expect(TestRecord.parse(record)).toEqual(record);
  });

  it('ends behind the step that failed', async () => {
    const failed: Step = { ...passed('port'), state: 'failed', error: new AppError('DATABASE_UNREACHABLE').body('') };
    const records = await Array.fromAsync(await test([passed('name'), failed]).stream);
    expect(records.slice(1)).toEqual([failed, { type: 'end', elapsedMs: expect.any(Number) }]);
  });

  it('goes the very way that connecting goes', async () => {
    const { stream, seen } = test([]);
    await Array.fromAsync(await stream);
    expect(seen.asked[0]?.claims).toMatchObject({
      target: { host: 'shop.test', port: 5432, database: 'shop' },
      login: { method: 'iam', user: 'app_iam' },
    });
  });

  it('refuses what cannot be connected before there is a stream', async () => {
    await expect(test([], { login: { method: 'keys' } }).stream).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    await expect(test([], { endpoint: 'elsewhere.test' }).stream).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });

  it('is not tried where the resource is not found', async () => {
    const missing = new AppError('RESOURCE_NOT_FOUND');
    const discovery = { ...noTags, find: () => Promise.reject(missing) };
    const ports = {
      discovery,
      databases: failingDatabases(new Error('not asked for')),
      roles: ownKeys,
      store: noRules,
      audit: memoryAudit().audit,
    };
    const body = { resourceId: 'arn', login: { method: 'password' as const, user: 'app', password: 'of a test' } };
    const context = { session, standing, requestId: 'r-1', address: '192.0.2.1', signal: new AbortController().signal };
    const asked = testConnection(ports)({ params: undefined, query: undefined, body }, context);
    await expect(asked).rejects.toBe(missing);
  });
});

describe('the record of a test', () => {
  it('is that of a connection that succeeded, or that failed with the code of its step', async () => {
    const well = test([passed('name')]);
    await Array.fromAsync(await well.stream);
    expect(well.entries).toMatchObject([{ kind: 'connection', outcome: 'succeeded', databaseUser: 'app_iam' }]);
    const failed: Step = { ...passed('port'), state: 'failed', error: new AppError('DATABASE_UNREACHABLE').body('') };
    const badly = test([passed('name'), failed]);
    await Array.fromAsync(await badly.stream);
    expect(badly.entries).toMatchObject([{ outcome: 'failed', code: 'DATABASE_UNREACHABLE' }]);
  });

  it('is that of one that was refused, or whose reader left', async () => {
    const refused = test([], { login: { method: 'keys' } });
    await expect(refused.stream).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    expect(refused.entries).toMatchObject([{ outcome: 'refused', code: 'INPUT_INVALID', login: 'keys' }]);
    const left = test([passed('name')]);
    await (await left.stream)[Symbol.asyncIterator]().return?.();
    expect(left.entries).toMatchObject([{ outcome: 'cut' }]);
  });
});
