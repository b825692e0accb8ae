import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FunctionName } from '#contract/route.ts';
import { ROUTES } from '#contract/routes.ts';
import { zippedBytes } from '../../bench/zipped-bytes.ts';
import { type Synthesised, synthesise } from '../support/stack.ts';

const NAMES = [...new Set(Object.values(ROUTES).map((route): FunctionName => route.function))];
const KB = 1024;

let stack: Synthesised;
beforeAll(() => {
  stack = synthesise({ bundle: true });
}, 60_000);
afterAll(() => stack.remove());

const code = (name: FunctionName): string => readFileSync(join(stack.folderOf(name), 'index.mjs'), 'utf8');

describe('a packed function', () => {
  test.each(NAMES)('%s is one file with its source map', (name) => {
    expect(readdirSync(stack.folderOf(name)).toSorted()).toEqual(['index.mjs', 'index.mjs.map']);
    expect(code(name).trimEnd().endsWith('//# sourceMappingURL=index.mjs.map')).toBe(true);
  });

  test.each(NAMES)('%s exports a handler, and takes nothing but Node’s own modules from outside', (name) => {
    expect(/export\{[^}]*\bas handler\b[^}]*\}/.test(code(name))).toBe(true);
    const imported = [...code(name).matchAll(/(?:^|;)import[^'"();]*from\s*["']([^"']+)["']/g)].map(
      ([, from]) => from ?? '',
    );
    const bare = imported.map((from) => from.replace(/^node:/, ''));
    expect(bare.length).toBeGreaterThan(0);
    expect(bare.filter((from) => !process.getBuiltinModule(from))).toEqual([]);
  });

  test.each(NAMES)('%s asks for credentials in its environment only', (name) => {
    // Booleans: a failure must not print a whole bundle.
    expect(/credential_process|sso_start_url|GetRoleCredentials/.test(code(name))).toBe(false);
    expect(code(name).includes('This function has no credentials in its environment.')).toBe(true);
  });

  test.each(NAMES)('%s carries no source in its map', (name) => {
    const map = JSON.parse(readFileSync(join(stack.folderOf(name), 'index.mjs.map'), 'utf8'));
    expect(map.sourcesContent).toBeUndefined();
    expect(map.sources.some((source: string) => source.endsWith(`lambdas/${name}/handler.ts`))).toBe(true);
  });

  test.each(['sign-in', 'session', 'explorer'] as const)('%s is at most 400 KB, zipped with its map', (name) => {
    expect(zippedBytes(stack.folderOf(name))).toBeLessThanOrEqual(400 * KB);
  });

  test.each(NAMES)('%s starts in a process of its own, and answers a path that is not there', (name) => {
    const { statusCode, body } = invoke(name, { httpMethod: 'GET', path: '/api/nowhere' });
    expect({ statusCode, code: JSON.parse(body).code }).toEqual({ statusCode: 404, code: 'ROUTE_NOT_FOUND' });
  });

  test('signing out works without anything of AWS', () => {
    const { statusCode, multiValueHeaders } = invoke('session', { httpMethod: 'DELETE', path: '/api/session' });
    expect(statusCode).toBe(204);
    expect(multiValueHeaders?.['Set-Cookie']).toEqual(
      expect.arrayContaining([expect.stringMatching(/^__Host-lodge-session-0=;.*Max-Age=0/)]),
    );
  });

  test('the database engines are only where databases are opened', () => {
    const opens = NAMES.filter((name) => /pg_cancel_backend|pg_catalog/.test(code(name)));
    expect(opens.toSorted()).toEqual(['connections', 'objects', 'query']);
  });
});

describe('a packed function of runs', () => {
  const folderOf = (name: string) => stack.folderOf(({ Properties }) => Properties.Description === `Lodge's ${name}`);
  const called = (name: string, event: unknown) => {
    const script = `
      const { handler } = await import(${JSON.stringify('file://')} + ${JSON.stringify(join(folderOf(name), 'index.mjs'))});
      const context = { awsRequestId: 'r', getRemainingTimeInMillis: () => 5000 };
      const thrown = await handler(${JSON.stringify(event)}, context).then(() => ({}), (error) => error);
      process.stderr.write('\\n' + JSON.stringify({ name: thrown.name }));
    `;
    const { stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      env: ENV,
      encoding: 'utf8',
    });
    // Its log lines come first.
    return JSON.parse(stderr.split('\n').at(-1) ?? '');
  };

  test('run-script starts, and refuses a check of nothing by the name that machines catch', () => {
    expect(called('run-script', { check: {} })).toEqual({ name: 'Lodge.InputInvalid' });
  });

  test('end-runs starts, and refuses what is no event of Step Functions', () => {
    expect(called('end-runs', {})).toEqual({ name: 'ZodError' });
  });

  test.each(['run-script', 'end-runs'])('%s asks for credentials in its environment only', (name) => {
    const text = readFileSync(join(folderOf(name), 'index.mjs'), 'utf8');
    expect(/credential_process|sso_start_url|GetRoleCredentials/.test(text)).toBe(false);
  });
});

const ENV = {
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'none',
  AWS_SECRET_ACCESS_KEY: 'none',
  LODGE_TABLE: 'none',
  LODGE_SESSION_KEY_ID: 'none',
};

interface Answer {
  readonly statusCode: number;
  readonly multiValueHeaders?: Record<string, string[]>;
  readonly body: string;
}

/** Calls a packed function in a new process, with as much of Lambda's run time as a streaming handler asks for. */
function invoke(name: FunctionName, request: { httpMethod: string; path: string }): Answer {
  const event = { ...request, headers: {}, requestContext: { requestId: 'request-1' } };
  const script = `
    const { PassThrough } = await import('node:stream');
    let prelude;
    const HttpResponseStream = { from: (stream, given) => ((prelude = given), stream) };
    globalThis.awslambda = { streamifyResponse: (handler) => handler, HttpResponseStream };
    const { handler } = await import(${JSON.stringify(join(stack.folderOf(name), 'index.mjs'))});
    const stream = new PassThrough();
    const chunks = [];
    stream.on('data', (chunk) => chunks.push(chunk));
    await handler(${JSON.stringify(event)}, stream, { getRemainingTimeInMillis: () => 5000, awsRequestId: 'r' });
    process.stderr.write(JSON.stringify({ ...prelude, body: Buffer.concat(chunks).toString('utf8') }));
  `;
  // Answers come by stderr: the log goes to stdout, as in Lambda.
  const { stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { env: ENV, encoding: 'utf8' });
  return JSON.parse(stderr);
}
