/** Every command of the workbench, declared once: keyboard, palette, tooltips and the list of shortcuts read it. */
import { ENGINES } from '#contract/engines.ts';
import { allows } from '#contract/roles.ts';
import type { Script } from '#contract/scripts.ts';
import { chooseScheme, type SchemeChoice } from '../app/theme.ts';
import type { Spot } from '../features/explorer/tree-branches.ts';
import { PAGES, type Page, pagesFor } from '../features/pages/pages.ts';
import { declareParameters } from '../features/scripts/ask-values.ts';
import { automate } from '../features/scripts/automate.ts';
import { renameTab } from '../features/scripts/rename-tab.ts';
import { changeDetails, saveCopyOf, saveTab } from '../features/scripts/save-tab.ts';
import { mayBeSaved } from '../features/scripts/tab-script.ts';
import { lookAtVersions } from '../features/scripts/versions.ts';
import type { Desk } from '../features/workbench/desk.ts';
import {
  addAccount,
  canBuild,
  chooseConnection,
  closeTabOf,
  connectTo,
  focusPane,
  newTab,
  renewSession,
  showPane,
  togglePane,
} from '../features/workbench/desk-actions.ts';
import { moveTab, reopenTab, stepTab, type Tab } from '../features/workbench/tabs.ts';

export interface Command {
  readonly name: string;
  readonly label: string;
  readonly group: 'Tabs' | 'Statements' | 'Scripts' | 'Results' | 'View' | 'Pages' | 'Session';
  readonly keys?: string;
  /** False: it does nothing now, and the palette does not offer it. */
  when?(desk: Desk): boolean;
  /** Absent where another part listens for the keys itself: the editor, the grid. Listed all the same. */
  perform?(desk: Desk): void;
}

const hasTab = (desk: Desk): boolean => desk.tabs.get().active !== undefined;
const hasTabs = (desk: Desk): boolean => desk.tabs.get().tabs.length > 1;
const onActive = (act: (desk: Desk, id: string) => void) => (desk: Desk) => {
  const { active } = desk.tabs.get();
  if (active !== undefined) act(desk, active);
};
/** The tab in front, where it is to be seen. */
const frontTab = (desk: Desk): Tab | undefined => {
  const { tabs, active } = desk.tabs.get();
  return desk.place.get() === '/' ? tabs.find(({ id }) => id === active) : undefined;
};
const onScript = (act: (desk: Desk, script: Script) => void) => (desk: Desk) => {
  const script = frontTab(desk)?.script;
  if (script) act(desk, script);
};
/** The resource that stands selected, where Lodge can open it. */
const selectedReady = (desk: Desk): Spot | undefined => {
  const selection = desk.selection.get();
  if (selection?.kind !== 'resource') return undefined;
  const { engine } = selection.resource;
  return engine && ENGINES[engine].ready ? selection : undefined;
};
const scheme = (choice: SchemeChoice, label: string): Command => ({
  name: `colours.${choice}`,
  label,
  group: 'View',
  perform: () => chooseScheme(choice),
});

const goTo = (page: Page): Command => ({
  name: `page.${page.name}`,
  label: page.title,
  group: 'Pages',
  ...(page.keys && { keys: page.keys }),
  when: (desk) => pagesFor(desk.session.get().role).includes(page),
  perform: (desk) => desk.place.go(page.path),
});

export const COMMANDS: readonly Command[] = [
  {
    name: 'palette',
    label: 'Search commands, tabs, resources and tables',
    group: 'View',
    keys: 'Mod+K',
    perform: (desk) => void desk.ask({ kind: 'palette' }).catch(() => undefined),
  },
  {
    name: 'statement.run',
    label: 'Run the statement under the cursor, or the selection',
    group: 'Statements',
    keys: 'Mod+Enter',
  },
  { name: 'statement.runAll', label: 'Run the whole text', group: 'Statements', keys: 'Mod+Shift+Enter' },
  {
    name: 'statement.build',
    label: 'Build the statement with a form',
    group: 'Statements',
    keys: 'Alt+Q',
    when: canBuild,
    perform: onActive((desk, id) => desk.building.set(id)),
  },
  {
    name: 'pane.results',
    label: 'Go to the results',
    group: 'Results',
    keys: 'Alt+4',
    when: hasTab,
    perform: (desk) => focusPane(desk, 'results'),
  },
  { name: 'cells.value', label: 'Show the value of the cell whole', group: 'Results', keys: 'Enter' },
  { name: 'cells.copy', label: 'Copy the cells', group: 'Results', keys: 'Mod+C' },
  { name: 'cells.copyNames', label: 'Copy the cells with column names', group: 'Results', keys: 'Mod+Shift+C' },
  { name: 'rows.find', label: 'Show only rows that contain a text', group: 'Results', keys: 'Mod+F' },
  { name: 'column.wider', label: 'Make the column wider', group: 'Results', keys: 'Alt+Shift+ArrowRight' },
  { name: 'column.narrower', label: 'Make the column narrower', group: 'Results', keys: 'Alt+Shift+ArrowLeft' },
  { name: 'column.fit', label: 'Fit the column to its values', group: 'Results', keys: 'Alt+Enter' },
  { name: 'statement.format', label: 'Format the text', group: 'Statements', keys: 'Alt+Shift+F' },
  {
    name: 'script.save',
    label: 'Save the tab as a script',
    group: 'Scripts',
    keys: 'Mod+S',
    when: (desk) => frontTab(desk) !== undefined,
    perform: onActive((desk, id) => void saveTab(desk, id)),
  },
  {
    name: 'script.copy',
    label: 'Save a copy of the script',
    group: 'Scripts',
    keys: 'Mod+Shift+S',
    when: (desk) => frontTab(desk) !== undefined,
    perform: onActive((desk, id) => void saveCopyOf(desk, id)),
  },
  {
    name: 'script.versions',
    label: 'Versions of the script',
    group: 'Scripts',
    keys: 'Alt+V',
    when: (desk) => frontTab(desk)?.script !== undefined,
    perform: onScript((desk, { id }) => void lookAtVersions(desk, id)),
  },
  {
    name: 'script.automate',
    label: 'Automate the script',
    group: 'Scripts',
    when(desk) {
      const { role } = desk.session.get();
      return frontTab(desk)?.script !== undefined && role !== undefined && allows(role, 'editor');
    },
    perform: onScript((desk, { id }) => automate(desk, id)),
  },
  {
    name: 'script.details',
    label: 'Name, tags and sharing of the script',
    group: 'Scripts',
    when(desk) {
      const script = frontTab(desk)?.script;
      return script !== undefined && mayBeSaved(script, desk.session.get());
    },
    perform: onScript((desk, script) => void changeDetails(desk, script)),
  },
  {
    name: 'script.parameters',
    label: 'Parameters of the text',
    group: 'Scripts',
    keys: 'Alt+P',
    when: (desk) => frontTab(desk) !== undefined,
    perform: onActive((desk, id) => void declareParameters(desk, id)),
  },
  { name: 'tab.new', label: 'New tab', group: 'Tabs', keys: 'Alt+T', perform: (desk) => newTab(desk) },
  {
    name: 'tab.close',
    label: 'Close the tab',
    group: 'Tabs',
    keys: 'Alt+W',
    when: hasTab,
    perform: onActive(closeTabOf),
  },
  {
    name: 'tab.reopen',
    label: 'Open the tab closed last',
    group: 'Tabs',
    keys: 'Alt+Shift+T',
    when: (desk) => desk.tabs.get().closed.length > 0,
    perform: (desk) => desk.tabs.set(reopenTab),
  },
  {
    name: 'tab.next',
    label: 'Next tab',
    group: 'Tabs',
    keys: 'Alt+PageDown',
    when: hasTabs,
    perform: (desk) => desk.tabs.set((state) => stepTab(state, 1)),
  },
  {
    name: 'tab.previous',
    label: 'Previous tab',
    group: 'Tabs',
    keys: 'Alt+PageUp',
    when: hasTabs,
    perform: (desk) => desk.tabs.set((state) => stepTab(state, -1)),
  },
  {
    name: 'tab.moveRight',
    label: 'Move the tab to the right',
    group: 'Tabs',
    keys: 'Alt+Shift+PageDown',
    when: hasTabs,
    perform: onActive((desk, id) => desk.tabs.set((state) => moveTab(state, id, 1))),
  },
  {
    name: 'tab.moveLeft',
    label: 'Move the tab to the left',
    group: 'Tabs',
    keys: 'Alt+Shift+PageUp',
    when: hasTabs,
    perform: onActive((desk, id) => desk.tabs.set((state) => moveTab(state, id, -1))),
  },
  {
    name: 'tab.rename',
    label: 'Rename the tab',
    group: 'Tabs',
    keys: 'F2',
    when: hasTab,
    perform: onActive(renameTab),
  },
  {
    name: 'tab.connection',
    label: 'Choose the connection of the tab',
    group: 'Tabs',
    keys: 'Alt+C',
    when: hasTab,
    perform: onActive((desk, id) => void chooseConnection(desk, id).catch(() => undefined)),
  },
  {
    name: 'pane.explorer',
    label: 'Go to the resources',
    group: 'View',
    keys: 'Alt+1',
    perform: (desk) => focusPane(desk, 'explorer'),
  },
  {
    name: 'pane.editor',
    label: 'Go to the editor',
    group: 'View',
    keys: 'Alt+2',
    when: hasTab,
    perform: (desk) => focusPane(desk, 'editor'),
  },
  {
    name: 'pane.details',
    label: 'Go to the details',
    group: 'View',
    keys: 'Alt+3',
    perform: (desk) => focusPane(desk, 'details'),
  },
  {
    name: 'pane.toggleExplorer',
    label: 'Show or hide the resources',
    group: 'View',
    keys: 'Mod+B',
    perform: (desk) => togglePane(desk, 'left'),
  },
  {
    name: 'pane.toggleDetails',
    label: 'Show or hide the details',
    group: 'View',
    keys: 'Mod+I',
    perform: (desk) => togglePane(desk, 'right'),
  },
  {
    name: 'explorer.discover',
    label: 'Look for resources again',
    group: 'View',
    perform: (desk) => void desk.explorer.discover(),
  },
  {
    name: 'explorer.facets',
    label: 'Filter the resources by service, engine, region, status, reach and tags',
    group: 'View',
    keys: 'Alt+Shift+1',
    perform(desk) {
      showPane(desk, 'left', true);
      desk.explorer.change({ facetsOpen: true });
    },
  },
  {
    name: 'explorer.clearFilter',
    label: 'Clear the filter of the resources',
    group: 'View',
    when: (desk) => desk.explorer.tree.get().filter !== '',
    perform: (desk) => desk.explorer.change({ filter: '' }),
  },
  {
    name: 'account.add',
    label: 'Add an account by a role',
    group: 'Session',
    perform: (desk) => void addAccount(desk),
  },
  {
    name: 'resource.connect',
    label: 'Connect to the selected resource',
    group: 'View',
    when: (desk) => selectedReady(desk) !== undefined,
    perform(desk) {
      const spot = selectedReady(desk);
      if (spot) void connectTo(desk, spot);
    },
  },
  scheme('light', 'Colours: light'),
  scheme('dark', 'Colours: dark'),
  scheme('system', 'Colours: as the system'),
  {
    name: 'shortcuts',
    label: 'Keyboard shortcuts',
    group: 'View',
    keys: 'F1',
    perform: (desk) => void desk.ask({ kind: 'shortcuts' }).catch(() => undefined),
  },
  {
    name: 'page.workbench',
    label: 'Go to the workbench',
    group: 'Pages',
    when: (desk) => desk.place.get() !== '/',
    perform: (desk) => desk.place.go('/'),
  },
  ...PAGES.map(goTo),
  {
    name: 'session.renew',
    label: 'Renew the session with new keys',
    group: 'Session',
    perform: (desk) => void renewSession(desk, 'renew').catch(() => undefined),
  },
];

const BY_NAME = new Map(COMMANDS.map((command) => [command.name, command]));

/** A command by its name; the names stand in this file only. */
export function commandOf(name: string): Command {
  const command = BY_NAME.get(name);
  if (!command) throw new Error(`There is no command ${name}.`);
  return command;
}

/** Performs a command where it makes sense now. */
export function run(command: Command, desk: Desk): void {
  if (command.perform && (command.when?.(desk) ?? true)) command.perform(desk);
}
