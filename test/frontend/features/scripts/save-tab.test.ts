import type { Script } from '#contract/scripts.ts';
import { call } from '../../../../frontend/src/api.ts';
import { deleteScript } from '../../../../frontend/src/features/scripts/delete-script.ts';
import { openScript } from '../../../../frontend/src/features/scripts/open-script.ts';
import { renameTab } from '../../../../frontend/src/features/scripts/rename-tab.ts';
import { changeDetails, saveCopyOf, saveTab } from '../../../../frontend/src/features/scripts/save-tab.ts';
import { isUnsaved } from '../../../../frontend/src/features/scripts/tab-script.ts';
import { lookAtVersions } from '../../../../frontend/src/features/scripts/versions.ts';
import type { Desk } from '../../../../frontend/src/features/workbench/desk.ts';
import { closeTabOf } from '../../../../frontend/src/features/workbench/desk-actions.ts';
import { reopenTab } from '../../../../frontend/src/features/workbench/tabs.ts';
import { connection } from '../workbench/demo.ts';
import { dialog, draft, house, leave, tab, tabWith, toasts, type } from './house.ts';

let lodge: ReturnType<typeof house>;
beforeEach(() => {
  lodge = house();
});
afterEach(leave);

/** Fills in the dialog of a new script, and saves it as the dialog does. */
async function name(desk: Desk, told: object): Promise<Script> {
  const asked = await dialog(desk, 'script');
  const body = { script: { ...asked.draft, ...told }, ...(asked.known && { known: asked.known }) };
  const saved = await call('saveScript', { body });
  asked.answer(saved);
  return saved;
}

describe('saving a tab', () => {
  test('asks for a name the first time; then the tab bears it, with its place and its parameters', async () => {
    const { desk } = lodge.sitDown('ada');
    const shop = connection('shop');
    desk.book.connections.set([shop]);
    const id = tabWith(desk, 'select :days', { connectionKey: shop.key });
    const saving = saveTab(desk, id);
    expect((await dialog(desk, 'script')).draft.name).toBe('');
    await name(desk, { name: 'Late orders' });
    await saving;
    expect(tab(desk, id)).toMatchObject({
      title: 'Late orders',
      script: {
        version: 1,
        resource: { id: shop.resource.id, name: 'shop' },
        database: 'shop',
        parameters: [{ name: 'days', type: 'text', required: true }],
      },
    });
    expect(isUnsaved(tab(desk, id))).toBe(false);
  });

  test('makes a new version where the text has changed, and says where nothing has', async () => {
    const { desk, by } = lodge.sitDown('ada');
    const { id: scriptId } = await lodge.kept.create(draft(), by);
    await openScript(desk, scriptId);
    const { id } = tab(desk);
    await saveTab(desk, id);
    expect(toasts(desk)).toEqual(['Nothing has changed since version 1.']);
    type(desk, id, 'select 2');
    expect(isUnsaved(tab(desk, id))).toBe(true);
    await saveTab(desk, id);
    expect([isUnsaved(tab(desk, id)), tab(desk, id).script?.version]).toEqual([false, 2]);
  });

  test('keeps what is typed while it is on its way', async () => {
    const { desk, by } = lodge.sitDown('ada');
    await openScript(desk, (await lodge.kept.create(draft(), by)).id);
    const { id } = tab(desk);
    type(desk, id, 'select 2');
    const saving = saveTab(desk, id);
    void saveTab(desk, id);
    type(desk, id, 'select 3');
    await saving;
    expect(tab(desk, id)).toMatchObject({ text: 'select 3', script: { text: 'select 2', version: 2 } });
    expect(lodge.asked.filter((each) => each === 'PUT /api/scripts')).toHaveLength(1);
  });

  test('saves nothing where nothing stands', async () => {
    const { desk } = lodge.sitDown('ada');
    await saveTab(desk, tabWith(desk, ' \n'));
    expect([toasts(desk), lodge.asked]).toEqual([['There is nothing to save: write a statement first.'], []]);
  });

  test('of what a reader finds shared saves a copy, which is private', async () => {
    const ada = lodge.sitDown('ada');
    const { id: scriptId } = await lodge.kept.create(draft({ tags: ['nightly'] }), ada.by);
    const { desk } = lodge.sitDown('ben', 'reader');
    await openScript(desk, scriptId);
    const saving = saveTab(desk, tab(desk).id);
    const asked = await dialog(desk, 'script');
    expect(asked.draft).toMatchObject({ name: 'Late orders (copy)', shared: false, tags: ['nightly'] });
    await name(desk, {});
    await saving;
    expect(tab(desk)).toMatchObject({ title: 'Late orders (copy)', script: { owner: { name: 'ben' }, version: 1 } });
    expect(await lodge.kept.read(scriptId)).toMatchObject({ version: 1, name: 'Late orders' });
  });

  test('says what the server finds wrong with it', async () => {
    const { desk, by } = lodge.sitDown('ada');
    await openScript(desk, (await lodge.kept.create(draft(), by)).id);
    const { id } = tab(desk);
    type(desk, id, 'x'.repeat(100_001));
    await saveTab(desk, id);
    expect(toasts(desk)[0]).toMatch(/not valid.* text is too long to be saved$/);
    expect(isUnsaved(tab(desk, id))).toBe(true);
  });
});

describe('where somebody else has saved it meanwhile', () => {
  async function clash() {
    const ben = lodge.sitDown('ben');
    const ada = lodge.sitDown('ada');
    const { id: scriptId } = await lodge.kept.create(draft(), ada.by);
    await openScript(ada.desk, scriptId);
    const { id } = tab(ada.desk);
    await lodge.kept.change(scriptId, 1, draft({ text: 'select theirs', name: 'Renamed' }), ben.by);
    type(ada.desk, id, 'select mine');
    const saving = saveTab(ada.desk, id);
    return { desk: ada.desk, id, scriptId, saving, asked: await dialog(ada.desk, 'script-conflict') };
  }

  test('mine can be saved on top: theirs stays among the versions, and its new name', async () => {
    const { desk, id, scriptId, saving, asked } = await clash();
    expect(asked.theirs).toMatchObject({ text: 'select theirs', changed: { by: { name: 'ben' } }, version: 2 });
    asked.answer('mine');
    await saving;
    expect(tab(desk, id)).toMatchObject({ title: 'Renamed', text: 'select mine', script: { version: 3 } });
    const versions = await lodge.kept.versions(scriptId, { limit: 9 });
    expect(versions.map(({ text }) => text)).toEqual(['select mine', 'select theirs', 'select 1']);
  });

  test('mine can be saved as a copy: the script stays as they have it', async () => {
    const { desk, id, scriptId, saving, asked } = await clash();
    asked.answer('copy');
    await name(desk, { name: 'Mine' });
    await saving;
    expect(tab(desk, id)).toMatchObject({ title: 'Mine', text: 'select mine', script: { version: 1 } });
    expect(await lodge.kept.read(scriptId)).toMatchObject({ text: 'select theirs', version: 2 });
  });

  test('theirs can be looked at beside: mine stays in its tab, not saved', async () => {
    const { desk, id, saving, asked } = await clash();
    asked.answer('theirs');
    await saving;
    expect(tab(desk)).toMatchObject({ text: 'select theirs', script: { version: 2 } });
    expect([tab(desk, id).text, isUnsaved(tab(desk, id))]).toEqual(['select mine', true]);
  });

  test('nothing happens where the question is closed', async () => {
    const { desk, id, saving, asked } = await clash();
    asked.decline();
    await saving;
    expect([tab(desk, id).text, isUnsaved(tab(desk, id)), toasts(desk)]).toEqual(['select mine', true, []]);
  });

  test('or has deleted it, it can be saved anew', async () => {
    const { desk, by } = lodge.sitDown('ada');
    const { id: scriptId } = await lodge.kept.create(draft(), by);
    await openScript(desk, scriptId);
    const { id } = tab(desk);
    await lodge.kept.remove(scriptId);
    type(desk, id, 'select 2');
    const saving = saveTab(desk, id);
    (await dialog(desk, 'confirm')).answer(undefined);
    await name(desk, { name: 'Anew' });
    await saving;
    expect(tab(desk, id)).toMatchObject({ title: 'Anew', script: { version: 1, text: 'select 2' } });
  });
});

describe('opening a script', () => {
  test('shows it where it runs: at a connection that is there, else where it wants one', async () => {
    const { desk, by } = lodge.sitDown('ada');
    const shop = connection('shop');
    const place = { resource: { id: shop.resource.id, name: 'shop' }, database: 'shop' };
    const { id } = await lodge.kept.create(
      draft({ ...place, parameters: [{ name: 'a', type: 'date', required: true }] }),
      by,
    );
    await openScript(desk, id);
    expect(tab(desk)).toMatchObject({
      title: 'Late orders',
      parameters: [{ name: 'a', type: 'date' }],
      wanted: { resourceId: shop.resource.id, engine: 'postgres', database: 'shop' },
    });
    desk.tabs.set({ tabs: [], closed: [] });
    desk.book.connections.set([shop]);
    await openScript(desk, id);
    expect(tab(desk).connectionKey).toBe(shop.key);
  });

  test('that is open already brings its tab to the front, as it is now; what is not saved there stays', async () => {
    const { desk, by } = lodge.sitDown('ada');
    const { id: scriptId } = await lodge.kept.create(draft(), by);
    await openScript(desk, scriptId);
    const { id } = tab(desk);
    await lodge.kept.change(scriptId, 1, draft({ text: 'select 2' }), by);
    tabWith(desk, 'other');
    await openScript(desk, scriptId);
    expect([tab(desk).id, tab(desk).text]).toEqual([id, 'select 2']);
    type(desk, id, 'mine');
    await lodge.kept.change(scriptId, 2, draft({ text: 'select 3' }), by);
    await openScript(desk, scriptId);
    expect([tab(desk).text, desk.tabs.get().tabs.length]).toEqual(['mine', 2]);
  });
});

test('a change of name and sharing leaves the text of a tab alone, saved or not', async () => {
  const { desk, by } = lodge.sitDown('ada');
  const { id: scriptId } = await lodge.kept.create(draft(), by);
  await openScript(desk, scriptId);
  const { id } = tab(desk);
  type(desk, id, 'select 2');
  const changing = changeDetails(desk, tab(desk).script as Script);
  await name(desk, { name: 'Renamed', shared: false });
  await changing;
  expect(tab(desk, id)).toMatchObject({
    title: 'Renamed',
    text: 'select 2',
    script: { shared: false, text: 'select 1' },
  });
  await saveTab(desk, id);
  expect(await lodge.kept.read(scriptId)).toMatchObject({ name: 'Renamed', text: 'select 2', version: 2 });
});

test('a copy is a script of its own, and the tab shows it from then on', async () => {
  const { desk, by } = lodge.sitDown('ada');
  const { id: scriptId } = await lodge.kept.create(draft(), by);
  await openScript(desk, scriptId);
  const copying = saveCopyOf(desk, tab(desk).id);
  await name(desk, {});
  await copying;
  expect(tab(desk).script?.id).not.toBe(scriptId);
  expect(await lodge.kept.read(scriptId)).toMatchObject({ version: 1 });
});

test('the name of its tab is that of the script, and is changed where that is', async () => {
  const { desk, by } = lodge.sitDown('ada');
  await openScript(desk, (await lodge.kept.create(draft(), by)).id);
  renameTab(desk, tab(desk).id);
  expect(await dialog(desk, 'script')).toMatchObject({ known: { revision: 1 } });
  desk.dialogs.get()[0]?.decline();
  const plain = tabWith(desk, 'select 1');
  renameTab(desk, plain);
  expect(desk.renaming.get()).toBe(plain);
});

test('a tab that is closed with changes that are not saved says so, and comes back with them', async () => {
  const { desk, by } = lodge.sitDown('ada');
  await openScript(desk, (await lodge.kept.create(draft(), by)).id);
  const { id } = tab(desk);
  closeTabOf(desk, id);
  expect(toasts(desk)).toEqual([]);
  desk.tabs.set(reopenTab);
  type(desk, id, 'select 2');
  closeTabOf(desk, id);
  expect(toasts(desk)).toEqual(['“Late orders” was closed with changes that are not saved.']);
  desk.toasts.get()[0]?.action?.perform();
  expect([tab(desk).text, isUnsaved(tab(desk))]).toEqual(['select 2', true]);
});

describe('an old version', () => {
  async function looked(unsaved: boolean) {
    const { desk, by } = lodge.sitDown('ada');
    const { id: scriptId } = await lodge.kept.create(draft({ database: 'old' }), by);
    const script = await lodge.kept.change(scriptId, 1, draft({ text: 'select 2', name: 'Renamed' }), by);
    await openScript(desk, scriptId);
    if (unsaved) type(desk, tab(desk).id, 'mine');
    const [, version] = await lodge.kept.versions(scriptId, { limit: 2 });
    const looking = lookAtVersions(desk, scriptId);
    (await dialog(desk, 'script-versions')).answer({ script, version });
    return { desk, scriptId, looking };
  }

  test('comes back as a new one, with the name of now', async () => {
    const { desk, scriptId, looking } = await looked(false);
    expect(await looking).toMatchObject({ version: 3, text: 'select 1', database: 'old', name: 'Renamed' });
    expect(tab(desk)).toMatchObject({ text: 'select 1', script: { version: 3 } });
    expect(await lodge.kept.versions(scriptId, { limit: 9 })).toHaveLength(3);
    expect(toasts(desk)).toEqual(['Version 1 is back, as version 3.']);
  });

  test('asks before it takes the place of what is not saved', async () => {
    const { desk, scriptId, looking } = await looked(true);
    (await dialog(desk, 'confirm')).decline();
    expect(await looking).toBeUndefined();
    expect([tab(desk).text, (await lodge.kept.read(scriptId))?.version]).toEqual(['mine', 2]);
  });
});

describe('deleting a script', () => {
  test('asks, and leaves the text in its tab, which can be saved anew', async () => {
    const { desk, by } = lodge.sitDown('ada');
    const script = await lodge.kept.create(draft(), by);
    await openScript(desk, script.id);
    const deleting = deleteScript(desk, script);
    expect(await dialog(desk, 'confirm')).toMatchObject({
      grave: true,
      says: [expect.stringContaining('its one version go'), expect.stringContaining('It is shared')],
    });
    (await dialog(desk, 'confirm')).answer(undefined);
    expect(await deleting).toBe(true);
    expect(await lodge.kept.read(script.id)).toBeUndefined();
    expect(tab(desk).text).toBe('select 1');
    expect(tab(desk)).not.toHaveProperty('script');
  });

  test('says why where it may not be', async () => {
    const ada = lodge.sitDown('ada');
    const script = await lodge.kept.create(draft(), ada.by);
    const { desk } = lodge.sitDown('ben', 'editor');
    const deleting = deleteScript(desk, script);
    (await dialog(desk, 'confirm')).answer(undefined);
    expect(await deleting).toBe(false);
    expect(toasts(desk)).toEqual(['Only its owner may delete a script, or an administrator where it is shared.']);
  });
});
