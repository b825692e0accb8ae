import { InstanceSettings, SettingsView } from '#contract/settings.ts';
import { serve } from '#core/http/serve.ts';
import { settings } from '../../lambdas/settings/settings.ts';
import { sessionOf } from '../support/people.ts';
import { claimedInstance, memoryAudit, memoryStore, recordingLog } from '../support/ports.ts';
import { jsonOf, request } from '../support/requests.ts';

const own: InstanceSettings = InstanceSettings.parse(claimedInstance);
const { limits } = own;

function house({ audit, entries } = memoryAudit()) {
  const { store } = memoryStore({ instance: claimedInstance });
  const guard = { open: async () => sessionOf('administrator'), role: async () => 'administrator' as const };
  const app = serve(settings({ store, audit }), guard, recordingLog());
  return {
    store,
    entries,
    put: (path: string, json: object) => app(request('PUT', path, { json })),
    get: (path: string) => app(request('GET', path)),
  };
}

test('what was decided is read, and changed on what was read', async () => {
  const { get, put } = house();
  expect(SettingsView.parse(await jsonOf(await get('/api/settings')))).toMatchObject({ settings: own, revision: 1 });
  const changed = { ...own, name: 'Quay', limits: { ...limits, rows: 500 } };
  const answer = await put('/api/settings', { settings: changed, revision: 1 });
  expect(await jsonOf(answer)).toMatchObject({ settings: changed, revision: 2 });
  const late = await put('/api/settings', { settings: own, revision: 1 });
  expect([late.status, (await jsonOf(late)).code]).toEqual([409, 'CHANGED_MEANWHILE']);
});

test('a change of settings is recorded as what was so before, and what is so then', async () => {
  const { put, entries } = house();
  await put('/api/settings', { settings: { ...own, name: 'Quay', regions: ['eu-west-1'] }, revision: 1 });
  await put('/api/settings', { settings: own, revision: 1 });
  expect(entries).toMatchObject([
    {
      kind: 'settings-change',
      outcome: 'succeeded',
      change: 'name: Harbour → Quay; regions: eu-central-1, us-east-1 → eu-west-1',
      user: sessionOf('administrator').user,
    },
    { kind: 'settings-change', outcome: 'refused', code: 'CHANGED_MEANWHILE' },
  ]);
});

test('a change of rules is recorded rule by rule', async () => {
  const { put, entries } = house();
  const when = { kind: 'role', pattern: 'Data*' };
  const narrowing = {
    role: 'reader',
    where: { service: 'rds', tag: { key: 'stage', pattern: 'prod' } },
    effect: 'hidden',
  };
  await put('/api/access', { rules: [{ when, role: 'editor' }], narrowings: [narrowing], revision: 0 });
  await put('/api/access', { rules: [], narrowings: [narrowing], revision: 1 });
  expect(entries.map(({ kind, change }) => [kind, change])).toEqual([
    [
      'access-change',
      'narrowings 1: role reader, where service rds, tag key stage, pattern prod, effect hidden; rules 1: when kind role, pattern Data*, role editor',
    ],
    ['access-change', 'rules 1: when kind role, pattern Data*, role editor → nothing'],
  ]);
});

test('what cannot be recorded is not changed', async () => {
  const { put, store } = house(memoryAudit({ failing: true }));
  const answer = await put('/api/settings', { settings: { ...own, name: 'Quay' }, revision: 1 });
  expect([answer.status, (await jsonOf(answer)).code]).toEqual([503, 'AUDIT_FAILED']);
  expect((await store.instance())?.name).toBe('Harbour');
  expect((await put('/api/access', { rules: [], narrowings: [], revision: 0 })).status).toBe(503);
});
