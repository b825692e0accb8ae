import type { AuditEntry } from '#contract/audit.ts';
import { ApiError } from '../../../../frontend/src/api.ts';
import { readTrail } from '../../../../frontend/src/features/audit/read-trail.ts';
import type { Part } from '../../../../frontend/src/features/pages/paged.ts';
import { endScript, entry, scriptFetch, trailOf } from './entries.ts';

const read = async (signal = new AbortController().signal) => {
  const told: Part<AuditEntry>[] = [];
  const next = await readTrail({ route: 'audit', search: { limit: 2 }, tell: (part) => told.push(part), signal }).catch(
    (error: unknown) => error,
  );
  return { next, rows: told.flatMap(({ rows = [] }) => rows.map(({ id }) => id)), back: told.at(-1)?.back };
};

afterEach(endScript);

describe('reading the record', () => {
  it('tells entries, how far back it has looked, and what goes on after it', async () => {
    const asked = scriptFetch(() =>
      trailOf(
        { type: 'entry', entry: entry({ id: 'a' }) },
        { type: 'heartbeat' },
        { type: 'entry', entry: entry({ id: 'b' }) },
        { type: 'searched', back: '2026-11-01T00:00:00.000Z' },
        { type: 'end', elapsedMs: 3, next: 'cursor' },
      ),
    );
    expect(await read()).toEqual({ next: 'cursor', rows: ['a', 'b'], back: '2026-11-01T00:00:00.000Z' });
    expect(asked).toEqual([{ limit: 2 }]);
  });

  it('tells what was found before an error, and then the error', async () => {
    const error = { code: 'THROTTLED', message: 'AWS asks to slow down.', requestId: 'r' };
    scriptFetch(() => trailOf({ type: 'entry', entry: entry({ id: 'a' }) }, { type: 'error', error }));
    expect(await read()).toMatchObject({ next: { code: 'THROTTLED', requestId: 'r' }, rows: ['a'] });
  });

  it('takes an answer without an end for one that was cut', async () => {
    scriptFetch(() => trailOf({ type: 'entry', entry: entry({ id: 'a' }) }));
    const { next, rows } = await read();
    expect([next instanceof ApiError && next.code, rows]).toEqual(['STREAM_CUT', ['a']]);
  });

  it('ends when nobody wants it any more', async () => {
    const stop = new AbortController();
    scriptFetch(
      () =>
        new Promise<Response>((_, reject) => {
          queueMicrotask(() => stop.abort());
          stop.signal.addEventListener('abort', () => reject(stop.signal.reason));
        }),
    );
    expect((await read(stop.signal)).next).toBe(stop.signal.reason);
  });
});
