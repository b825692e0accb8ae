/** Scripts, in the table and in memory: tests of other things may trust the second as they do the first. */
import { ScriptDraft, ScriptSearch } from '#contract/scripts.ts';
import { dynamoScripts } from '#core/aws/store/store.ts';
import type { Scripts } from '#core/ports/scripts.ts';
import { startDynamo } from '../../../support/dynamo.ts';
import { memoryScripts, stoppedClock } from '../../../support/ports.ts';

const TABLE = 'lodge-scripts';
const ada = { id: 'aws:111122223333:AIDAADA', name: 'ada' };
const bob = { id: 'aws:111122223333:AIDABOB', name: 'bob' };
const draft = (more: object = {}) =>
  ScriptDraft.parse({ name: 'Late orders', engine: 'postgres', text: 'select 1', ...more });
const search = (more: object = {}) => ScriptSearch.parse(more);

const stack = new AsyncDisposableStack();
afterAll(() => stack.disposeAsync());

const { clock, pass } = stoppedClock();
const SUBJECTS: Readonly<Record<string, () => Promise<Scripts>>> = {
  'in the table': async () => dynamoScripts(stack.use(await startDynamo(TABLE)).documents, TABLE, clock),
  'in memory': async () => memoryScripts(clock).scripts,
};

describe.each(Object.entries(SUBJECTS))('scripts %s', (_, start) => {
  let scripts: Scripts;
  beforeAll(async () => {
    scripts = await start();
  });

  test('one is read as it was saved, with who and when', async () => {
    const at = clock().toISOString();
    const whole = draft({
      description: 'Those that wait',
      tags: ['nightly'],
      shared: true,
      parameters: [{ name: 'days', type: 'integer', default: '7' }],
      resource: { id: 'arn:aws:rds:eu-central-1:111122223333:db:shop', name: 'shop' },
      database: 'shop',
    });
    const created = await scripts.create(whole, ada);
    const known = { version: 1, revision: 1, owner: ada, createdAt: at, changed: { at, by: ada } };
    expect(created).toEqual({ ...whole, id: expect.stringMatching(/^[a-z0-9]{10,40}$/), ...known });
    expect(await scripts.read(created.id)).toEqual(created);
    expect(await scripts.read('abcdefghijkl')).toBeUndefined();
    expect(await scripts.read(created.id, 2)).toBeUndefined();
  });

  test('a change of what runs is a new version, and the old one stays as it was', async () => {
    const first = draft({ database: 'shop', parameters: [{ name: 'a' }] });
    const { id } = await scripts.create(first, ada);
    const { createdAt } = (await scripts.read(id)) ?? {};
    pass(60);
    const second = draft({ text: 'select 2', name: 'Later orders' });
    const changed = await scripts.change(id, 1, second, bob);
    const now = clock().toISOString();
    expect(changed).toMatchObject({ ...second, version: 2, revision: 2, owner: ada, createdAt });
    expect(changed.changed).toEqual({ at: now, by: bob });
    expect(await scripts.read(id)).toEqual(changed);
    // The name belongs to the script, what runs to the version.
    const { database, parameters, text } = first;
    expect(await scripts.read(id, 1)).toEqual({ ...changed, database, parameters, text, version: 1 });
    expect(await scripts.versions(id, { limit: 10 })).toEqual([
      { engine: 'postgres', text: 'select 2', parameters: [], version: 2, at: now, by: bob },
      { engine: 'postgres', text, parameters, database, version: 1, at: createdAt, by: ada },
    ]);
  });

  test.each<[string, object, number]>([
    [
      'name, description, tags and sharing are no new version',
      { name: 'x', description: 'y', tags: ['z'], shared: true },
      1,
    ],
    ['nothing is none either', {}, 1],
    ['the text is one', { text: 'select 1 ' }, 2],
    ['parameters are one', { parameters: [{ name: 'a' }] }, 2],
    ['the engine is one', { engine: 'mysql' }, 2],
    ['the database is one', { database: 'shop' }, 2],
    ['the resource is one', { resource: { id: 'arn', name: 'shop' } }, 2],
  ])('%s', async (_name, change, version) => {
    const { id } = await scripts.create(draft(), ada);
    expect(await scripts.change(id, 1, draft(change), ada)).toMatchObject({ ...change, version, revision: 2 });
    expect(await scripts.versions(id, { limit: 10 })).toHaveLength(version);
  });

  test('what was changed meanwhile is not overwritten, and what is not there cannot be changed', async () => {
    const { id } = await scripts.create(draft(), ada);
    await scripts.change(id, 1, draft({ text: 'select 2' }), bob);
    for (const more of [{ text: 'select 3' }, { name: 'x' }])
      await expect(scripts.change(id, 1, draft(more), ada)).rejects.toMatchObject({ code: 'CHANGED_MEANWHILE' });
    expect(await scripts.read(id)).toMatchObject({ text: 'select 2', name: 'Late orders', version: 2 });
    await expect(scripts.change('abcdefghijkl', 1, draft(), ada)).rejects.toMatchObject({ code: 'SCRIPT_NOT_FOUND' });
  });

  test('of ten changes at once one is made', async () => {
    const { id } = await scripts.create(draft(), ada);
    const texts = Array.from({ length: 10 }, (_each, at) => `select ${at}`);
    const outcomes = await Promise.allSettled(texts.map((text) => scripts.change(id, 1, draft({ text }), ada)));
    const made = outcomes.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    expect(made).toEqual([await scripts.read(id)]);
    expect(outcomes.flatMap((each) => (each.status === 'rejected' ? [each.reason.code] : []))).toEqual(
      Array(9).fill('CHANGED_MEANWHILE'),
    );
    expect(await scripts.versions(id, { limit: 10 })).toHaveLength(2);
  });

  test('versions come page by page, the newest first, also past nine', async () => {
    const { id } = await scripts.create(draft(), ada);
    for (let at = 1; at < 12; at += 1) await scripts.change(id, at, draft({ text: `select ${at} + 1` }), ada);
    const numbers = async (page: Parameters<Scripts['versions']>[1]) =>
      (await scripts.versions(id, page)).map(({ version }) => version);
    expect(await numbers({ limit: 4 })).toEqual([12, 11, 10, 9]);
    expect(await numbers({ limit: 4, before: 9 })).toEqual([8, 7, 6, 5]);
    expect(await numbers({ limit: 50, before: 3 })).toEqual([2, 1]);
    expect(await scripts.versions('abcdefghijkl', { limit: 4 })).toEqual([]);
  });

  test('one that is deleted is gone with its versions, and the others stay', async () => {
    const { id } = await scripts.create(draft(), ada);
    const other = await scripts.create(draft(), ada);
    for (let at = 1; at < 30; at += 1) await scripts.change(id, at, draft({ text: `select ${at} + 1` }), ada);
    expect(await scripts.remove(id)).toBe(true);
    expect(await scripts.read(id)).toBeUndefined();
    expect(await scripts.versions(id, { limit: 100 })).toEqual([]);
    expect(await scripts.remove(id)).toBe(false);
    expect(await scripts.read(other.id)).toEqual(other);
  });

  describe('a list', () => {
    const cleo = { id: 'aws:111122223333:AIDACLEO', name: 'cleo' };
    const MADE = [
      { name: 'beta', tags: ['nightly', 'Sales'], by: cleo },
      { name: 'Alpha', description: 'Counts BOATS', by: cleo, shared: true },
      { name: 'gamma', tags: ['nightly'], by: bob, shared: true },
      { name: 'hidden', tags: ['nightly'], by: bob },
    ];
    let listed: Scripts;
    beforeAll(async () => {
      listed = await start();
      for (const { by, ...more } of MADE) await listed.create(draft(more), by);
    });
    const names = async (more: object = {}, user = cleo) =>
      (await listed.list(search(more), user.id)).scripts.map(({ name }) => name);

    test('holds those of one’s own and those that are shared, by name, without their texts', async () => {
      expect(await names()).toEqual(['Alpha', 'beta', 'gamma']);
      expect(await names({}, bob)).toEqual(['Alpha', 'gamma', 'hidden']);
      expect(JSON.stringify(await listed.list(search(), cleo.id))).not.toContain('select 1');
    });

    test.each<[object, string[]]>([
      [{ whose: 'own' }, ['Alpha', 'beta']],
      [{ whose: 'shared' }, ['Alpha', 'gamma']],
      [{ tag: 'nightly' }, ['beta', 'gamma']],
      [{ tag: 'night' }, []],
      [{ text: 'ALPH' }, ['Alpha']],
      [{ text: 'boats' }, ['Alpha']],
      [{ text: 'sales' }, ['beta']],
      [{ text: 'BOB' }, ['gamma']],
      [{ text: 'a', tag: 'nightly', whose: 'own' }, ['beta']],
      [{ text: 'hidden' }, []],
    ])('%j finds %j', async (more, found) => {
      expect(await names(more)).toEqual(found);
    });

    test('comes page by page', async () => {
      const { scripts: first, next: cursor } = await listed.list(search({ limit: 2 }), cleo.id);
      expect(first.map(({ name }) => name)).toEqual(['Alpha', 'beta']);
      const second = await listed.list(search({ limit: 2, cursor }), cleo.id);
      expect(second).toEqual({ scripts: [expect.objectContaining({ name: 'gamma' })] });
    });
  });
});

test('the largest script that the contract takes fits into the table', async () => {
  const [, start] = Object.entries(SUBJECTS)[0] ?? [];
  const scripts = await (start as () => Promise<Scripts>)();
  const parameters = Array.from({ length: 2 }, (_, at) => ({ name: `p${at}`, default: '€'.repeat(9_999) }));
  const largest = draft({ text: '€'.repeat(100_000), description: '€'.repeat(2_000), parameters });
  const { id } = await scripts.create(largest, ada);
  expect(await scripts.read(id)).toMatchObject(largest);
});
