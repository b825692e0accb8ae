import type { Role } from '#contract/roles.ts';
import { scriptActions } from '../../../../frontend/src/features/scripts/script-actions.ts';
import { dialog, draft, house, leave, tab } from './house.ts';

let lodge: ReturnType<typeof house>;
beforeEach(() => {
  lodge = house();
});
afterEach(leave);

test.each<[who: string, role: Role, offered: string[]]>([
  ['ada', 'reader', ['Open in a tab', 'Versions…', 'Name, tags and sharing…', 'Copy its id', 'Delete…']],
  ['ben', 'reader', ['Open in a tab', 'Versions…', 'Copy its id']],
  ['ben', 'editor', ['Open in a tab', 'Versions…', 'Name, tags and sharing…', 'Copy its id']],
  ['ben', 'administrator', ['Open in a tab', 'Versions…', 'Name, tags and sharing…', 'Copy its id', 'Delete…']],
])('%s as %s may do with what ada shares: %j', async (who, role, offered) => {
  const script = await lodge.kept.create(draft(), lodge.sitDown('ada').by);
  const { desk } = lodge.sitDown(who, role);
  expect(scriptActions(desk, script, () => undefined).map(({ label }) => label)).toEqual(offered);
});

test('whoever may automate is offered to automate it, also where others share it', async () => {
  const script = await lodge.kept.create(draft(), lodge.sitDown('ada').by);
  const labels = (automates: boolean) =>
    scriptActions(lodge.sitDown('ben', 'editor', { automates }).desk, script, () => undefined).map(
      ({ label }) => label,
    );
  expect([labels(false), labels(true)].map((offered) => offered.includes('Automate…'))).toEqual([false, true]);
});

test('the list is read again where something has changed, and only there', async () => {
  const { desk, by } = lodge.sitDown('ada');
  const script = await lodge.kept.create(draft(), by);
  const changed = jest.fn();
  const perform = (label: string) =>
    scriptActions(desk, script, changed)
      .find((action) => action.label === label)
      ?.perform();
  perform('Delete…');
  (await dialog(desk, 'confirm')).decline();
  perform('Open in a tab');
  while (desk.tabs.get().tabs.length === 0) await new Promise((resolve) => setImmediate(resolve));
  expect([tab(desk).title, changed.mock.calls]).toEqual(['Late orders', []]);
  perform('Delete…');
  (await dialog(desk, 'confirm')).answer(undefined);
  while (changed.mock.calls.length === 0) await new Promise((resolve) => setImmediate(resolve));
  expect(await lodge.kept.read(script.id)).toBeUndefined();
});
