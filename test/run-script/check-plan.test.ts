import { AppError } from '#contract/errors.ts';
import { failingDatabases } from '../support/databases.ts';
import { memoryRunner, ROLE } from '../support/runner.ts';

const resourceId = 'arn:aws:rds:eu-central-1:111122223333:db:shop';
const check = { resourceId, roleArn: ROLE };

test('a plan whose role, resource and login are there passes, and nothing runs', async () => {
  const { call, opened, asked, runs } = await memoryRunner({
    run: () => {
      throw new Error('it has run');
    },
  });
  expect(await call({ check })).toEqual({
    steps: [
      { step: 'role', state: 'passed', detail: expect.stringMatching(/^until 2/) },
      { step: 'resource', state: 'passed', detail: 'shop, PostgreSQL' },
      { step: 'login', state: 'passed', detail: 'app_iam in shop' },
    ],
  });
  expect([opened.opened, opened.closed, asked.length]).toEqual([1, 1, 1]);
  expect((await runs.list({ limit: 1 })).runs).toEqual([]);
});

test('a role that may not be used is not taken on', async () => {
  const { call, asked } = await memoryRunner();
  expect(await call({ check: { ...check, roleArn: 'arn:aws:iam::111122223333:role/Admin' } })).toMatchObject({
    steps: [
      { step: 'role', state: 'failed', error: { code: 'ROLE_NOT_ALLOWED', requestId: 'call-1' } },
      { step: 'resource', state: 'skipped' },
      { step: 'login', state: 'skipped' },
    ],
  });
  expect(asked).toEqual([]);
});

test('a role that AWS does not give is said with what it lacks', async () => {
  const refused = new AppError('ROLE_NOT_ASSUMABLE', { details: { hint: 'Its trust policy: {}' } });
  const { call } = await memoryRunner({ ports: { roles: { take: () => Promise.reject(refused) } } });
  expect(await call({ check })).toMatchObject({
    steps: [{ state: 'failed', error: { details: { hint: 'Its trust policy: {}' } } }, {}, {}],
  });
});

test('what AWS denies is said of the role, whose keys they are', async () => {
  const denied = new AppError('AWS_DENIED', {
    message: 'Your keys do not allow rds:DescribeDBInstances.',
    details: { action: 'rds:DescribeDBInstances', resource: resourceId },
  });
  const discovery = { find: () => Promise.reject(denied), tags: async () => ({}) };
  const { call } = await memoryRunner({ ports: { discovery } });
  expect(await call({ check })).toMatchObject({
    steps: [
      { state: 'passed' },
      { error: { message: `The role does not allow rds:DescribeDBInstances on ${resourceId}.` } },
      { state: 'skipped' },
    ],
  });
});

test('a login that fails is the last step, on the record with its role', async () => {
  const databases = failingDatabases(new AppError('LOGIN_FAILED'));
  const { call, entries } = await memoryRunner({ ports: { databases } });
  expect(await call({ check })).toMatchObject({
    steps: [
      { state: 'passed' },
      { state: 'passed' },
      { step: 'login', state: 'failed', error: { code: 'LOGIN_FAILED' } },
    ],
  });
  expect(entries).toMatchObject([
    {
      kind: 'connection',
      outcome: 'failed',
      code: 'LOGIN_FAILED',
      assumed: ROLE,
      login: 'iam',
      databaseUser: 'app_iam',
    },
  ]);
});
