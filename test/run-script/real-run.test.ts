/**
 * The function of runs as it stands in AWS: its role taken on at an STS that looks at trust and external id, a PostgreSQL
 * and a DynamoDB that let in nobody else, and an S3 that verifies what it is sent.
 */
import pg from 'pg';
import type { RunAnswer } from '#contract/automations.ts';
import { ScriptDraft } from '#contract/scripts.ts';
import { runPorts } from '#core/aws/run-ports.ts';
import { databasesOf } from '#core/databases/of-environment.ts';
import { ACCOUNT_ID, HOME_REGION, RESULTS_BUCKET } from '#core/local/account/principals.ts';
import { Fault } from '#core/local/aws/fault.ts';
import type { VerifiedCall } from '#core/local/aws/start-aws-endpoint.ts';
import { shop } from '#core/local/demo/shop.ts';
import { endRuns } from '../../lambdas/end-runs/end-runs.ts';
import { runScript } from '../../lambdas/run-script/run-script.ts';
import { claimedInstance, recordingLog } from '../support/ports.ts';
import { executionOf, MARIA, ROLE } from '../support/runner.ts';
import { startWhole, userOf, type Whole } from '../support/whole.ts';

const stack = new AsyncDisposableStack();
const { log, lines } = recordingLog();
let whole: Whole;
let ports: ReturnType<typeof runPorts>;
let admin: pg.Client;
/** What S3 refuses now. */
let refused: (call: VerifiedCall) => boolean = () => false;
const instance = {
  ...claimedInstance,
  regions: [HOME_REGION],
  automation: { automators: 'editor' as const, roles: [`arn:aws:iam::${ACCOUNT_ID}:role/*`] },
};

beforeAll(async () => {
  whole = stack.use(
    await startWhole({
      demos: [shop],
      dynamoDbLocal: true,
      async around(call, answer) {
        if (call.service === 's3' && refused(call)) throw new Fault('denied', 'Access Denied');
        return answer();
      },
    }),
  );
  await whole.ports.store.claim(instance, userOf('ada'));
  ports = runPorts(whole.environment, log);
  if (!whole.postgres) throw new Error('There is no PostgreSQL.');
  admin = new pg.Client({ ...whole.postgres.admin, database: 'shop' });
  await admin.connect();
  stack.defer(() => admin.end());
}, 120_000);
afterAll(() => stack.disposeAsync());
beforeEach(() => {
  refused = () => false;
});
afterEach(async () => {
  // Whatever became of a run: no half of an object, no upload that costs money, nothing that goes on in the database.
  expect(whole.objects.uploads.size).toBe(0);
  await idle();
});

const SHOP = `arn:aws:rds:${HOME_REGION}:${ACCOUNT_ID}:db:shop`;
const TABLES = `arn:aws:dynamodb:${HOME_REGION}:${ACCOUNT_ID}:table/*`;
const login = { method: 'iam', user: 'analyst_iam' };

const save = (text: string, changes: object = {}) =>
  ports.scripts.create(
    ScriptDraft.parse({ name: 'A script', engine: 'postgres', text, shared: true, ...changes }),
    MARIA,
  );

let calls = 0;
async function start(
  text: string,
  {
    draft = {},
    remainingMs = 120_000,
    ...changes
  }: Record<string, unknown> & { draft?: object; remainingMs?: number } = {},
) {
  const { id: scriptId } = await save(text, draft);
  const input = { scriptId, resourceId: SHOP, roleArn: ROLE, login, ...changes };
  return { input, running: call(input, remainingMs) };
}

function call(input: object, remainingMs = 120_000): Promise<RunAnswer> {
  const act = runScript({ ...ports, databases: databasesOf(whole.environment), networks: undefined, beatMs: 50 });
  calls += 1;
  const context = { awsRequestId: `call-${calls}`, getRemainingTimeInMillis: () => remainingMs };
  return act(input, context) as Promise<RunAnswer>;
}

const answerOf = async (...asked: Parameters<typeof start>) => (await start(...asked)).running;

/** What it fails with. */
const failureOf = async (running: Promise<unknown>): Promise<Error> =>
  running.then(
    (answer) => {
      throw new Error(`It has not failed: ${JSON.stringify(answer)}`);
    },
    (error: Error) => error,
  );

async function textOf({ key = '' }: RunAnswer): Promise<string> {
  const object = whole.objects.find(RESULTS_BUCKET, key);
  if (!object) throw new Error(`There is no object ${key}.`);
  return Buffer.concat(await Array.fromAsync(whole.objects.read(object, 0, object.size - 1))).toString();
}

const objects = () => whole.objects.list(RESULTS_BUCKET).length;
const newest = async () => (await ports.runs.list({ limit: 1 })).runs[0];

/** How many statements of runs the database is at. */
const busy = async () =>
  (await admin.query("select 1 from pg_stat_activity where usename = 'analyst_iam' and state <> 'idle'")).rowCount ?? 0;
async function until(wanted: (count: number) => boolean): Promise<void> {
  while (!wanted(await busy()));
}
const idle = () => until((count) => count === 0);

test('a result is written as it was read, with the keys of the role', async () => {
  const answer = await answerOf("select id, 'row ' || id as name from generate_series(1, 100000) id", { firstRows: 2 });
  expect(answer).toMatchObject({
    bucket: RESULTS_BUCKET,
    rows: 100_000,
    columns: [
      { name: 'id', type: 'integer' },
      { name: 'name', type: 'text' },
    ],
    firstRows: [
      ['1', 'row 1'],
      ['2', 'row 2'],
    ],
  });
  const text = await textOf(answer);
  expect([Buffer.byteLength(text), text.split('\r\n').length]).toEqual([answer.bytes, 100_002]);
  expect(text.endsWith('100000,row 100000\r\n')).toBe(true);
  expect(await newest()).toMatchObject({ state: 'succeeded', rows: 100_000, bytes: answer.bytes });
});

test('parameters are bound by the database, whatever they hold', async () => {
  const draft = {
    parameters: [
      { name: 'shop', type: 'text', required: true },
      { name: 'times', type: 'integer', default: '2' },
    ],
  };
  const parameters = { shop: "'; drop table orders; --" };
  expect(
    await answerOf('select :shop as shop, :times * 2 as times', { draft, parameters, firstRows: 1 }),
  ).toMatchObject({
    firstRows: [["'; drop table orders; --", '4']],
  });
});

test('a version that is named runs, although the script has changed since', async () => {
  const { id, revision } = await save('select 1 as n');
  const change = ScriptDraft.parse({ name: 'A script', engine: 'postgres', text: 'select 2 as n', shared: true });
  await ports.scripts.change(id, revision, change, MARIA);
  const input = { scriptId: id, resourceId: SHOP, roleArn: ROLE, login, firstRows: 1 };
  expect(await call({ ...input, version: 1 })).toMatchObject({ version: 1, newestVersion: 2, firstRows: [['1']] });
  expect(await call(input)).toMatchObject({ version: 2, newestVersion: 2, firstRows: [['2']] });
});

test('the last statement gives the result; the ones before it are only run', async () => {
  const answer = await answerOf("select 'first'; set local work_mem = '8MB'; select 'last' as word", { firstRows: 5 });
  expect([answer.firstRows, await textOf(answer)]).toEqual([[['last']], 'word\r\nlast\r\n']);
});

test('a role that does not trust Lodge says what its trust policy must be', async () => {
  const { running } = await start('select 1', { roleArn: `arn:aws:iam::${ACCOUNT_ID}:role/Auditor` });
  const { name, message } = await failureOf(running);
  expect(name).toBe('Lodge.RoleNotAssumable');
  const policy = JSON.parse(message.slice(message.indexOf('{')));
  expect(policy.Statement[0]).toMatchObject({
    Principal: { AWS: whole.environment.LODGE_RUNNER_ROLE },
    Condition: { StringEquals: { 'sts:ExternalId': whole.environment.LODGE_EXTERNAL_ID } },
  });
});

test('a role is not taken on with the external id of another instance', async () => {
  const others = runPorts({ ...whole.environment, LODGE_EXTERNAL_ID: 'another-instance' }, log);
  const take = others.roles.take(ROLE, { session: 'nightly', seconds: 900, signal: AbortSignal.timeout(10_000) });
  await expect(take).rejects.toMatchObject({ code: 'ROLE_NOT_ASSUMABLE' });
});

test('the role alone decides: a secret that it may not read opens nothing', async () => {
  const { running } = await start('select 1', { login: { method: 'secret' } });
  expect(await failureOf(running)).toMatchObject({
    name: 'Lodge.AccessDenied',
    message: expect.stringContaining(
      'The role does not allow secretsmanager:GetSecretValue on arn:aws:secretsmanager:',
    ),
  });
});

test('where no login is named, it is by IAM for the user that the resource names', async () => {
  const answer = await answerOf('select current_user::text as who', { login: undefined, firstRows: 1 });
  expect(answer.firstRows).toEqual([['app_iam']]);
});

test('a statement that fails at row 900,000 leaves its error, and nothing in the bucket', async () => {
  const before = objects();
  const text = "select i, repeat('x', 20) as x, 1 / (900000 - i) as n from generate_series(1, 1000000) i";
  const { name, message } = await failureOf((await start(text)).running);
  expect([name, message]).toEqual(['Lodge.StatementFailed', 'division by zero']);
  expect(objects()).toBe(before);
  const run = await newest();
  expect(run).toMatchObject({ state: 'failed', error: { code: 'STATEMENT_FAILED' } });
  expect(run?.rows).toBeGreaterThan(500_000);
}, 60_000);

test.each([
  ['the object', 'PUT', 'select 1'],
  ['the first part of many', 'POST', "select repeat('x', 100) from generate_series(1, 200000)"],
])('where S3 refuses %s, the run fails', async (_what, method, text) => {
  const before = objects();
  refused = ({ operation }) => operation.startsWith(method);
  const { name, message } = await failureOf((await start(text)).running);
  expect([name, message]).toEqual(['Lodge.AccessDenied', expect.stringContaining('The role of the function')]);
  expect(objects()).toBe(before);
  expect(await newest()).toMatchObject({ state: 'failed', error: { code: 'AWS_DENIED' } });
});

test('the database refuses what would change something', async () => {
  const { running } = await start('create table runs_may_not (id int)');
  expect(await failureOf(running)).toMatchObject({ name: 'Lodge.ReadOnly' });
});

test('a run that has no time left stops its statement, and says so', async () => {
  const { running } = await start('select pg_sleep(60)', { remainingMs: 20_500 });
  expect(await failureOf(running)).toMatchObject({ name: 'Lodge.TimedOut' });
  expect(await newest()).toMatchObject({ state: 'failed', error: { code: 'STATEMENT_TIMEOUT' } });
});

test('a run that somebody stops vanishes from the database', async () => {
  const { running } = await start("select repeat('x', 100), pg_sleep(0.001) from generate_series(1, 1000000)");
  const ended = failureOf(running);
  await until((count) => count > 0);
  const run = await newest();
  expect(run && (await ports.runs.stop(run))).toBe(true);
  expect(await ended).toMatchObject({ name: 'Lodge.Cancelled' });
  await idle();
  expect(await newest()).toMatchObject({ state: 'cancelled' });
});

test('so does a run whose execution was stopped in Step Functions', async () => {
  const execution = executionOf('aborted');
  const { running } = await start('select pg_sleep(60)', { execution });
  const ended = failureOf(running);
  await until((count) => count > 0);
  const detail = { executionArn: execution.arn, status: 'ABORTED' };
  await endRuns(ports)({ source: 'aws.states', 'detail-type': 'Step Functions Execution Status Change', detail });
  expect(await ended).toMatchObject({ name: 'Lodge.Cancelled' });
});

test('an execution that is delivered twice is one run: at once, and later', async () => {
  const before = objects();
  const { input, running } = await start('select pg_sleep(1), 1 as n', { execution: executionOf('twice') });
  await until((count) => count > 0);
  expect(await failureOf(call(input))).toMatchObject({ name: 'Lodge.RunInProgress' });
  const answer = await running;
  expect(await call(input)).toEqual({ ...answer, again: true });
  expect(objects()).toBe(before + 1);
});

test('DynamoDB is read with the keys of the role, and only what these may', async () => {
  const draft = { engine: 'dynamodb' };
  const tables = { draft, resourceId: TABLES, login: undefined };
  const answer = await answerOf('select * from "shop-orders"', { ...tables, output: { format: 'jsonl' } });
  expect(answer.rows).toBeGreaterThan(100);
  expect((await textOf(answer)).trimEnd().split('\n')).toHaveLength(answer.rows);
  const insert = `insert into "shop-orders" value {'pk': 'x', 'sk': 'y'}`;
  const { running } = await start(insert, { ...tables, readOnly: false });
  expect(await failureOf(running)).toMatchObject({
    name: 'Lodge.AccessDenied',
    message: expect.stringContaining('dynamodb:PartiQLInsert'),
  });
});

test('a check goes the same way, and runs nothing', async () => {
  const check = { resourceId: SHOP, roleArn: ROLE, login };
  expect(await call({ check })).toMatchObject({
    steps: [{ state: 'passed' }, { state: 'passed' }, { state: 'passed', detail: 'analyst_iam in shop' }],
  });
  expect(await call({ check: { ...check, roleArn: `arn:aws:iam::${ACCOUNT_ID}:role/Auditor` } })).toMatchObject({
    steps: [{ state: 'failed', error: { code: 'ROLE_NOT_ASSUMABLE' } }, { state: 'skipped' }, { state: 'skipped' }],
  });
});

test('every run stands in the record, and no line of the log holds a key', async () => {
  const { secretAccessKey } = whole.registry.longTerm('service');
  const records = await Array.fromAsync(whole.ports.trail.search({ kind: 'run' }, AbortSignal.timeout(10_000)));
  const entries = records.flatMap((record) => (record.type === 'entry' ? [record.entry] : []));
  const { runs } = await ports.runs.list({ limit: 200 });
  const [done, again] = [false, true].map((isAgain) =>
    entries.filter(({ change = '' }) => change.startsWith('Delivered again') === isAgain),
  );
  expect(done).toHaveLength(runs.reduce((sum, { attempt }) => sum + attempt, 0));
  expect(again?.map(({ outcome, rows }) => [outcome, rows])).toEqual([
    ['succeeded', undefined],
    ['refused', undefined],
  ]);
  for (const { outcome, assumed, script } of entries) {
    expect(outcome).not.toBe('begun');
    expect([assumed, script?.name]).toEqual([expect.stringContaining(':role/'), 'A script']);
  }
  expect(JSON.stringify([lines, records, runs])).not.toMatch(/X-Amz-Signature|"sessionToken"/);
  expect(JSON.stringify(lines)).not.toContain(secretAccessKey);
});
