/**
 * A function that is ended without a word, as Lambda ends one whose time is over or whose memory is: here its process is
 * killed in the middle of an upload. The next delivery knows of it by the history alone.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import type { RunAnswer } from '#contract/automations.ts';
import { ScriptDraft } from '#contract/scripts.ts';
import { runPorts } from '#core/aws/run-ports.ts';
import { dynamoRuns } from '#core/aws/store/store.ts';
import { tableClient } from '#core/aws/table-client.ts';
import { databasesOf } from '#core/databases/of-environment.ts';
import { ENV } from '#core/env.ts';
import { ACCOUNT_ID, HOME_REGION, RESULTS_BUCKET } from '#core/local/account/principals.ts';
import { shop } from '#core/local/demo/shop.ts';
import { runScript } from '../../lambdas/run-script/run-script.ts';
import { LEASE_SECONDS } from '../../lambdas/run-script/watch-run.ts';
import { claimedInstance, recordingLog } from '../support/ports.ts';
import { executionOf, MARIA, ROLE } from '../support/runner.ts';
import { startWhole, userOf, type Whole } from '../support/whole.ts';

const stack = new AsyncDisposableStack();
const { log } = recordingLog();
const USER = 'app_iam';
let whole: Whole;
let ports: ReturnType<typeof runPorts>;
let admin: pg.Client;
const children = new Set<ChildProcess>();

beforeAll(async () => {
  whole = stack.use(await startWhole({ demos: [shop] }));
  const automation = { automators: 'editor' as const, roles: [`arn:aws:iam::${ACCOUNT_ID}:role/*`] };
  await whole.ports.store.claim({ ...claimedInstance, regions: [HOME_REGION], automation }, userOf('ada'));
  ports = runPorts(whole.environment, log);
  if (!whole.postgres) throw new Error('There is no PostgreSQL.');
  admin = new pg.Client({ ...whole.postgres.admin, database: 'shop' });
  await admin.connect();
  stack.defer(() => admin.end());
}, 120_000);
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await stack.disposeAsync();
});

async function inputOf(name: string, changes: object = {}) {
  const text = 'select i, repeat(md5(i::text), 8) as text from generate_series(1, 200000) i';
  const draft = ScriptDraft.parse({ name: 'A script', engine: 'postgres', text, shared: true });
  const { id: scriptId } = await ports.scripts.create(draft, MARIA);
  const resourceId = `arn:aws:rds:${HOME_REGION}:${ACCOUNT_ID}:db:shop`;
  return { scriptId, resourceId, roleArn: ROLE, execution: executionOf(name), ...changes };
}

/** Between two looks: AWS is in this process, and needs its turn. */
const POLL_MS = 20;

/** Begins it in a process, and kills that while parts of its result are on their way. */
async function killed(input: object): Promise<void> {
  const child = fork(join(import.meta.dirname, '../support/runner-process.ts'), {
    // Those of this test, which are not those of the process that it runs in.
    env: { ...process.env },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  children.add(child);
  const exit = once(child, 'exit');
  let told: unknown;
  child.once('message', (message) => {
    told = message;
  });
  child.send(input);
  while (![...whole.objects.uploads.values()].some(({ parts }) => parts.size > 0)) {
    if (told) throw new Error(`It has ended too early: ${JSON.stringify(told)}`);
    await setTimeout(POLL_MS);
  }
  child.kill('SIGKILL');
  expect(await exit).toEqual([null, 'SIGKILL']);
  // The database ends what nobody reads any more.
  while (((await admin.query('select 1 from pg_stat_activity where usename = $1', [USER])).rowCount ?? 0) > 0)
    await setTimeout(POLL_MS);
}

/** Another delivery, after the function has been silent for so long. */
function deliver(input: object, silentSeconds: number): Promise<RunAnswer> {
  const { environment } = whole;
  const clock = () => new Date(Date.now() + silentSeconds * 1_000);
  const runs = dynamoRuns(tableClient(environment[ENV.tableEndpoint]), environment[ENV.table], clock);
  const act = runScript({ ...ports, runs, databases: databasesOf(environment), networks: undefined, beatMs: 50 });
  return act(input, {
    awsRequestId: crypto.randomUUID(),
    getRemainingTimeInMillis: () => 120_000,
  }) as Promise<RunAnswer>;
}

/** What the history says of it, when it has been silent for so long. */
async function historyOf({ scriptId }: { scriptId: string }, silentSeconds: number) {
  const clock = () => new Date(Date.now() + silentSeconds * 1_000);
  const { environment } = whole;
  const runs = dynamoRuns(tableClient(environment[ENV.tableEndpoint]), environment[ENV.table], clock);
  return (await runs.list({ limit: 50 })).runs.filter(({ script }) => script.id === scriptId);
}

/** What the record says of it, the oldest first. */
async function recordOf({ scriptId }: { scriptId: string }) {
  const found = await Array.fromAsync(whole.ports.trail.search({ kind: 'run' }, AbortSignal.timeout(10_000)));
  const entries = found.flatMap((each) => (each.type === 'entry' ? [each.entry] : []));
  return entries.filter(({ script }) => script?.id === scriptId).toReversed();
}

const objectsOf = (id: string | undefined) =>
  whole.objects.list(RESULTS_BUCKET).filter(({ key }) => id !== undefined && key.includes(id));

test('a run that only reads is done again once it is known to be cut: one object, and a record of each attempt', async () => {
  const input = await inputOf('killed-reader');
  await killed(input);
  const [run] = await historyOf(input, 0);
  expect(run).toMatchObject({ state: 'running', attempt: 1 });
  expect(objectsOf(run?.id)).toEqual([]);
  // Nobody knows yet that it is dead.
  await expect(deliver(input, 0)).rejects.toMatchObject({ name: 'Lodge.RunInProgress' });
  expect(await historyOf(input, LEASE_SECONDS + 1)).toMatchObject([{ id: run?.id, state: 'cut', attempt: 1 }]);
  const answer = await deliver(input, LEASE_SECONDS + 1);
  expect(answer).toMatchObject({ runId: run?.id, rows: 200_000 });
  expect(objectsOf(run?.id)).toMatchObject([{ key: answer.key, size: answer.bytes }]);
  expect(await historyOf(input, 0)).toMatchObject([{ id: run?.id, state: 'succeeded', attempt: 2, rows: 200_000 }]);
  const entries = await recordOf(input);
  expect(entries).toMatchObject([
    // No end was written, which the record shows as such: it was cut off without a word.
    { outcome: 'begun', assumed: ROLE, execution: input.execution.arn },
    { outcome: 'refused', code: 'RUN_IN_PROGRESS', execution: input.execution.arn },
    { outcome: 'succeeded', rows: 200_000, execution: input.execution.arn },
  ]);
  // Parts of the dead one, of which no object can come: the bucket's rule ends them after a day.
  expect([...whole.objects.uploads.values()].map(({ key }) => key)).toEqual([answer.key]);
  whole.objects.uploads.clear();
}, 60_000);

test('one that may write is not done again: what it did is not known, and that is said each time', async () => {
  const input = await inputOf('killed-writer', { readOnly: false });
  await killed(input);
  for (let times = 0; times < 2; times += 1)
    await expect(deliver(input, LEASE_SECONDS + 1)).rejects.toMatchObject({
      name: 'Lodge.OutcomeUnknown',
      message: expect.stringContaining('ended without a word'),
    });
  const [run] = await historyOf(input, LEASE_SECONDS + 1);
  expect(run).toMatchObject({ state: 'cut', attempt: 1 });
  expect(objectsOf(run?.id)).toEqual([]);
  expect((await recordOf(input)).map(({ outcome, code }) => [outcome, code])).toEqual([
    ['begun', undefined],
    ['failed', 'OUTCOME_UNKNOWN'],
    ['failed', 'OUTCOME_UNKNOWN'],
  ]);
}, 60_000);
