/**
 * `npm run bench:load`: 200 users who are there at once sign in, list, connect and query, round after round, on loopback: the
 * packed API in a process of its own, in front of the local account. It fails where one call fails, or where memory grows.
 */
import { join } from 'node:path';
import { ENV } from '#core/env.ts';
import { derivePassword, loadSeed } from '#core/local/account/seed.ts';
import { startDynalite } from '#core/local/dynamo-db/dynalite.ts';
import { makeInstanceTable } from '#core/local/dynamo-db/tables.ts';
import { startLocalAccount } from '#core/local/local-account.ts';
import { startTableEndpoint } from '../bin/local/table-endpoint.ts';
import type { LoadTask, StepTaken } from './children/load.ts';
import { type Figure, megabytes, ms, seconds, tableOf } from './figure.ts';
import { startServing } from './ground/serving.ts';
import { inChild } from './in-child.ts';
import { askAt } from './load/steps.ts';
import { manyUsers } from './load/users.ts';

const FOLDER = join(import.meta.dirname, '../.lodge/load');
const USERS = 200;
/** The first two fill caches and pools, as was seen in longer runs; from then on memory must not grow. */
const ROUNDS = 5;
const WARM_UP = 2;
/** What the garbage collector leaves lying about differs by this much from round to round. */
const MOST_GROWTH = 1.2;

await using account = await startLocalAccount({ folder: FOLDER, fresh: true, print: console.log, eventsRows: 20_000 });
const password = derivePassword(await loadSeed(FOLDER), 'app');
const users = await manyUsers(FOLDER, USERS);
// DynamoDB Local waits for its disk, call after call, where DynamoDB takes milliseconds however many call: this one does not.
await using tables = await startDynalite(FOLDER);
await makeInstanceTable(tables.forward);
await using table = await startTableEndpoint(tables.forward);
await using serving = await startServing(FOLDER, { ...account.environment, [ENV.tableEndpoint]: table.endpoint });
await claim(serving.port);

const taken: StepTaken[] = [];
const resident: number[] = [];
const begun = performance.now();
for (let round = 0; round < ROUNDS; round += 1) {
  const task: LoadTask = { port: serving.port, users, password };
  const steps = await inChild<StepTaken[]>('load', task);
  if (round >= WARM_UP) taken.push(...steps);
  resident.push(await serving.resident());
  const failed = steps.flatMap(({ title, errors }) => errors.slice(0, 3).map((error) => `${title}: ${error}`));
  console.log([`Round ${round + 1}: ${megabytes(resident.at(-1) ?? 0)} resident`, ...failed].join('\n  '));
}

const errors = taken.flatMap((step) => step.errors);
const settled = resident.slice(WARM_UP);
const growth = (settled.at(-1) ?? 0) / (settled[0] ?? 1);
console.log(tableOf([...figures(), ...verdicts()]));
if (errors.length > 0 || growth > MOST_GROWTH) process.exitCode = 1;

function figures(): Figure[] {
  return [...Map.groupBy(taken, ({ title }) => title)].map(([title, steps]) => {
    const elapsed = steps.flatMap((step) => step.elapsed).toSorted((a, b) => a - b);
    const at = (share: number) => ms(elapsed[Math.floor(elapsed.length * share)] ?? Number.NaN);
    return {
      figure: `${USERS} users: ${title}, ${elapsed.length} calls`,
      measured: `p50 ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)}`,
    };
  });
}

function verdicts(): Figure[] {
  return [
    { figure: 'Calls that failed', measured: String(errors.length), target: '0', ok: errors.length === 0 },
    {
      figure: `Resident memory after rounds ${WARM_UP + 1} to ${ROUNDS}`,
      measured: settled.map(megabytes).join(', '),
      ratio: growth.toFixed(2),
      target: `≤ ${MOST_GROWTH} × the first`,
      ok: growth <= MOST_GROWTH,
    },
    { figure: `All ${ROUNDS} rounds`, measured: seconds(performance.now() - begun) },
  ];
}

/** Ada claims, where nobody has. */
async function claim(port: number): Promise<void> {
  const [ada] = account.demoUsers;
  const ask = askAt(port, 1);
  const { accessKeyId, secretAccessKey } = ada ?? {};
  const { cookies, text } = await ask('POST', '/api/session', { accessKeyId, secretAccessKey });
  if (JSON.parse(text).instance.claimed) return;
  const token = cookies.map((cookie) => cookie.slice(cookie.indexOf('=') + 1, cookie.indexOf(';'))).join('');
  await ask('POST', '/api/instance', { name: 'Load', regions: ['eu-central-1'] }, token);
}
