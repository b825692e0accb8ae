/** Desks of people whose calls reach the true handlers of scripts, over one table in memory. */
import type { SessionView } from '#contract/people.ts';
import type { Role } from '#contract/roles.ts';
import type { ScriptDraft } from '#contract/scripts.ts';
import { serve } from '#core/http/serve.ts';
import { type Desk, type OpenDialog, openDesk } from '../../../../frontend/src/features/workbench/desk.ts';
import { openText } from '../../../../frontend/src/features/workbench/desk-actions.ts';
import { changeTab, type Tab } from '../../../../frontend/src/features/workbench/tabs.ts';
import { scripts } from '../../../../lambdas/scripts/scripts.ts';
import { sessionOf } from '../../../support/people.ts';
import { claimedInstance, memoryAudit, memoryScripts, memoryStore, recordingLog } from '../../../support/ports.ts';
import { request, textOf } from '../../../support/requests.ts';
import { storage } from '../workbench/demo.ts';

export function house() {
  const kept = memoryScripts().scripts;
  const store = memoryStore({ instance: claimedInstance }).store;
  const handlers = scripts({ scripts: kept, store, audit: memoryAudit().audit });
  const asked: string[] = [];
  let who: SessionView;
  const app = serve(
    handlers,
    {
      open: async () => ({ ...sessionOf('reader'), user: who.user }),
      role: async () => who.role ?? 'reader',
    },
    recordingLog(),
  );
  Object.assign(globalThis, { location: { origin: 'http://localhost' } });
  jest.spyOn(globalThis, 'fetch').mockImplementation(async (url, { method = 'GET', body } = {}) => {
    const { pathname } = new URL(String(url));
    asked.push(`${method} ${pathname}`);
    const answer = await app(request(method, pathname, { body: String(body) }));
    return new Response(answer.status === 204 ? null : await textOf(answer), { status: answer.status });
  });
  return {
    asked,
    kept,
    /** The desk of somebody, who makes all calls from then on. */
    sitDown(name: string, role: Role = 'editor', { automates = false } = {}): Person {
      const user = { ...sessionOf(role).user, name, id: `aws:111122223333:AIDA${name.toUpperCase()}` };
      const session: SessionView = {
        user,
        account: { id: '111122223333' },
        role,
        automates,
        expiresAt: '2030-01-01T00:00:00.000Z',
        instance: { claimed: true, name: 'Northwind' },
        regions: ['eu-central-1'],
      };
      who = session;
      const desk = openDesk(session, storage());
      return { desk, by: { id: user.id, name } };
    },
  };
}

interface Person {
  readonly desk: Desk;
  readonly by: { readonly id: string; readonly name: string };
}

export function leave(): void {
  jest.restoreAllMocks();
  Reflect.deleteProperty(globalThis, 'location');
}

export const draft = (more: Partial<ScriptDraft> = {}): ScriptDraft => ({
  name: 'Late orders',
  description: '',
  tags: [],
  shared: true,
  engine: 'postgres',
  text: 'select 1',
  parameters: [],
  ...more,
});

export const tabWith = (desk: Desk, text: string, more: Partial<Tab> = {}): string =>
  openText(desk, { title: 'Query 1', text, ...more });

export const tab = (desk: Desk, id?: string): Tab => {
  const { tabs, active } = desk.tabs.get();
  return tabs.find((one) => one.id === (id ?? active)) as Tab;
};

export const type = (desk: Desk, id: string, text: string): void =>
  desk.tabs.set((state) => changeTab(state, id, { text }));

/** The dialog on top, once there is one of this kind. */
export async function dialog<K extends OpenDialog['kind']>(
  desk: Desk,
  kind: K,
): Promise<Extract<OpenDialog, { kind: K }>> {
  for (let turns = 0; turns < 200; turns += 1) {
    const top = desk.dialogs.get().at(-1);
    if (top?.kind === kind) return top as Extract<OpenDialog, { kind: K }>;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error(`No dialog ${kind} came.`);
}

export const toasts = (desk: Desk): string[] => desk.toasts.get().map(({ text }) => text);
