import { AppError } from '#contract/errors.ts';
import { ndjson } from '#core/http/stream.ts';
import { Trace } from '#core/http/trace.ts';
import { recordingLog } from '../../support/ports.ts';
import { request } from '../../support/requests.ts';

const HEARTBEAT = '{"type":"heartbeat"}\n';

function streaming(source: AsyncIterable<object>, { heartbeatMs = 60_000 } = {}) {
  const abort = new AbortController();
  const { log, lines } = recordingLog();
  const trace = new Trace(request('GET', '/', { signal: abort.signal }), log);
  return { stream: ndjson(source, { signal: abort.signal, trace, heartbeatMs }), abort, lines };
}

async function all(stream: AsyncIterable<string | Uint8Array>): Promise<(string | Uint8Array)[]> {
  const pieces = [];
  for await (const piece of stream) pieces.push(piece);
  return pieces;
}

/** A source that says whether it was closed. */
function watched(make: () => AsyncGenerator<object>) {
  const seen = { closed: false };
  async function* source() {
    try {
      yield* make();
    } finally {
      seen.closed = true;
    }
  }
  return { source: source(), seen };
}

test('a heartbeat goes out at once, before the source has said anything', async () => {
  const never = watched(async function* () {
    await new Promise(() => undefined);
    yield {};
  });
  const { stream } = streaming(never.source);
  expect(await stream.next()).toEqual({ done: false, value: HEARTBEAT });
  await stream.return();
});

test('records become lines, and bytes pass as the very same bytes', async () => {
  const bytes = new TextEncoder().encode('{"type":"rows"}\n');
  const { stream, lines } = streaming(
    (async function* () {
      yield { type: 'started' };
      yield bytes;
      yield { type: 'end', text: 'a\nb' };
    })(),
  );
  const pieces = await all(stream);
  expect(pieces).toEqual([HEARTBEAT, '{"type":"started"}\n', bytes, '{"type":"end","text":"a\\nb"}\n']);
  expect(pieces[2]).toBe(bytes);
  expect(lines).toMatchObject([{ level: 'info', fields: { status: 200 } }]);
});

test('a silence is filled with heartbeats, and loses nothing of the source', async () => {
  let speak: (() => void) | undefined;
  const { stream } = streaming(
    (async function* () {
      await new Promise<void>((resolve) => {
        speak = resolve;
      });
      yield { type: 'end' };
    })(),
    { heartbeatMs: 5 },
  );
  const first = [await stream.next(), await stream.next(), await stream.next()].map(({ value }) => value);
  expect(first).toEqual([HEARTBEAT, HEARTBEAT, HEARTBEAT]);
  speak?.();
  const rest = await all(stream);
  expect(rest.at(-1)).toBe('{"type":"end"}\n');
  expect(rest.filter((line) => line !== HEARTBEAT)).toHaveLength(1);
});

test('an error that was meant is the last record, with its details', async () => {
  const { stream, lines } = streaming(
    (async function* () {
      yield { type: 'started' };
      throw new AppError('STATEMENT_FAILED', { message: 'no such table', details: { statement: 2 } });
    })(),
  );
  const last = JSON.parse(String((await all(stream)).at(-1)));
  expect(last).toEqual({
    type: 'error',
    error: { code: 'STATEMENT_FAILED', message: 'no such table', requestId: 'request-1', details: { statement: 2 } },
  });
  expect(lines).toMatchObject([{ level: 'info', fields: { status: 200, code: 'STATEMENT_FAILED' } }]);
});

test('an error that nobody meant says nothing of itself', async () => {
  // biome-ignore lint/correctness/useYield: a source may fail before its first record.
  const failing = (async function* (): AsyncGenerator<object> {
    throw new TypeError("'wJalr' is not a function");
  })();
  const { stream, lines } = streaming(failing);
  const pieces = await all(stream);
  expect(JSON.parse(String(pieces.at(-1)))).toMatchObject({ type: 'error', error: { code: 'INTERNAL' } });
  expect(pieces.join('')).not.toContain('wJalr');
  expect(lines[0]).toMatchObject({ level: 'error', fields: { code: 'INTERNAL', cause: expect.any(TypeError) } });
});

test('who leaves early closes the source, and leaves one log line', async () => {
  const { source, seen } = watched(async function* () {
    for (;;) yield { type: 'rows' };
  });
  const { stream, lines } = streaming(source);
  for await (const piece of stream) if (piece !== HEARTBEAT) break;
  expect(seen.closed).toBe(true);
  expect(lines).toHaveLength(1);
});

test('nothing is pulled from the source before it is asked for', async () => {
  let made = 0;
  const { stream } = streaming(
    (async function* () {
      for (;;) yield { made: ++made };
    })(),
  );
  await stream.next();
  expect(made).toBe(0);
  await stream.next();
  await stream.next();
  expect(made).toBe(2);
  await stream.return();
});

test('an abort ends a source that is waiting, and its reason is the last record', async () => {
  const { source, seen } = watched(async function* () {
    yield { type: 'started' };
    await new Promise((_, reject) => setTimeout(() => reject(new Error('the echo of the abort')), 20));
  });
  const { stream, abort } = streaming(source);
  await stream.next();
  await stream.next();
  const pending = stream.next();
  abort.abort(new AppError('STATEMENT_TIMEOUT'));
  expect(JSON.parse(String((await pending).value))).toMatchObject({ error: { code: 'STATEMENT_TIMEOUT' } });
  expect((await stream.next()).done).toBe(true);
  expect(seen.closed).toBe(true);
});

test('an abort that came before the stream began ends it as well', async () => {
  const { stream, abort } = streaming(
    watched(async function* () {
      yield* [];
      await new Promise((resolve) => setTimeout(resolve, 10));
    }).source,
  );
  abort.abort(new AppError('STATEMENT_CANCELLED'));
  expect(JSON.parse(String((await all(stream)).at(-1)))).toMatchObject({ error: { code: 'STATEMENT_CANCELLED' } });
});

test('an error while the source closes goes to nobody', async () => {
  const { stream } = streaming({
    [Symbol.asyncIterator]: () => ({
      next: async () => ({ done: false, value: { type: 'rows' } }),
      return: async () => {
        throw new Error('closing failed');
      },
    }),
  });
  await stream.next();
  await stream.next();
  await expect(stream.return()).resolves.toEqual({ done: true, value: undefined });
});
