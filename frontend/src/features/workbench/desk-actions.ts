/** What can be done at the desk: each is called by a command, a button or a key. */
import { ENGINES } from '#contract/engines.ts';
import type { NodePath } from '#contract/objects.ts';
import type { SessionView } from '#contract/people.ts';
import { ApiError, call } from '../../api.ts';
import { soleLogin } from '../connect/sole-login.ts';
import type { Account } from '../explorer/accounts.ts';
import type { Spot } from '../explorer/tree-branches.ts';
import { isUnsaved } from '../scripts/tab-script.ts';
import type { LiveConnection } from './connections.ts';
import type { ConnectTarget, Desk, Pane, RunStatus, Toast } from './desk.ts';
import type { Layout } from './layout.ts';
import { isNarrow } from './narrow.ts';
import { selectAll } from './select-all.ts';
import { changeTab, closeTab, freeTitle, openTab, reopenTab, type Tab } from './tabs.ts';

/** Opens an empty tab at the connection of the active one, or at one that is given. */
export function newTab(desk: Desk, connection?: LiveConnection): void {
  const { tabs, active } = desk.tabs.get();
  const connectionKey = connection?.key ?? tabs.find((tab) => tab.id === active)?.connectionKey;
  addTab(desk, freeTitle(desk.tabs.get()), '', connectionKey);
}

/** Opens a tab that reads a table, and shows its first rows. */
export function openTable(desk: Desk, connection: LiveConnection, path: NodePath): void {
  const name = path.at(-1)?.name ?? 'Query';
  const statement = selectAll(path, ENGINES[connection.engine], connection.database);
  desk.opening.add(addTab(desk, name, statement, connection.key));
}

/** What a form has made. */
export interface Built {
  readonly statement: string;
  /** True where it stands for the statement that the form began with. */
  readonly replaces: boolean;
  readonly table: string;
}

/** Builds a statement with the form, and runs it in a tab of its own. */
export async function buildQuery(desk: Desk, connection: LiveConnection, path: NodePath): Promise<void> {
  const { statement, table } = await desk.ask<Built>({ kind: 'build', connection, path });
  desk.opening.add(addTab(desk, table, `${statement};`, connection.key));
}

/** True where the engine of the tab in front has a form. */
export function canBuild(desk: Desk): boolean {
  const { tabs, active } = desk.tabs.get();
  const connection = desk.book.find(tabs.find(({ id }) => id === active)?.connectionKey);
  return connection !== undefined && ENGINES[connection.engine].builder !== undefined;
}

/** Returns the id of the new tab. */
const addTab = (desk: Desk, title: string, text: string, connectionKey: string | undefined): string =>
  openText(desk, { title, text, ...(connectionKey ? { connectionKey } : {}) });

/** Opens a tab with a text; nothing is run. Returns its id. */
export function openText(desk: Desk, opened: Omit<Tab, 'id'>): string {
  desk.overlay.set(undefined);
  const tab = { id: crypto.randomUUID(), ...opened };
  desk.tabs.set((state) => openTab(state, tab));
  // Whoever opens a tab wants to type, or to run what stands there.
  focusPane(desk, 'editor');
  return tab.id;
}

export function closeTabOf(desk: Desk, id: string): void {
  const closed = desk.tabs.get().tabs.find((tab) => tab.id === id);
  desk.tabs.set((state) => closeTab(state, id));
  setRun(desk, id, undefined);
  if (closed && isUnsaved(closed))
    toast(desk, {
      text: `“${closed.title}” was closed with changes that are not saved.`,
      tone: 'warning',
      action: { label: 'Open it again', perform: () => desk.tabs.set(reopenTab) },
    });
}

export function setRun(desk: Desk, id: string, status: RunStatus | undefined): void {
  desk.runs.set((now) => {
    const next = new Map(now);
    if (status) next.set(id, status);
    else next.delete(id);
    return next;
  });
}

/** Asks how to log in to a resource, where there is anything to ask, and connects. Rejects when declined. */
function logIn(desk: Desk, target: ConnectTarget): Promise<LiveConnection> {
  const { resource, account, endpoint, database } = target;
  const method = soleLogin(resource);
  const assume = account && desk.accounts.assume(account.roleArn);
  if (method) return desk.book.connect({ resource, login: { method }, options: {}, assume });
  const known = { ...(account && { account }), ...(endpoint && { endpoint }), ...(database && { database }) };
  return desk.ask<LiveConnection>({ kind: 'connect', resource, ...known });
}

/** Connects to a resource and shows what is inside. */
export async function connectTo(desk: Desk, target: ConnectTarget): Promise<LiveConnection | undefined> {
  const connection = await logIn(desk, target).catch((error: unknown) => {
    const declined = error instanceof ApiError && error.code === 'DECLINED';
    // The form tells its own failures; without one, the corner does.
    if (!declined && error instanceof ApiError) toast(desk, { text: error.message, tone: 'warning' });
    return undefined;
  });
  if (!connection) return undefined;
  desk.explorer.reveal(connection);
  if (desk.tabs.get().tabs.length === 0) newTab(desk, connection);
  return connection;
}

/** Connects to the service that has a table, and opens the table. */
export async function openListedTable(desk: Desk, spot: Spot, table: string): Promise<void> {
  const connection = await logIn(desk, spot).catch((error: unknown) => {
    if (error instanceof ApiError && error.code !== 'DECLINED') toast(desk, { text: error.message, tone: 'warning' });
  });
  if (!connection) return;
  desk.explorer.reveal(connection);
  openTable(desk, connection, [{ kind: 'table', name: table }]);
}

/** Asks for a role in another account, and looks what is there. */
export async function addAccount(desk: Desk, account?: Account): Promise<void> {
  const added = await desk.ask<Account>({ kind: 'account', ...(account && { account }) }).catch(() => undefined);
  if (!added) return;
  desk.selection.set({ kind: 'account', roleArn: added.roleArn });
  desk.explorer.change({ current: `account:${added.roleArn}` });
  await desk.explorer.discoverAccount(added.roleArn);
}

/** Takes an account off the list, with the connections that go through its role; the corner offers both back. */
export function removeAccount(desk: Desk, account: Account): void {
  const gone = desk.book.connections.get().filter(({ assume }) => assume?.roleArn === account.roleArn);
  desk.accounts.remove(account.roleArn);
  for (const { key } of gone) desk.book.forget(key);
  desk.selection.set(undefined);
  const bringBack = () => {
    desk.accounts.put(account);
    desk.book.connections.set((all) => [...all, ...gone]);
    void desk.explorer.discoverAccount(account.roleArn);
  };
  toast(desk, {
    text: `${account.name} is off the list.`,
    tone: 'calm',
    action: { label: 'Undo', perform: bringBack },
  });
}

/** The token for a tab's statement. A tab without a connection asks which one it shall use. Rejects when declined. */
export async function tabToken(desk: Desk, tabId: string, options: { fresh?: boolean } = {}): Promise<string> {
  const tab = desk.tabs.get().tabs.find(({ id }) => id === tabId);
  const known = desk.book.find(tab?.connectionKey);
  if (known) return desk.book.token(known.key, options);
  const chosen = await connectWanted(desk, tabId, tab?.wanted);
  return desk.book.token(chosen.key);
}

/** Connects a tab to where its statement ran before, where that is found; else asks. Rejects when declined. */
async function connectWanted(desk: Desk, tabId: string, wanted: Tab['wanted']): Promise<LiveConnection> {
  const spot = wanted && desk.explorer.found().find(({ resource }) => resource.id === wanted.resourceId);
  if (!spot) return chooseConnection(desk, tabId);
  const connection = await logIn(desk, { ...spot, ...(wanted.database && { database: wanted.database }) });
  desk.explorer.reveal(connection);
  desk.tabs.set((state) => changeTab(state, tabId, { connectionKey: connection.key }));
  return connection;
}

/** Asks which connection a tab shall use. Rejects when declined. */
export async function chooseConnection(desk: Desk, tabId: string): Promise<LiveConnection> {
  const picked = await desk.ask<{ connection: LiveConnection } | Spot>({ kind: 'choose' });
  const connection = 'connection' in picked ? picked.connection : await logIn(desk, picked);
  if ('resource' in picked) desk.explorer.reveal(connection);
  desk.tabs.set((state) => changeTab(state, tabId, { connectionKey: connection.key }));
  return connection;
}

export function setLayout(desk: Desk, change: Partial<Layout>): void {
  desk.layout.set((now) => ({ ...now, ...change }));
}

/** Opens or closes a pane. On a narrow window it lies over the middle, one at a time, and nothing is remembered. */
export function showPane(desk: Desk, pane: Pane, shown: boolean): void {
  if (isNarrow()) desk.overlay.set(shown ? pane : undefined);
  else setLayout(desk, pane === 'left' ? { leftOpen: shown } : { rightOpen: shown });
}

export function togglePane(desk: Desk, pane: Pane): void {
  const { leftOpen, rightOpen } = desk.layout.get();
  const wide = pane === 'left' ? leftOpen : rightOpen;
  showPane(desk, pane, !(isNarrow() ? desk.overlay.get() === pane : wide));
}

let lastToast = 0;

/** Says something in the corner. Sparse: only what nothing on the screen shows. */
export function toast(desk: Desk, said: Omit<Toast, 'id'>): void {
  lastToast += 1;
  desk.toasts.set((all) => [...all, { ...said, id: lastToast }]);
}

/** Where each pane takes the focus. */
const FOCUS = {
  explorer: '[data-pane-focus="explorer"]',
  editor: '[data-tab-panel]:not([hidden]) .cm-content, [data-tab-panel]:not([hidden]) textarea',
  details: '[data-pane-focus="details"]',
  // The grid in front, or the tab of the messages where there is none.
  results:
    '[data-tab-panel]:not([hidden]) :is([role="grid"], [role="feed"]), [data-tab-panel]:not([hidden]):not(:has([role="grid"], [role="feed"])) [role="tab"][aria-selected="true"]',
} as const;

/** Opens a pane where it is closed, and puts the keyboard there. */
export function focusPane(desk: Desk, pane: keyof typeof FOCUS): void {
  if (pane === 'editor' || pane === 'results') desk.overlay.set(undefined);
  else showPane(desk, pane === 'explorer' ? 'left' : 'right', true);
  const focus = () => document.querySelector<HTMLElement>(FOCUS[pane])?.focus();
  // What was opened a moment ago is drawn first. Where nothing is drawn (in tests) there is nothing to focus.
  if (typeof requestAnimationFrame === 'function') requestAnimationFrame(focus);
}

/** Asks again who one is and in which role: somebody may have changed it meanwhile. */
export async function lookWhoIAm(desk: Desk): Promise<void> {
  try {
    desk.session.set(await call('whoAmI', {}));
  } catch (error) {
    if (error instanceof ApiError && error.code !== 'DECLINED') toast(desk, { text: error.message, tone: 'warning' });
  }
}

let renewal: Promise<void> | undefined;

/**
 * Asks for keys over everything that is open. Ten calls that fail together ask once. Rejects when the user declines, or
 * when somebody else signed in: nothing of the first user's work is run as the second.
 */
export function renewSession(desk: Desk, reason: 'ended' | 'renew'): Promise<void> {
  renewal ??= desk
    .ask<SessionView>({ kind: 'keys', reason })
    .then((session) => {
      if (session.user.id !== desk.session.get().user.id)
        throw new ApiError({ code: 'DECLINED', message: 'Somebody else has signed in: this was not done.' });
      desk.session.set(session);
      desk.book.dropTokens();
    })
    .finally(() => {
      renewal = undefined;
    });
  return renewal;
}
