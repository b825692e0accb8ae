/**
 * Every route is thrown whatever can be made from its schema, and against it: never a 500, a stack, a word of what was
 * sent, or a request that does not end. `FUZZ_CASES=10000` throws so many at each route, in place of a thousand; `FUZZ_SEED`
 * begins where a failure was seen.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import fc from 'fast-check';
import { Operation } from '#contract/connector.ts';
import { ERRORS, ErrorBody, type ErrorCode } from '#contract/errors.ts';
import type { Route } from '#contract/route.ts';
import { errorsOf } from '#contract/route-errors.ts';
import { ROUTES, type RouteName } from '#contract/routes.ts';
import { answer } from '#core/connectors/answer.ts';
import type { Connector } from '#core/connectors/connector.ts';
import { readEnvironment } from '#core/env.ts';
import type { HttpAnswer, HttpRequest } from '#core/http/message.ts';
import { nodeListener } from '#core/http/node.ts';
import { router } from '#core/http/router.ts';
import { serve } from '#core/http/serve.ts';
import { listen } from '#core/local/listen.ts';
import type { Discovery } from '#core/ports/discovery.ts';
import { sessionCookies } from '#core/session/cookies.ts';
import { guard } from '#core/session/guard.ts';
import { sealSession } from '#core/session/session-token.ts';
import { handlersOf } from '../lambdas/all.ts';
import { bodies, CANARY, headers, hostile, nearlyValid, spoilt, valid } from './support/arbitraries.ts';
import { automated as scheduledNowhere } from './support/automated.ts';
import { fakeDatabases, noTags, ownKeys } from './support/databases.ts';
import { pathOf } from './support/inputs.ts';
import { gatewayEvent, installRuntime, invoke } from './support/lambda-runtime.ts';
import { memoryAutomations } from './support/memory-automations.ts';
import { sessionOf } from './support/people.ts';
import {
  claimedInstance,
  countedAttempts,
  fakeIdentity,
  memoryAudit,
  memoryRuns,
  memoryScripts,
  memorySlots,
  memoryStore,
  noTrail,
  ownDataKeys,
  recordingLog,
  stoppedClock,
} from './support/ports.ts';
import { cookieHeader, jsonOf, request, textOf } from './support/requests.ts';
import { resource } from './support/resources.ts';

const CASES = Number(process.env.FUZZ_CASES ?? 1_000);
const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);
process.stderr.write(`Fuzzing ${CASES} cases a route, FUZZ_SEED=${SEED}\n`);

/** Longer than any of these takes, in milliseconds: who is over it hangs. */
const HANGS = 10_000;

/** Somebody whom administrators may change. */
const BOB = 'aws:111122223333:AIDABOB';

/** Everything but AWS and databases, which answer at once. */
async function lodge() {
  const { clock } = stoppedClock();
  const { user, account, credentials } = sessionOf('administrator');
  const seen = { firstSeenAt: claimedInstance.claimedAt, lastSeenAt: claimedInstance.claimedAt };
  const users = [
    { ...user, role: 'administrator' as const, ...seen },
    { ...user, id: BOB, role: 'reader' as const, ...seen },
  ];
  const { store } = memoryStore({ instance: claimedInstance, users });
  const dataKeys = ownDataKeys();
  const { log, lines } = recordingLog();
  const { databases } = fakeDatabases({
    run: async function* () {
      yield { type: 'started', handle: 'h', statements: 1 } as const;
    },
    children: async () => [],
    names: async () => ({ types: [], tables: [] }),
    describe: async ([node]) => ({
      kind: node?.kind ?? 'schema',
      path: [],
      columns: [],
      keys: [],
      indexes: [],
      ddl: '',
    }),
    cancel: async () => true,
  });
  const here = resource();
  const discovery: Discovery = {
    list: async () => ({ resources: [here], lacking: [] }),
    ...noTags,
    markGlobalTables: async () => [],
    find: async () => here,
  };
  const { attempts } = countedAttempts();
  const { slots } = memorySlots();
  const ports = {
    attempts,
    dataKeys,
    store,
    clock,
    log,
    identity: fakeIdentity().identity,
    slots,
    scripts: memoryScripts().scripts,
    audit: memoryAudit().audit,
    trail: noTrail,
  };
  const environment = readEnvironment({});
  const automated = {
    ...scheduledNowhere(clock, []),
    automations: memoryAutomations(clock),
    runs: memoryRuns().runs,
  };
  const ground = { environment, ports, discovery, databases, roles: ownKeys, networks: undefined, automated };
  const handlers = handlersOf(ground);
  const span = { issuedAt: clock(), expiresAt: new Date(clock().getTime() + 3_600_000) };
  const temporary = { ...credentials, sessionToken: 'token' };
  const { token } = await sealSession(dataKeys, { user, account, credentials: temporary, ...span });
  const app = serve(handlers, guard(ports), { log });
  const cookie = cookieHeader({ cookies: sessionCookies(token, span) });
  const json = { resourceId: here.id, login: { method: 'password', user: 'app', password: 'of-a-test' } };
  const { connection } = await jsonOf(await app(request('POST', '/api/connections', { json, headers: { cookie } })));
  return { app, lines, cookie, connection: String(connection) };
}

type Sent = Pick<HttpRequest, 'method' | 'path' | 'query' | 'headers' | 'body'>;

/** Mostly what the route takes; seldom another method or path. */
const requests = (route: Route, { cookie, connection }: { cookie: string; connection: string }) => {
  const tokens = fc.oneof(
    { weight: 6, arbitrary: fc.constant(connection) },
    fc.constantFrom('.....', 'a.b.c.d.e', CANARY),
  );
  const given = {
    connection: tokens,
    resourceId: fc.constantFrom(resource().id, `${resource().id}${CANARY}`),
    accessKeyId: fc.constantFrom('AKIATESTONLY00000001', 'ASIATESTONLY00000001', CANARY),
    user: fc.constantFrom('app', CANARY),
    revision: fc.constantFrom(0, 1, 2, -1),
    id: fc.constantFrom(BOB, CANARY, 'abcdefghijkl'),
    expression: fc.constantFrom('rate(1 day)', 'cron(0 3 ? * MON#2 2030-2040)', 'at(2026-12-01T03:00:00)', CANARY),
    timeZone: fc.constantFrom('UTC', 'Europe/Berlin', CANARY),
  };
  const methods = fc.constantFrom('GET', 'PUT', 'HEAD', 'OPTIONS', 'TRACE', 'post', '', '__proto__', 'CONNECT');
  return fc.record({
    method: fc.oneof({ weight: 15, arbitrary: fc.constant(route.method) }, methods),
    path: fc.oneof({ weight: 15, arbitrary: fc.constant(pathOf(route)) }, spoilt(pathOf(route))),
    query: fc.dictionary(fc.constantFrom('a', '__proto__', CANARY), fc.constantFrom('', CANARY), { maxKeys: 2 }),
    headers: headers(cookie),
    body: bodies(route.body, given),
  });
};

/** Rejects what takes too long. */
const inTime = async <T>(work: Promise<T>): Promise<T> => {
  const done = new AbortController();
  const late = wait(HANGS, undefined, { signal: done.signal }).then(() => Promise.reject(new Error('It hangs.')));
  late.catch(() => undefined);
  return Promise.race([work, late]).finally(() => done.abort());
};

const ended = (asked: Promise<HttpAnswer>): Promise<{ answer: HttpAnswer; text: string }> =>
  inTime(asked.then(async (answer) => ({ answer, text: await textOf(answer) })));

/**
 * What every answer keeps, whatever was sent: the first that it does not. Without `expect`, which takes longer than a
 * request does.
 */
function broken(
  sent: Pick<Sent, 'method' | 'path'>,
  { answer, text }: { answer: HttpAnswer; text: string },
): string | undefined {
  const { status, headers, cookies } = answer;
  if (status >= 500) return `a ${status}: ${text}`;
  const head = JSON.stringify([headers, cookies]);
  if (head.includes(CANARY) || /\\[rn]/.test(head)) return `headers that repeat what was sent: ${head}`;
  const isStream = headers['content-type'] === 'application/x-ndjson';
  const last = isStream ? JSON.parse(text.trim().split('\n').at(-1) ?? '') : undefined;
  if (isStream && !['end', 'error'].includes(last.type)) return `a stream without an end: ${text}`;
  if (status < 400 && last?.type !== 'error') return undefined;
  const body = ErrorBody.parse(last?.error ?? JSON.parse(text));
  const found = find(sent.method, sent.path);
  const codes = 'match' in found ? CODES.get(found.match.name) : NOWHERE;
  if (!codes?.has(body.code)) return `an error of another route: ${text}`;
  if (!isStream && status !== ERRORS[body.code as ErrorCode][0])
    return `the status of another error: ${status} ${text}`;
  if (text.includes(CANARY)) return `a word of what was sent: ${text}`;
  if (/\.[jt]s:\d+|node_modules|\bat \w+ \(/.test(text)) return `a stack: ${text}`;
  return undefined;
}

const NAMES = Object.keys(ROUTES) as RouteName[];
const find = router(NAMES);

/** What each route may answer with; INTERNAL is what is never seen here. */
const CODES = new Map(
  NAMES.map((name) => [name, new Set<string>(errorsOf(ROUTES[name]).filter((code) => code !== 'INTERNAL'))]),
);
const NOWHERE = new Set(['ROUTE_NOT_FOUND', 'METHOD_NOT_ALLOWED']);

/** What keeps a request from its handler. */
const AT_THE_DOOR = /^(INPUT|BODY|SESSION|ORIGIN|ROUTE|METHOD)_/;

const untouched = Object.getOwnPropertyNames(Object.prototype).sort();

describe('every route keeps its word', () => {
  test.each(NAMES)('%s', async (name) => {
    const route: Route = ROUTES[name];
    const { app, lines, ...known } = await lodge();
    const signal = new AbortController().signal;
    let reached = 0;
    await fc.assert(
      fc.asyncProperty(requests(route, known), async (sent: Sent) => {
        lines.length = 0;
        const answer = await ended(app({ ...sent, requestId: 'request-1', address: '192.0.2.1', signal }));
        const seen = broken(sent, answer) ?? (JSON.stringify(lines).includes(CANARY) ? 'a log line' : undefined);
        if (seen) throw new Error(`Seen: ${seen}`);
        const code = answer.answer.status < 400 ? 'ok' : JSON.parse(answer.text).code;
        if (!AT_THE_DOOR.test(code)) reached += 1;
      }),
      { numRuns: CASES, seed: SEED },
    );
    // Else all of it would have ended at the door.
    expect(reached).toBeGreaterThan(0);
    expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(untouched);
  });
});

describe('the adapters keep it too', () => {
  const ways = { numRuns: CASES, seed: SEED };
  const route: Route = ROUTES.changeUser;

  test('Lambda, whatever its event is made of', async () => {
    installRuntime();
    const { lambda } = await import('#core/http/lambda.ts');
    const { app, lines, ...known } = await lodge();
    const handler = lambda(app);
    await fc.assert(
      fc.asyncProperty(events(requests(route, known)), async (event) => {
        lines.length = 0;
        const stream = await inTime(invoke(handler, event));
        const { statusCode = 0, headers: head = {}, multiValueHeaders = {} } = stream.prelude ?? {};
        const answer = { status: statusCode, headers: head, cookies: multiValueHeaders['Set-Cookie'] ?? [], body: '' };
        const text = unpacked(stream.body, head['content-encoding']);
        const sent = { method: event.httpMethod, path: event.path };
        const seen =
          broken(sent, { answer, text }) ?? (JSON.stringify(lines).includes(CANARY) ? 'a log line' : undefined);
        if (seen) throw new Error(`Seen: ${seen}`);
      }),
      ways,
    );
  });

  test('a connector, whatever operation it is handed', async () => {
    const performed: string[] = [];
    const connector: Connector = {
      async *perform({ work }) {
        performed.push(work.do);
        yield { type: 'opened', about: { version: '18', user: 'u', database: 'd' } };
      },
    };
    const operations = fc.oneof(valid(Operation), nearlyValid(Operation), nearlyValid(Operation), hostile);
    await fc.assert(
      fc.asyncProperty(operations, async (operation) => {
        const { log, lines } = recordingLog();
        const signal = new AbortController().signal;
        const packed = answer(operation, { connector, log, requestId: 'request-1', signal });
        const text = zstdDecompressSync(Buffer.concat(await inTime(packed.toArray()))).toString();
        const last = JSON.parse(text.trim().split('\n').at(-1) ?? '');
        if (last.type !== 'end' && last.reason !== 'operation') throw new Error(`Seen: ${text}`);
        if (text.includes(CANARY) || JSON.stringify(lines).includes(CANARY)) throw new Error(`An echo: ${text}`);
      }),
      ways,
    );
    expect(performed.length).toBeGreaterThan(CASES / 10);
  });

  test('a server, whatever comes over the wire, and it serves the next one', async () => {
    const { app, lines } = await lodge();
    const server = createServer(nodeListener(app));
    const { port, close } = await listen(server);
    const line = fc.constantFrom(
      'GET /api/session HTTP/1.1',
      'POST /api/session HTTP/1.1',
      'POST /api/session HTTP/9.9',
      `GET http://${CANARY}/api/instance HTTP/1.1`,
      'DELETE * HTTP/1.1',
      `G\u0000T /${CANARY} HTTP/1.1`,
      'POST /api/../../etc/passwd HTTP/1.1',
    );
    const header = fc.constantFrom(
      'Host: localhost',
      'Cookie: a=b',
      `Cookie: __Host-lodge-session-0=${CANARY}`,
      'Content-Length: 2',
      'Content-Length: 3',
      'Content-Length: -1',
      'Transfer-Encoding: chunked',
      'Transfer-Encoding: gzip',
      'X-Lodge-Request: 1',
      `X-Odd: ${'x'.repeat(20_000)}`,
      ` folded: ${CANARY}`,
      `No-Colon ${CANARY}`,
      'Expect: 100-continue',
      'Upgrade: websocket',
      'Connection: upgrade',
    );
    const body = fc.constantFrom('', '{}', '2\r\n{}\r\n0\r\n\r\n', 'zz\r\n', `{"accessKeyId":"${CANARY}"}`);
    await fc.assert(
      fc.asyncProperty(line, fc.array(header, { maxLength: 6 }), body, async (first, rest, last) => {
        const text = await inTime(rawAnswer(port, `${[first, ...rest].join('\r\n')}\r\n\r\n${last}`));
        if (/^HTTP\/1\.1 5/.test(text)) throw new Error(`Seen: ${text}`);
        if (text.includes(CANARY) || /\.[jt]s:\d+|node_modules/.test(text)) throw new Error(`Seen: ${text}`);
      }),
      { ...ways, numRuns: CASES / 2 },
    );
    expect((await fetch(`http://127.0.0.1:${port}/api/instance`)).status).toBe(200);
    expect(JSON.stringify(lines)).not.toContain(CANARY);
    const left = await new Promise<number>((resolve) => server.getConnections((_, count) => resolve(count)));
    await close();
    expect(left).toBeLessThan(10);
  });
});

/** What API Gateway would make of a request, and what somebody who may call the function could. */
const events = (asked: fc.Arbitrary<Sent>): fc.Arbitrary<APIGatewayProxyEvent> =>
  fc
    .record({
      sent: asked,
      isBase64Encoded: fc.oneof({ weight: 6, arbitrary: fc.constant(false) }, fc.constant(true)),
      isMany: fc.boolean(),
      context: fc.constantFrom(
        { requestId: 'gateway-1' },
        {},
        { identity: { sourceIp: '192.0.2.1' } },
        { identity: {} },
      ),
    })
    .map(({ sent: { method, path, query, headers: given, body }, isBase64Encoded, isMany, context }) =>
      gatewayEvent({
        httpMethod: method,
        path,
        headers: isMany ? null : given,
        multiValueHeaders: isMany
          ? Object.fromEntries(Object.entries(given).map(([name, value]) => [name, [value, value]]))
          : null,
        queryStringParameters: query,
        body: body ?? null,
        isBase64Encoded,
        requestContext: context,
      } as unknown as Partial<APIGatewayProxyEvent>),
    );

const UNPACK: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  gzip: gunzipSync,
  br: brotliDecompressSync,
  zstd: zstdDecompressSync,
};
const unpacked = (bytes: Buffer, encoding = ''): string => String(UNPACK[encoding]?.(bytes) ?? bytes);

/** All that comes back for these bytes; the connection is ended from here once they have been sent. */
async function rawAnswer(port: number, bytes: string): Promise<string> {
  const socket = connect({ host: '127.0.0.1', port });
  socket.on('error', () => undefined);
  let text = '';
  socket.setEncoding('latin1').on('data', (piece) => {
    text += piece;
  });
  socket.end(bytes, 'latin1');
  await once(socket, 'close').catch(() => undefined);
  return text;
}
