import type { SessionView } from '#contract/people.ts';
import { COMMANDS, commandOf, run } from '../../../frontend/src/commands/commands.ts';
import { paletteItems } from '../../../frontend/src/commands/palette-items.ts';
import { type Desk, openDesk } from '../../../frontend/src/features/workbench/desk.ts';
import { connection } from '../features/workbench/demo.ts';

const session: SessionView = {
  user: { id: 'aws:111122223333:AIDAFAKE', arn: 'arn:aws:iam::111122223333:user/ada', name: 'ada', kind: 'user' },
  account: { id: '111122223333' },
  role: 'editor',
  expiresAt: '2030-01-01T00:00:00.000Z',
  instance: { claimed: true, name: 'Northwind' },
  regions: [],
};
const openEmpty = (): Desk =>
  openDesk(session, { getItem: () => null, setItem: () => undefined } as unknown as Storage);
const titles = (desk: Desk) => desk.tabs.get().tabs.map(({ title }) => title);

/** What a browser keeps to itself, or does on its own with these keys. */
const TAKEN = ['Mod+T', 'Mod+N', 'Mod+W', 'Mod+Tab', 'Mod+L', 'Mod+R', 'Mod+P', 'F5', 'F11', 'F12', 'Alt+ArrowLeft'];

const act = (desk: Desk, ...names: string[]) => {
  for (const name of names) run(commandOf(name), desk);
};

describe('the commands', () => {
  it('have names, labels and keys of their own', () => {
    for (const part of ['name', 'label', 'keys'] as const) {
      const all = COMMANDS.flatMap((command) => command[part] ?? []);
      expect(all.filter((one, at) => all.indexOf(one) !== at)).toEqual([]);
    }
  });

  it('take no keys from the browser', () => {
    expect(COMMANDS.filter(({ keys }) => keys && TAKEN.includes(keys))).toEqual([]);
  });

  it('are called by their names', () => {
    expect(commandOf('tab.new').label).toBe('New tab');
    expect(() => commandOf('tab.fly')).toThrow('tab.fly');
  });
});

describe('commands for tabs', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('open, go round, move, close and bring back', () => {
    const desk = openEmpty();
    act(desk, 'tab.new', 'tab.new', 'tab.new');
    expect(titles(desk)).toEqual(['Query 1', 'Query 2', 'Query 3']);
    act(desk, 'tab.moveLeft', 'tab.moveLeft');
    expect(titles(desk)).toEqual(['Query 3', 'Query 1', 'Query 2']);
    act(desk, 'tab.next', 'tab.close');
    expect(titles(desk)).toEqual(['Query 3', 'Query 2']);
  });

  it('begin the renaming of the tab in front', () => {
    const desk = openEmpty();
    act(desk, 'tab.new', 'tab.rename');
    expect(desk.renaming.get()).toBe(desk.tabs.get().active);
  });

  it('do nothing where they make no sense', () => {
    const desk = openEmpty();
    act(desk, 'tab.close', 'tab.next', 'tab.rename', 'tab.reopen', 'tab.moveLeft');
    expect([titles(desk), desk.renaming.get(), desk.dialogs.get()]).toEqual([[], undefined, []]);
  });

  it('leave alone what the editor does itself', () => {
    expect(() => run(commandOf('statement.run'), openEmpty())).not.toThrow();
  });
});

describe('the commands of the resources', () => {
  it('clear the filter, where there is one', () => {
    const desk = openEmpty();
    expect(commandOf('explorer.clearFilter').when?.(desk)).toBe(false);
    desk.explorer.change({ filter: 'region:eu' });
    act(desk, 'explorer.clearFilter');
    expect(desk.explorer.tree.get().filter).toBe('');
  });

  it('ask for a role, and connect to what is selected', () => {
    const desk = openEmpty();
    act(desk, 'account.add', 'resource.connect');
    expect(desk.dialogs.get().map(({ kind }) => kind)).toEqual(['account']);
    desk.selection.set({ kind: 'resource', resource: connection('shop').resource });
    act(desk, 'resource.connect');
    expect(desk.dialogs.get().map(({ kind }) => kind)).toEqual(['account', 'connect']);
  });
});

describe('the palette', () => {
  it('finds tabs, commands, resources and tables', () => {
    const desk = openEmpty();
    const shop = { ...connection('shop'), token: 'sealed' };
    desk.book.connections.set([shop]);
    desk.explorer.discovery.set({ state: 'complete', cells: [], resources: [shop.resource] });
    desk.queries.setQueryData(['names', shop.key], { types: [], tables: [['public', 'orders', 'table', []]] });
    run(commandOf('tab.new'), desk);
    const found = paletteItems(desk).map(({ label, group }) => `${group}: ${label}`);
    expect(found).toEqual(
      expect.arrayContaining(['Tab: Query 1', 'Command: Close the tab', 'Connect: shop', 'Table: orders']),
    );
    expect(found).not.toContain('Command: Next tab');
  });

  it('opens the table that was picked', () => {
    const desk = openEmpty();
    const shop = connection('shop');
    desk.book.connections.set([shop]);
    desk.queries.setQueryData(['names', shop.key], { types: [], tables: [['public', 'orders', 'table', []]] });
    paletteItems(desk)
      .find(({ label }) => label === 'orders')
      ?.pick();
    expect(desk.tabs.get().tabs[0]).toMatchObject({ title: 'orders', text: 'SELECT * FROM public.orders;' });
  });
});
