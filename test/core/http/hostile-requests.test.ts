/** Paths, methods and line ends that nobody sends by accident: at the server of one machine, and in the Lambda adapter. */
import http from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { ROUTES } from '#contract/routes.ts';
import type { Handlers } from '#core/http/handler.ts';
import type { HttpAnswer, Serve } from '#core/http/message.ts';
import { nodeListener } from '#core/http/node.ts';
import { serve } from '#core/http/serve.ts';
import { guard } from '#core/session/guard.ts';
import { readInstance } from '../../../lambdas/instance/read-instance.ts';
import { signOut } from '../../../lambdas/session/sign-out.ts';
import { HOSTILE_PATHS, LINES } from '../../support/hostile.ts';
import { gatewayEvent, installRuntime, invoke } from '../../support/lambda-runtime.ts';
import { claimedInstance, memoryStore, ownDataKeys, recordingLog, stoppedClock } from '../../support/ports.ts';
import { request } from '../../support/requests.ts';

installRuntime();

const { store } = memoryStore({ instance: claimedInstance });
const never = async () => {
  throw new Error('A handler was reached.');
};
/** Two routes answer to anybody; the others must not be reached at all. */
const handlers = {
  ...Object.fromEntries(Object.keys(ROUTES).map((name) => [name, never])),
  instance: readInstance({ store }),
  signOut: signOut(),
} as unknown as Handlers;
const app: Serve = serve(
  handlers,
  guard({ dataKeys: ownDataKeys(), store, clock: stoppedClock().clock }),
  recordingLog(),
);

let server: http.Server;
beforeAll(async () => {
  server = http.createServer(nodeListener(app));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** Sends a request line as it is, which no client would, and gives the whole answer. */
const raw = (line: string, headers: readonly string[] = []): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    let text = '';
    socket.setEncoding('utf8').on('data', (piece) => {
      text += piece;
    });
    socket.on('end', () => resolve(text)).on('error', reject);
    socket.write([line, 'Host: lodge.test', 'Connection: close', ...headers, '', ''].join('\r\n'));
  });
const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);

/** Nothing that would send a browser, or its cookies, elsewhere. */
const leadsNowhere = (answer: string) => {
  expect(answer).not.toMatch(/^(location|refresh|access-control-|set-cookie)[^\r\n]*:/im);
  expect(answer).not.toMatch(/^HTTP\/1\.1 (3|5)\d\d/);
};

describe('a path that is none', () => {
  test.each(HOSTILE_PATHS)('%.60s leads nowhere at the server', async (path) => {
    const answer = await raw(`GET ${path} HTTP/1.1`);
    leadsNowhere(answer);
    expect([400, 404]).toContain(statusOf(answer));
  });

  test.each(HOSTILE_PATHS)('%.60s leads nowhere in Lambda', async (path) => {
    const { lambda } = await import('#core/http/lambda.ts');
    const { prelude, body } = await invoke(lambda(app), gatewayEvent({ path }));
    expect([prelude?.statusCode, JSON.parse(String(body)).code]).toEqual([404, 'ROUTE_NOT_FOUND']);
    expect(Object.keys(prelude?.headers ?? {})).not.toContain('location');
    expect(String(body)).not.toContain('instance%');
  });

  test.each(['http://evil.example/api/instance', 'evil.example:443', '*', ''])(
    'nor does a request line for %j',
    async (target) => {
      const answer = await raw(`GET ${target} HTTP/1.1`);
      leadsNowhere(answer);
      expect([400, 404]).toContain(statusOf(answer));
    },
  );
});

describe('a method that is none', () => {
  test.each(['TRACE', 'OPTIONS', 'HEAD', 'PROPFIND', 'PURGE', 'QUERY', 'get', 'G\u0000ET', 'EVIL'])(
    '%s changes nothing and opens nothing to other origins',
    async (method) => {
      const answer = await raw(`${method} /api/instance HTTP/1.1`, ['Origin: https://evil.example']);
      leadsNowhere(answer);
      expect([400, 405]).toContain(statusOf(answer));
    },
  );

  test.each(['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override'])('%s counts for nothing', async (name) => {
    const answer = await raw('GET /api/instance HTTP/1.1', [`${name}: DELETE`]);
    expect(answer).toContain('"claimed":true');
  });
});

test('a request that could be read as two is read as none', async () => {
  const smuggled = ['Content-Length: 4', 'Transfer-Encoding: chunked'];
  expect(statusOf(await raw('POST /api/session HTTP/1.1', smuggled))).toBe(400);
  expect(statusOf(await raw('POST /api/session HTTP/1.1', ['Content-Length: 4', 'Content-Length: 5']))).toBe(400);
});

describe('a line end in whatever might become a header', () => {
  /** RFC 9110, 5.5: what a field's value may hold. */
  const VALUE = /^[\t\x20-\x7e]*$/;
  const clean = ({ headers, cookies }: HttpAnswer) => {
    for (const [name, value] of Object.entries(headers)) {
      expect(name).toMatch(/^[a-z-]+$/);
      expect(value).toMatch(VALUE);
    }
    for (const cookie of cookies) expect(cookie).toMatch(VALUE);
  };

  test.each(LINES)('%j', async (line) => {
    const places: Parameters<typeof request>[2][] = [
      { query: { [line]: line } },
      { headers: { cookie: `__Host-lodge-session-0=${line}` } },
      { headers: { authorization: `Bearer ${line}` } },
      { headers: { 'x-request-id': line, 'x-forwarded-for': line, host: line, origin: line, referer: line } },
      { headers: { 'sec-fetch-site': line, 'accept-encoding': line, 'x-lodge-request': line } },
      { json: { [line]: line } },
      { body: line },
    ];
    for (const changes of places)
      for (const { method, path } of Object.values(ROUTES))
        for (const asked of [path, `${path}${line}`]) {
          const answer = await app(request(method, asked, changes));
          clean(answer);
          expect(answer.status).toBeLessThan(500);
        }
  });
});
