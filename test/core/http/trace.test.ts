import { AppError } from '#contract/errors.ts';
import { Trace } from '#core/http/trace.ts';
import { recordingLog } from '../../support/ports.ts';
import { request } from '../../support/requests.ts';

function traced() {
  const abort = new AbortController();
  const { log, lines } = recordingLog();
  return { trace: new Trace(request('GET', '/', { signal: abort.signal }), log), abort, lines };
}

test('a line says what is known: request, route, user, status and time', () => {
  const { trace, lines } = traced();
  trace.route = 'whoAmI';
  trace.user = 'aws:1:A';
  trace.end(200);
  expect(lines).toEqual([
    {
      level: 'info',
      message: 'request',
      fields: { requestId: 'request-1', route: 'whoAmI', user: 'aws:1:A', status: 200, elapsedMs: expect.any(Number) },
    },
  ]);
});

test('a refusal is information, a failure of ours is an error with its cause', () => {
  const { trace, lines } = traced();
  const cause = new Error('socket');
  trace.end(404, new AppError('ROUTE_NOT_FOUND', { cause }));
  trace.end(502, new AppError('AWS_UNAVAILABLE', { cause }));
  const bare = new AppError('INTERNAL');
  trace.end(500, bare);
  expect(lines.map(({ level, fields }) => [level, fields.code, fields.cause])).toEqual([
    ['info', 'ROUTE_NOT_FOUND', undefined],
    ['error', 'AWS_UNAVAILABLE', cause],
    ['error', 'INTERNAL', bare],
  ]);
});

test('what was meant is kept, what was not becomes INTERNAL', () => {
  const { trace } = traced();
  const meant = new AppError('READ_ONLY');
  expect(trace.explain(meant)).toBe(meant);
  const surprise = new RangeError('x');
  expect(trace.explain(surprise)).toMatchObject({ code: 'INTERNAL', cause: surprise });
  expect(trace.explain('a string')).toMatchObject({ code: 'INTERNAL' });
});

test('after an abort its reason is what happened', () => {
  const { trace, abort } = traced();
  abort.abort(new AppError('STATEMENT_TIMEOUT'));
  expect(trace.explain(new Error('read ECONNRESET'))).toMatchObject({ code: 'STATEMENT_TIMEOUT' });
});

test('an abort for a reason of somebody else leaves the error as it is', () => {
  const { trace, abort } = traced();
  abort.abort();
  expect(trace.explain(new AppError('DATABASE_LOST'))).toMatchObject({ code: 'DATABASE_LOST' });
});
