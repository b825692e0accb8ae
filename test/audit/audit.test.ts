import type { AuditSearch } from '#contract/audit.ts';
import { serve } from '#core/http/serve.ts';
import { audit } from '../../lambdas/audit/audit.ts';
import { sessionOf } from '../support/people.ts';
import { claimedInstance, memoryAudit, memoryStore, recordingLog } from '../support/ports.ts';
import { jsonOf, recordsOf, request } from '../support/requests.ts';

const entry = {
  id: 'e',
  at: '2026-11-24T10:00:00.000Z',
  kind: 'statement',
  outcome: 'succeeded',
  requestId: 'r',
} as const;

/** A trail that finds one entry, and what it was asked. */
function house(role: 'administrator' | 'reader', { failing = false } = {}) {
  const asked: AuditSearch[] = [];
  const { audit: recorder, entries } = memoryAudit({ failing });
  const trail: Parameters<typeof audit>[0]['trail'] = {
    async *search(search) {
      asked.push(search);
      yield { type: 'entry', entry: { ...entry, address: '192.0.2.1' } };
      yield { type: 'end', elapsedMs: 1 };
    },
  };
  const { store } = memoryStore({ instance: claimedInstance });
  const guard = { open: async () => sessionOf(role), role: async () => role };
  const app = serve(audit({ trail, audit: recorder, store }), guard, recordingLog());
  return { asked, entries, post: (path: string, json: object) => app(request('POST', path, { json })) };
}

test('an administrator searches all of it, and a page leaves no record', async () => {
  const { post, asked, entries } = house('administrator');
  const records = await recordsOf(await post('/api/audit', { limit: 10, text: ' orders ' }));
  expect(records.map(({ type }) => type)).toEqual(['heartbeat', 'entry', 'end']);
  expect(asked).toEqual([{ limit: 10, text: 'orders' }]);
  expect(entries).toEqual([]);
});

test('without a limit it is an export, which is recorded: of what, and how many', async () => {
  const { post, entries } = house('administrator');
  await recordsOf(await post('/api/audit', { kind: 'statement', text: 'orders' }));
  await recordsOf(await post('/api/audit', {}));
  expect(entries).toMatchObject([
    { kind: 'export', outcome: 'succeeded', change: 'kind: statement, text: orders', rows: 1, role: 'administrator' },
    { kind: 'export', outcome: 'succeeded', change: 'everything' },
  ]);
});

test('an export whose record cannot be written gives nothing', async () => {
  const { post, asked } = house('administrator', { failing: true });
  const answer = await post('/api/audit', {});
  expect([answer.status, (await jsonOf(answer)).code, asked]).toEqual([503, 'AUDIT_FAILED', []]);
});

test('others may not search it', async () => {
  const { post, asked } = house('reader');
  expect((await post('/api/audit', { limit: 1 })).status).toBe(403);
  expect(asked).toEqual([]);
});

test('everybody has their own statements, and can ask for nobody else’s', async () => {
  const { post, asked } = house('reader');
  await recordsOf(await post('/api/history', { limit: 5, text: 'orders', userId: 'aws:1:somebody', kind: 'sign-in' }));
  expect(asked).toEqual([{ limit: 5, text: 'orders', userId: sessionOf('reader').user.id, kind: 'statement' }]);
});
