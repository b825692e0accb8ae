import { AppError } from '#contract/errors.ts';
import type { Role } from '#contract/roles.ts';
import { type Guard, type Handlers, Reply, type Session } from '#core/http/handler.ts';
import { serve } from '#core/http/serve.ts';
import { sessionOf } from '../../support/people.ts';
import { recordingLog } from '../../support/ports.ts';
import { jsonOf, recordsOf, request, textOf } from '../../support/requests.ts';

const openTo = (role: Role | AppError): Guard => ({
  open: async () => sessionOf('reader'),
  role: async () => {
    if (role instanceof AppError) throw role;
    return role;
  },
});

function serving(handlers: Partial<Handlers>, guard: Guard = openTo('reader')) {
  const { log, lines } = recordingLog();
  return { serve: serve(handlers, guard, { log, watchTimes: { everyMs: 1, doubtMs: 60_000 } }), lines };
}

const state = { claimed: true, name: 'Harbour' };

test('an answer is JSON that nobody may cache, sniff or frame, and carries its request id', async () => {
  const { serve, lines } = serving({ instance: async () => state });
  const answer = await serve(request('GET', '/api/instance'));
  expect(answer).toMatchObject({ status: 200, cookies: [] });
  expect(answer.headers).toEqual({
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'content-type': 'application/json; charset=utf-8',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-request-id': 'request-1',
  });
  expect(await jsonOf(answer)).toEqual(state);
  expect(lines).toMatchObject([{ level: 'info', fields: { route: 'instance', status: 200, requestId: 'request-1' } }]);
});

test('a reply sets cookies, and a route may answer without a body', async () => {
  const { serve } = serving({ signOut: async () => new Reply(undefined, ['a=1', 'b=2']) });
  const answer = await serve(request('DELETE', '/api/session'));
  expect(answer).toMatchObject({ status: 204, cookies: ['a=1', 'b=2'], body: '' });
  expect(answer.headers).not.toHaveProperty('content-type');
});

test('a path that is none is 404, a method that is none 405 with the methods there are', async () => {
  const { serve, lines } = serving({ instance: async () => state });
  const missing = await serve(request('GET', '/api/nothing'));
  expect([missing.status, (await jsonOf(missing)).code]).toEqual([404, 'ROUTE_NOT_FOUND']);
  const wrong = await serve(request('PUT', '/api/instance'));
  expect([wrong.status, (await jsonOf(wrong)).code, wrong.headers.allow]).toEqual([405, 'METHOD_NOT_ALLOWED', 'GET']);
  expect(lines).toHaveLength(2);
});

test('an error has the same shape everywhere', async () => {
  const details = { action: 'rds:DescribeDBInstances' };
  const { serve } = serving({
    instance: async () => Promise.reject(new AppError('AWS_DENIED', { message: 'No.', details })),
  });
  const answer = await serve(request('GET', '/api/instance'));
  expect(answer.status).toBe(403);
  expect(await jsonOf(answer)).toEqual({ code: 'AWS_DENIED', message: 'No.', requestId: 'request-1', details });
});

test.each([
  ['a handler', { open: async () => sessionOf('reader'), role: async () => 'reader' as const }],
  ['the look at the session', { open: () => new Promise<never>(() => undefined), role: async () => 'reader' as const }],
])('%s that heeds no signal is not waited for until the function is ended', async (_what, guard) => {
  const time = new AbortController();
  const asked = request('GET', '/api/session', { signal: time.signal });
  const { serve, lines } = serving({ whoAmI: () => new Promise(() => undefined) }, guard);
  const answer = serve(asked);
  time.abort(new AppError('STATEMENT_TIMEOUT', { message: 'The time is over.' }));
  expect((await answer).status).toBe(408);
  expect(await jsonOf(await answer)).toMatchObject({ code: 'STATEMENT_TIMEOUT', message: 'The time is over.' });
  expect(lines).toMatchObject([{ fields: { route: 'whoAmI', code: 'STATEMENT_TIMEOUT' } }]);
});

test('an error that nobody meant tells the user nothing and the log its cause', async () => {
  const cause = new Error('the password is hunter2');
  const { serve, lines } = serving({ instance: () => Promise.reject(cause) });
  const answer = await serve(request('GET', '/api/instance'));
  expect(answer.status).toBe(500);
  expect(await textOf(answer)).not.toContain('hunter2');
  expect(lines).toEqual([
    { level: 'error', message: 'request', fields: expect.objectContaining({ code: 'INTERNAL', cause }) },
  ]);
});

test('a handler receives its input as the route declares it', async () => {
  const seen: unknown[] = [];
  const { serve } = serving({
    cancel: async ({ body }, { session, requestId }) => {
      seen.push(body, session.role, requestId);
      return { cancelled: true };
    },
  });
  await serve(request('POST', '/api/query/cancel', { json: { connection: 'c', handle: 'h', more: 1 } }));
  expect(seen).toEqual([{ connection: 'c', handle: 'h' }, 'reader', 'request-1']);
});

test('input is read only once the caller is let in', async () => {
  const guard: Guard = { ...openTo('reader'), open: () => Promise.reject(new AppError('SESSION_MISSING')) };
  const { serve } = serving({ cancel: async () => ({ cancelled: true }) }, guard);
  expect((await serve(request('POST', '/api/query/cancel', { body: '{' }))).status).toBe(401);
});

test('a body that is too large is refused before anything else is done with it', async () => {
  const { serve } = serving({ cancel: async () => ({ cancelled: true }) });
  const answer = await serve(request('POST', '/api/query/cancel', { body: 'x'.repeat(5_000_000) }));
  expect([answer.status, (await jsonOf(answer)).code]).toEqual([413, 'BODY_TOO_LARGE']);
});

test("a foreign page's form cannot sign anybody in", async () => {
  const { serve } = serving({ signIn: async () => Promise.reject(new Error('was called')) });
  const answer = await serve(request('POST', '/api/session', { headers: { 'sec-fetch-site': 'cross-site' } }));
  expect((await jsonOf(answer)).code).toBe('ORIGIN_REFUSED');
});

describe('who may call', () => {
  const cancel = request('POST', '/api/query/cancel', { json: { connection: 'c', handle: 'h' } });
  const handlers = { cancel: async () => ({ cancelled: true }) };

  test.each(['reader', 'editor', 'administrator'] as const)('a reader’s route is open to the %s', async (role) => {
    expect((await serving(handlers, openTo(role)).serve(cancel)).status).toBe(200);
  });

  test('what the guard refuses is the answer', async () => {
    for (const code of ['NOT_CLAIMED', 'ACCOUNT_REFUSED', 'SESSION_EXPIRED'] as const) {
      const answer = await serving(handlers, openTo(new AppError(code))).serve(cancel);
      expect((await jsonOf(answer)).code).toBe(code);
    }
  });

  test('a role that is too low is told which one is needed', async () => {
    const { ROUTES } = await import('#contract/routes.ts');
    const declared = ROUTES.cancel as { audience: string };
    declared.audience = 'administrator';
    try {
      const answer = await serving(handlers, openTo('editor')).serve(cancel);
      expect(answer.status).toBe(403);
      expect(await jsonOf(answer)).toMatchObject({
        code: 'ROLE_REQUIRED',
        message: 'This needs the role Administrator; yours is Editor.',
        details: { role: 'administrator' },
      });
    } finally {
      declared.audience = 'reader';
    }
  });

  test('a user may ask who they are before there are roles', async () => {
    const seen: unknown[] = [];
    const whoAmI: Handlers['whoAmI'] = async (_input, { session }) => {
      seen.push(session.role);
      throw new AppError('INTERNAL');
    };
    await serving({ whoAmI }, openTo(new AppError('NOT_CLAIMED'))).serve(request('GET', '/api/session'));
    await serving({ whoAmI }, openTo('editor')).serve(request('GET', '/api/session'));
    expect(seen).toEqual([undefined, 'editor']);
    const ended = serving({ whoAmI }, openTo(new AppError('SESSION_EXPIRED')));
    expect((await ended.serve(request('GET', '/api/session'))).status).toBe(401);
  });

  test('a claimant’s role is not asked for', async () => {
    const sessions: Session[] = [];
    const claim: Handlers['claim'] = async (_input, { session }) => {
      sessions.push(session);
      throw new AppError('ALREADY_CLAIMED');
    };
    const guard = openTo(new AppError('NOT_CLAIMED'));
    const json = { name: 'x', regions: ['eu-central-1'] };
    expect((await serving({ claim }, guard).serve(request('POST', '/api/instance', { json }))).status).toBe(409);
    expect(sessions).toHaveLength(1);
  });
});

describe('streams', () => {
  const asked = request('POST', '/api/resources', { json: {} });

  test('are NDJSON, and logged when they end', async () => {
    const { serve, lines } = serving({
      resources: async () =>
        (async function* () {
          yield { type: 'end' as const, elapsedMs: 1 };
        })(),
    });
    const answer = await serve(asked);
    expect(answer.headers).toMatchObject({ 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' });
    expect(lines).toHaveLength(0);
    expect(await recordsOf(answer)).toEqual([{ type: 'heartbeat' }, { type: 'end', elapsedMs: 1 }]);
    expect(lines).toMatchObject([{ fields: { route: 'resources', user: sessionOf('reader').user.id, status: 200 } }]);
  });

  test('that fail before they begin have a status of their own', async () => {
    const { serve } = serving({ resources: () => Promise.reject(new AppError('NOT_CLAIMED')) });
    expect((await serve(asked)).status).toBe(403);
  });

  test('that fail later end with an error record', async () => {
    const { serve } = serving({
      resources: async () =>
        // biome-ignore lint/correctness/useYield: it fails before its first record.
        (async function* () {
          throw new AppError('THROTTLED');
        })(),
    });
    const answer = await serve(asked);
    expect(answer.status).toBe(200);
    expect((await recordsOf(answer)).at(-1)).toMatchObject({ type: 'error', error: { code: 'THROTTLED' } });
  });

  describe('end in the middle', () => {
    /** Says something and then waits for its signal, as a statement does that a database takes its time for. */
    function waiting() {
      const seen = { stopped: undefined as unknown };
      const resources: Handlers['resources'] = async (_input, { signal }) =>
        (async function* () {
          yield { type: 'heartbeat' as const };
          await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
          seen.stopped = signal.reason;
          throw new Error('the echo of the abort');
        })();
      return { resources, seen };
    }

    /** A guard whose answer changes once it was asked as often as a request asks. */
    const changing = (before: Role, after: Role | AppError): Guard => {
      let asked = 0;
      return { ...openTo(before), role: (session) => openTo(asked++ === 0 ? before : after).role(session) };
    };

    test.each(['SESSION_EXPIRED', 'USER_BLOCKED'] as const)(
      'when their caller is let in no more: %s is the last record, and the work is told to stop',
      async (code) => {
        const { resources, seen } = waiting();
        const { serve, lines } = serving({ resources }, changing('editor', new AppError(code)));
        const records = await recordsOf(await serve(asked));
        expect(records.at(-1)).toMatchObject({ type: 'error', error: { code, requestId: 'request-1' } });
        expect(seen.stopped).toMatchObject({ code });
        expect(lines).toMatchObject([{ level: 'info', fields: { status: 200, code } }]);
      },
    );

    test('when the role of their caller was taken down, though the route is open to the new one', async () => {
      const { resources } = waiting();
      const { serve } = serving({ resources }, changing('editor', 'reader'));
      expect((await recordsOf(await serve(asked))).at(-1).error).toEqual({
        code: 'ROLE_REQUIRED',
        message: 'Your role has become Reader while this ran, so it was stopped.',
        details: { role: 'editor' },
        requestId: 'request-1',
      });
    });

    test('but not when their caller may do more than before', async () => {
      let asked = 0;
      const told = Promise.withResolvers<void>();
      const guard: Guard = {
        ...openTo('reader'),
        role: async () => {
          if (++asked === 4) told.resolve();
          return asked === 1 ? 'reader' : 'administrator';
        },
      };
      const resources: Handlers['resources'] = async (_input, { signal }) =>
        (async function* () {
          await told.promise;
          signal.throwIfAborted();
          yield { type: 'end' as const, elapsedMs: 1 };
        })();
      const { serve } = serving({ resources }, guard);
      const records = await recordsOf(await serve(request('POST', '/api/resources', { json: {} })));
      expect(records.at(-1)).toEqual({ type: 'end', elapsedMs: 1 });
    });

    test('and while a handler still prepares, the refusal is its answer', async () => {
      const { serve } = serving(
        {
          resources: (_input, { signal }) =>
            new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('echo')))),
        },
        changing('reader', new AppError('USER_BLOCKED')),
      );
      const answer = await serve(asked);
      expect([answer.status, (await jsonOf(answer)).code]).toEqual([403, 'USER_BLOCKED']);
    });
  });
});
