import type { Role } from '#contract/roles.ts';
import type { Script } from '#contract/scripts.ts';
import { serve } from '#core/http/serve.ts';
import { scripts } from '../../lambdas/scripts/scripts.ts';
import { sessionOf } from '../support/people.ts';
import { claimedInstance, memoryAudit, memoryScripts, memoryStore, recordingLog } from '../support/ports.ts';
import { jsonOf, request } from '../support/requests.ts';

type Person = 'maria' | 'noah';
const DRAFT = { name: 'Late orders', engine: 'postgres', text: 'select 1' };

/** The routes as two people call them, who keep their scripts in one place. */
function house({ audit, entries } = memoryAudit()) {
  const ports = { scripts: memoryScripts().scripts, store: memoryStore({ instance: claimedInstance }).store, audit };
  const as = (name: Person, role: Role) => {
    const session = sessionOf(role);
    const user = { ...session.user, name, id: `aws:111122223333:AIDA${name.toUpperCase()}` };
    const guard = { open: async () => ({ ...session, user }), role: async () => role };
    const app = serve(scripts(ports), guard, recordingLog());
    const post = async (path: string, json: object) => {
      const answer = await app(request(path === '/api/scripts' ? 'PUT' : 'POST', path, { json }));
      return { status: answer.status, json: answer.status === 204 ? {} : await jsonOf(answer) };
    };
    return {
      list: (json: object = {}) => post('/api/scripts/list', json),
      read: (id: string, version?: number) => post('/api/scripts/read', { id, ...(version && { version }) }),
      versions: (id: string, page: object = {}) => post('/api/scripts/versions', { id, ...page }),
      save: (script: object, known?: { id: string; revision: number }) =>
        post('/api/scripts', { script: { ...DRAFT, ...script }, ...(known && { known }) }),
      remove: (id: string) => post('/api/scripts/delete', { id }),
    };
  };
  return { as, entries };
}
type House = ReturnType<typeof house>;

const saved = async ({ as }: House, script: object = {}): Promise<Script> =>
  (await as('maria', 'reader').save(script)).json as unknown as Script;

test('a reader saves a script, finds it, opens it and saves it again', async () => {
  const maria = house().as('maria', 'reader');
  const { json: first } = await maria.save({ tags: ['nightly'] });
  const { text: _, ...head } = first;
  expect(await maria.list({ tag: 'nightly' })).toEqual({ status: 200, json: { scripts: [head] } });
  expect((await maria.read(String(first.id))).json).toEqual(first);
  const { json: second } = await maria.save({ text: 'select 2' }, { id: String(first.id), revision: 1 });
  expect(second).toMatchObject({ version: 2, text: 'select 2' });
  expect((await maria.read(String(first.id), 1)).json).toMatchObject({ version: 1, text: 'select 1' });
});

test('versions come page by page, with where to go on', async () => {
  const maria = house().as('maria', 'reader');
  const { json } = await maria.save({});
  const id = String(json.id);
  for (let at = 1; at < 5; at += 1) await maria.save({ text: `select ${at + 1}` }, { id, revision: at });
  const first = await maria.versions(id, { limit: 3 });
  expect([first.json.versions, first.json.next]).toMatchObject([[{ version: 5 }, { version: 4 }, { version: 3 }], 3]);
  const last = await maria.versions(id, { limit: 3, before: 3 });
  expect(last.json).toEqual({ versions: [expect.anything(), expect.anything()] });
});

test('a private script of somebody else is not there, whoever asks', async () => {
  const lodge = house();
  const { id } = await saved(lodge);
  for (const role of ['reader', 'editor', 'administrator'] as const) {
    const noah = lodge.as('noah', role);
    expect((await noah.list()).json).toEqual({ scripts: [] });
    const answers = [
      await noah.read(id),
      await noah.versions(id),
      await noah.save({}, { id, revision: 1 }),
      await noah.remove(id),
    ];
    for (const { status, json } of answers) expect([status, json.code]).toEqual([404, 'SCRIPT_NOT_FOUND']);
  }
  expect((await lodge.as('maria', 'reader').read(id)).status).toBe(200);
});

test.each<[Role, string, number, string, number]>([
  ['reader', 'neither changes nor deletes', 403, '', 403],
  ['editor', 'changes and does not delete', 200, 'noah', 403],
  ['administrator', 'changes and deletes', 200, 'noah', 204],
])('%s: %s what others share', async (role, _, change, by, remove) => {
  const lodge = house();
  const { id } = await saved(lodge, { shared: true });
  const noah = lodge.as('noah', role);
  expect((await noah.read(id)).json).toMatchObject({ text: 'select 1', owner: { name: 'maria' } });
  const changed = await noah.save({ text: 'select 2', shared: true }, { id, revision: 1 });
  expect(changed.status).toBe(change);
  if (by) expect(changed.json).toMatchObject({ owner: { name: 'maria' }, changed: { by: { name: by } } });
  else expect(changed.json.code).toBe('ROLE_REQUIRED');
  expect((await noah.remove(id)).status).toBe(remove);
});

test('only its owner makes a script private', async () => {
  const lodge = house();
  const { id } = await saved(lodge, { shared: true });
  const refused = await lodge.as('noah', 'administrator').save({ shared: false }, { id, revision: 1 });
  expect([refused.status, refused.json.message]).toEqual([403, 'Only its owner may make a script private.']);
  expect((await lodge.as('maria', 'reader').save({ shared: false }, { id, revision: 1 })).status).toBe(200);
  expect((await lodge.as('noah', 'administrator').read(id)).status).toBe(404);
});

test('a change on an older state is refused', async () => {
  const lodge = house();
  const { id } = await saved(lodge, { shared: true });
  await lodge.as('noah', 'editor').save({ text: 'select 2', shared: true }, { id, revision: 1 });
  const late = await lodge.as('maria', 'reader').save({ text: 'select 3', shared: true }, { id, revision: 1 });
  expect([late.status, late.json.code]).toEqual([409, 'CHANGED_MEANWHILE']);
});

test('each change leaves a record that says what was done, and no text', async () => {
  const lodge = house();
  const maria = lodge.as('maria', 'reader');
  const { id } = await saved(lodge, { text: "select 'secret'" });
  const change = {
    name: 'Later orders',
    text: 'select 2',
    parameters: [{ name: 'a', default: 'secret' }],
    shared: true,
  };
  await maria.save(change, { id, revision: 1 });
  await maria.save(change, { id, revision: 2 });
  await lodge.as('noah', 'reader').remove(id);
  await maria.save({ ...change, shared: false }, { id, revision: 3 });
  await lodge.as('noah', 'reader').save({}, { id, revision: 4 });
  await maria.remove(id);
  await maria.remove(id);
  const told = lodge.entries.map(({ user, outcome, change: what, code, script }) => [
    user?.name,
    outcome,
    code ?? what,
    script?.version,
  ]);
  expect(told).toEqual([
    ['maria', 'succeeded', '“Late orders” created, private', 1],
    ['maria', 'succeeded', '“Late orders” changed: name (now “Later orders”), text, parameters, now shared', 2],
    ['maria', 'succeeded', '“Later orders” changed: nothing', 2],
    ['noah', 'refused', 'ROLE_REQUIRED', 2],
    ['maria', 'succeeded', '“Later orders” changed: now private', 2],
    ['noah', 'refused', 'SCRIPT_NOT_FOUND', 2],
    ['maria', 'succeeded', '“Later orders” deleted, with all its versions', 2],
    ['maria', 'refused', 'SCRIPT_NOT_FOUND', undefined],
  ]);
  expect(lodge.entries[0]?.kind).toBe('script-change');
  expect(JSON.stringify(lodge.entries)).not.toContain('secret');
});

test('nothing is saved or deleted whose record cannot be written', async () => {
  const lodge = house(memoryAudit({ failing: true }));
  const maria = lodge.as('maria', 'reader');
  expect([(await maria.save({})).status, (await maria.remove('abcdefghijkl')).status]).toEqual([503, 503]);
  expect((await maria.list()).json).toEqual({ scripts: [] });
});

test.each<[string, object]>([
  ['without a name', { name: ' ' }],
  ['without a text', { text: '' }],
  ['with a text that is too long', { text: 'x'.repeat(100_001) }],
  ['with a tag twice', { tags: ['a', 'a'] }],
  ['with a parameter twice', { parameters: [{ name: 'a' }, { name: 'a' }] }],
  [
    'with defaults that are too long together',
    { parameters: ['a', 'b', 'c'].map((name) => ({ name, default: 'x'.repeat(9_000) })) },
  ],
])('a script %s is refused', async (_, script) => {
  const answer = await house().as('maria', 'reader').save(script);
  expect([answer.status, answer.json.code]).toEqual([400, 'INPUT_INVALID']);
});
