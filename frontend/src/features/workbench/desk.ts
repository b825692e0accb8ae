/**
 * The desk: everything that one user has open, outside React. Components look at its stores; commands and buttons call
 * what stands in desk-actions.ts.
 */

import { QueryClient } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import type { EngineName } from '#contract/engines.ts';
import type { NodePath } from '#contract/objects.ts';
import type { Parameter, ParameterValues } from '#contract/parameters.ts';
import type { SessionView } from '#contract/people.ts';
import type { Script, ScriptDraft } from '#contract/scripts.ts';
import { ApiError, call } from '../../api.ts';
import { createStore, type Store } from '../../app/store.ts';
import type { Question } from '../../components/confirm-dialog.tsx';
import { type Account, type AccountBook, openAccountBook } from '../explorer/accounts.ts';
import { type Explorer, openExplorer } from '../explorer/explorer.ts';
import type { Spot } from '../explorer/tree-branches.ts';
import { openPlace, type Place } from '../pages/place.ts';
import { type ConnectionBook, openConnectionBook } from './connection-book.ts';
import type { LiveConnection, SavedConnection } from './connections.ts';
import { type Layout, loadLayout, saveLayout } from './layout.ts';
import type { Tabs } from './tabs.ts';
import { loadWorkspace, saveWorkspace } from './workspace.ts';

/** A question to the user; the answer, or a refusal, settles it. */
export type Dialog =
  | ({ readonly kind: 'connect'; readonly saved?: SavedConnection } & ConnectTarget)
  | { readonly kind: 'account'; readonly account?: Account }
  | { readonly kind: 'choose' }
  | {
      readonly kind: 'build';
      readonly connection: LiveConnection;
      readonly path?: NodePath | undefined;
      readonly statement?: string | undefined;
    }
  | { readonly kind: 'keys'; readonly reason: 'ended' | 'renew' }
  | ({ readonly kind: 'confirm' } & Question)
  /** Saves a script, a new one unless it is known; the answer is the script. */
  | { readonly kind: 'script'; readonly draft: ScriptDraft; readonly known?: { id: string; revision: number } }
  | { readonly kind: 'script-conflict'; readonly theirs: Script }
  | { readonly kind: 'script-versions'; readonly scriptId: string }
  | { readonly kind: 'parameters'; readonly parameters: readonly Parameter[] }
  /** The values of the parameters that a text of the tab names. */
  | { readonly kind: 'values'; readonly tabId: string; readonly text: string }
  | { readonly kind: 'palette' }
  | { readonly kind: 'shortcuts' };
export type OpenDialog = Dialog & { readonly id: number; answer(value: unknown): void; decline(): void };

/** What one connects to: a resource, where it was found, and by which of its endpoints. */
export interface ConnectTarget extends Spot {
  readonly endpoint?: string;
  /** The database that the form begins with, where its engine asks for one. */
  readonly database?: string;
}

export type Pane = 'left' | 'right';

/** What the details pane shows. */
type Selection =
  | ({ readonly kind: 'resource' } & Spot)
  | { readonly kind: 'account'; readonly roleArn: string }
  | { readonly kind: 'object'; readonly connectionKey: string; readonly engine: EngineName; readonly path: NodePath };

/** What a running statement has done so far. */
export interface RunStatus {
  readonly running: boolean;
  readonly rows: number;
  readonly elapsedMs: number;
}

export interface Desk {
  readonly session: Store<SessionView>;
  readonly tabs: Store<Tabs>;
  readonly book: ConnectionBook;
  /** Other accounts, and the roles that lead there. */
  readonly accounts: AccountBook;
  readonly explorer: Explorer;
  readonly layout: Store<Layout>;
  /** The path in the address bar: `/`, or that of a page beside the workbench. */
  readonly place: Place;
  /** On a narrow window: the pane that lies over the middle. */
  readonly overlay: Store<Pane | undefined>;
  readonly dialogs: Store<readonly OpenDialog[]>;
  readonly selection: Store<Selection | undefined>;
  /** By tab. */
  readonly runs: Store<ReadonlyMap<string, RunStatus>>;
  /** Tabs that were opened to show a table, and have not begun to yet. Not kept: a reload runs nothing by itself. */
  readonly opening: Set<string>;
  /** What the parameters of each tab were last given. Not kept: values may be nobody else's business. */
  readonly values: Map<string, ParameterValues>;
  /** The tab whose title is being typed. */
  readonly renaming: Store<string | undefined>;
  /** The tab whose statement is to be built with a form. */
  readonly building: Store<string | undefined>;
  readonly toasts: Store<readonly Toast[]>;
  readonly queries: QueryClient;
  /** Shows a dialog and waits for its answer; rejects (`DECLINED`) when the user closes it. */
  ask<T>(dialog: Dialog): Promise<T>;
  /** Writes what must survive now, without the delay. */
  save(): void;
}

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: 'calm' | 'warning';
  readonly action?: { readonly label: string; perform(): void };
}

const SAVE_AFTER_MS = 400;

/** Opens the desk of a user as it was left in this browser; `passing` holds what lasts as long as the window. */
export function openDesk(session: SessionView, storage: Storage, passing: Storage = storage): Desk {
  const accounts = openAccountBook(session.user.id, storage, passing);
  const workspace = loadWorkspace(storage, session.user.id);
  const dialogs = createStore<readonly OpenDialog[]>([]);
  const ask = asker(dialogs);
  const book = openConnectionBook(workspace.connections, {
    call: (body) => call('connect', { body }),
    askLogin: (saved) => ask<LiveConnection>({ kind: 'connect', resource: saved.resource, saved }),
    assume: accounts.assume,
  });
  const sessions = createStore(session);
  const tabs = createStore(workspace.tabs);
  const layout = createStore(loadLayout(storage));

  let timer: ReturnType<typeof setTimeout> | undefined;
  const save = () => {
    clearTimeout(timer);
    timer = undefined;
    const connections = [...book.connections.get()];
    saveWorkspace(storage, session.user.id, { version: 1, tabs: tabs.get(), connections });
  };
  const saveSoon = () => {
    timer ??= setTimeout(save, SAVE_AFTER_MS);
  };
  tabs.subscribe(saveSoon);
  book.connections.subscribe(saveSoon);
  layout.subscribe(() => saveLayout(storage, layout.get()));

  return {
    session: sessions,
    tabs,
    book,
    accounts,
    explorer: openExplorer({ book, accounts, regions: () => sessions.get().regions, passing }),
    layout,
    place: openPlace(),
    overlay: createStore<Pane | undefined>(undefined),
    dialogs,
    selection: createStore<Selection | undefined>(undefined),
    runs: createStore<ReadonlyMap<string, RunStatus>>(new Map()),
    opening: new Set(),
    values: new Map(),
    renaming: createStore<string | undefined>(undefined),
    building: createStore<string | undefined>(undefined),
    toasts: createStore<readonly Toast[]>([]),
    queries: new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Number.POSITIVE_INFINITY } } }),
    ask,
    save,
  };
}

let lastId = 0;

/** Each dialog leaves the stack exactly once, with an answer or without. */
function asker(dialogs: Store<readonly OpenDialog[]>): Desk['ask'] {
  return <T>(dialog: Dialog) =>
    new Promise<T>((resolve, reject) => {
      lastId += 1;
      const id = lastId;
      const leave = () => dialogs.set((open) => open.filter((one) => one.id !== id));
      const opened: OpenDialog = {
        ...dialog,
        id,
        answer(value) {
          leave();
          resolve(value as T);
        },
        decline() {
          leave();
          reject(new ApiError({ code: 'DECLINED', message: 'The dialog was closed without an answer.' }));
        },
      };
      dialogs.set((open) => [...open, opened]);
    });
}

export const DeskContext = createContext<Desk | undefined>(undefined);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('There is no desk around this component.');
  return desk;
}
