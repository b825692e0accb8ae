/**
 * Runs of a database that only the connector of its network reaches: the connector is a process of its own, as it is a
 * function of its own in AWS, and the result goes from it through the function of runs to S3.
 */
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import type { RunAnswer } from '#contract/automations.ts';
import { ScriptDraft } from '#contract/scripts.ts';
import { runPorts } from '#core/aws/run-ports.ts';
import { databasesOf } from '#core/databases/of-environment.ts';
import { ACCOUNT_ID, CONNECTOR, HOME_REGION, RESULTS_BUCKET } from '#core/local/account/principals.ts';
import type { LocalFunction } from '#core/local/aws/lambda.ts';
import { type LocalConnector, localConnector } from '#core/local/connector/local-connector.ts';
import { NETWORKS } from '#core/local/demo/networks.ts';
import { payroll } from '#core/local/demo/payroll.ts';
import { networksOf } from '#core/networks/networks.ts';
import { runScript } from '../../lambdas/run-script/run-script.ts';
import { temporaryFolder } from '../core/local/temporary-folder.ts';
import { claimedInstance, recordingLog } from '../support/ports.ts';
import { executionOf, MARIA, ROLE } from '../support/runner.ts';
import { startWhole, userOf, type Whole } from '../support/whole.ts';

const stack = new AsyncDisposableStack();
const { log, lines } = recordingLog();
const USER = 'app_iam';
const PAYROLL = `arn:aws:rds:${HOME_REGION}:${ACCOUNT_ID}:db:payroll`;
let whole: Whole;
let ports: ReturnType<typeof runPorts>;
let admin: pg.Client;
let connector: LocalConnector;
/** In the place of the function; undefined: it does what it should. */
let instead: LocalFunction | undefined;

beforeAll(async () => {
  const folder = stack.use(await temporaryFolder());
  connector = stack.use(localConnector({ log: `${folder.path}/connector.log` }));
  const call: LocalFunction = (operation) => (instead ?? connector.call)(operation);
  const connectors = { networks: NETWORKS, functions: { [CONNECTOR]: call } };
  whole = stack.use(await startWhole({ demos: [payroll], connectors }));
  const roles = [`arn:aws:iam::${ACCOUNT_ID}:role/*`];
  const automation = { automators: 'editor' as const, roles };
  await whole.ports.store.claim({ ...claimedInstance, regions: [HOME_REGION], automation }, userOf('ada'));
  ports = runPorts(whole.environment, log);
  if (!whole.postgres) throw new Error('There is no PostgreSQL.');
  admin = new pg.Client({ ...whole.postgres.admin, database: 'payroll' });
  await admin.connect();
  stack.defer(() => admin.end());
}, 120_000);
afterAll(() => stack.disposeAsync());
beforeEach(() => {
  instead = undefined;
});
afterEach(async () => {
  // However a run ended: no half of an object, no upload, and nobody at the database.
  expect(whole.objects.uploads.size).toBe(0);
  await until((count) => count === 0);
});

/** Many parts of an upload. */
const MANY = 'select i, repeat(md5(i::text), 8) as text from generate_series(1, 1000000) i';

async function inputOf(text: string, changes: object = {}) {
  const draft = ScriptDraft.parse({ name: 'A script', engine: 'postgres', text, shared: true });
  const { id: scriptId } = await ports.scripts.create(draft, MARIA);
  return { scriptId, resourceId: PAYROLL, roleArn: ROLE, ...changes };
}

let calls = 0;
function call(input: object): Promise<RunAnswer> {
  const { environment } = whole;
  const databases = databasesOf(environment);
  const act = runScript({ ...ports, databases, networks: networksOf(environment), beatMs: 50 });
  calls += 1;
  const context = { awsRequestId: `call-${calls}`, getRemainingTimeInMillis: () => 120_000 };
  return act(input, context) as Promise<RunAnswer>;
}

/** What it fails with. */
const failureOf = (running: Promise<unknown>): Promise<Error> =>
  running.then(
    (answer) => {
      throw new Error(`It has not failed: ${JSON.stringify(answer)}`);
    },
    (error: Error) => error,
  );

/** The one that was begun last: its id may name an earlier moment, that of its execution. */
const newest = async () => {
  const { runs } = await ports.runs.list({ limit: 20 });
  return runs.toSorted((a, b) => (a.startedAt < b.startedAt ? -1 : 1)).at(-1);
};
const backends = async () =>
  (await admin.query('select 1 from pg_stat_activity where usename = $1', [USER])).rowCount ?? 0;
async function until(wanted: (count: number) => boolean): Promise<void> {
  while (!wanted(await backends())) await setTimeout(POLL_MS);
}
/** The run is in the middle of its result: rows have come, and parts of it are on their way to S3. */
async function flowing(): Promise<void> {
  while (!(await newest())?.rows || whole.objects.uploads.size === 0) await setTimeout(POLL_MS);
}
/** Between two looks: all of AWS that the run needs is in this process, and needs its turn. */
const POLL_MS = 20;
const die = async () => process.kill((await connector.pid()) ?? Number.NaN, 'SIGKILL');

/** The newest of the record first. */
async function record() {
  const found = await Array.fromAsync(whole.ports.trail.search({ kind: 'run' }, AbortSignal.timeout(10_000)));
  return found.flatMap((each) => (each.type === 'entry' ? [each.entry] : []));
}

test('a result comes through the connector, and is the one of the database', async () => {
  const text = "select id, 'row ' || id as name from generate_series(1, 200000) id";
  const answer = await call(await inputOf(text, { firstRows: 1 }));
  expect(answer).toMatchObject({ rows: 200_000, firstRows: [['1', 'row 1']] });
  const object = whole.objects.find(RESULTS_BUCKET, answer.key ?? '');
  expect(object?.size).toBe(answer.bytes);
  const end = object ? whole.objects.read(object, object.size - 19, object.size - 1) : [];
  expect(Buffer.concat(await Array.fromAsync(end)).toString()).toBe('200000,row 200000\r\n');
  expect(await connector.pid()).toBeDefined();
  expect((await record())[0]).toMatchObject({
    outcome: 'succeeded',
    resource: { id: PAYROLL, engine: 'postgres' },
    databaseUser: USER,
    rows: 200_000,
  });
});

test('a run that somebody stops is stopped in the database behind the connector', async () => {
  const ended = failureOf(call(await inputOf(MANY)));
  await flowing();
  const run = await newest();
  expect(run && (await ports.runs.stop(run))).toBe(true);
  expect(await ended).toMatchObject({ name: 'Lodge.Cancelled', message: 'The run was stopped.' });
  expect(await newest()).toMatchObject({ state: 'cancelled', rows: expect.any(Number) });
  expect((await record())[0]).toMatchObject({ outcome: 'cancelled', code: 'STATEMENT_CANCELLED' });
});

test('a connector that dies in the middle of a result is told of, and the next attempt starts another', async () => {
  const execution = executionOf('dying');
  const input = await inputOf(MANY, { execution, limits: { rows: 300_000 } });
  const ended = failureOf(call(input));
  await flowing();
  const before = await connector.pid();
  await die();
  const { name, message } = await ended;
  expect([name, message]).toEqual(['Lodge.ConnectorFailed', expect.stringContaining('“private”')]);
  const run = await newest();
  expect(run).toMatchObject({ state: 'failed', error: { code: 'CONNECTOR_FAILED' }, attempt: 1 });
  expect(whole.objects.list(RESULTS_BUCKET).filter(({ key }) => run && key.includes(run.id))).toEqual([]);
  expect((await record())[0]).toMatchObject({ outcome: 'failed', code: 'CONNECTOR_FAILED', execution: execution.arn });
  // As Step Functions does, by the name of the error.
  expect(await call(input)).toMatchObject({ rows: 300_000, truncated: true });
  expect(await newest()).toMatchObject({ id: run?.id, state: 'succeeded', attempt: 2 });
  expect(await connector.pid()).not.toBe(before);
}, 60_000);

test('where the run may write, nobody says that it has changed nothing', async () => {
  const execution = executionOf('writing');
  const input = await inputOf(MANY, { execution, readOnly: false });
  const ended = failureOf(call(input));
  await flowing();
  await die();
  const { name, message } = await ended;
  expect([name, message]).toEqual(['Lodge.OutcomeUnknown', expect.stringContaining('what it did is not known')]);
  expect(await newest()).toMatchObject({ state: 'failed', error: { code: 'OUTCOME_UNKNOWN' } });
  expect((await record())[0]).toMatchObject({ outcome: 'failed', code: 'OUTCOME_UNKNOWN' });
  // It is not done again: the same is answered, and the database is not asked.
  expect(await failureOf(call(input))).toMatchObject({ name, message });
  expect(await newest()).toMatchObject({ attempt: 1 });
});

test('a connector that cannot be called at all leaves the database untouched', async () => {
  instead = () => Promise.reject(new Error('of this test'));
  expect(await failureOf(call(await inputOf('select 1')))).toMatchObject({ name: 'Lodge.ConnectorFailed' });
  expect(await newest()).toMatchObject({ state: 'failed', rows: 0, error: { code: 'CONNECTOR_FAILED' } });
  const check = { resourceId: PAYROLL, roleArn: ROLE };
  expect(await call({ check })).toMatchObject({
    steps: [{ state: 'passed' }, { state: 'passed' }, { state: 'failed', error: { code: 'CONNECTOR_FAILED' } }],
  });
});

test('a check goes through the connector, too', async () => {
  expect(await call({ check: { resourceId: PAYROLL, roleArn: ROLE } })).toMatchObject({
    steps: [{ state: 'passed' }, { state: 'passed' }, { state: 'passed', detail: `${USER} in payroll` }],
  });
});

test('what the log says of all that holds no row, and no key', () => {
  const { secretAccessKey } = whole.registry.longTerm('service');
  const text = JSON.stringify(lines);
  expect(text).toContain('CONNECTOR_FAILED');
  for (const secret of [secretAccessKey, 'row 1', 'X-Amz-Signature']) expect(text).not.toContain(secret);
});
