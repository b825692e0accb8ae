import type { LiveConnection } from '../../../../frontend/src/features/workbench/connections.ts';
import { NO_TABS, openTab } from '../../../../frontend/src/features/workbench/tabs.ts';
import { loadWorkspace, saveWorkspace, type Workspace } from '../../../../frontend/src/features/workbench/workspace.ts';
import { connection } from './demo.ts';

/** A browser's storage, in memory. */
function storage(full = false) {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem(key: string, value: string) {
      if (full) throw new DOMException('full', 'QuotaExceededError');
      kept.set(key, value);
    },
  };
}
const workspace: Workspace = {
  version: 1,
  tabs: openTab(NO_TABS, { id: 't1', title: 'Orders', text: 'select 1', connectionKey: 'key-of-shop' }),
  connections: [connection('shop')],
};

describe('a workspace', () => {
  it('comes back as it was saved', () => {
    const kept = storage();
    expect(saveWorkspace(kept, 'ada', workspace)).toBe(true);
    expect(loadWorkspace(kept, 'ada')).toEqual(workspace);
  });

  it('belongs to one user', () => {
    const kept = storage();
    saveWorkspace(kept, 'ada', workspace);
    expect(loadWorkspace(kept, 'ben').tabs.tabs).toEqual([]);
  });

  it('never holds a token or a password', () => {
    const kept = storage();
    const live = {
      ...connection('shop'),
      token: 'sealed-token',
      login: { method: 'password', user: 'app', password: 'hunter2' },
    } as LiveConnection;
    saveWorkspace(kept, 'ada', { ...workspace, connections: [live] });
    const written = [...kept.kept.values()].join();
    expect(written).toContain('shop');
    expect(written).not.toContain('sealed-token');
    expect(written).not.toContain('hunter2');
  });

  it('begins empty where nothing is saved, or nothing readable', () => {
    for (const text of [undefined, '{', 'null', '[]', '{"version":0}', '{"version":1,"tabs":{"tabs":[{"id":""}]}}']) {
      const kept = storage();
      if (text !== undefined) kept.kept.set('lodge-workspace:ada', text);
      expect(loadWorkspace(kept, 'ada')).toEqual({ version: 1, tabs: NO_TABS, connections: [] });
    }
  });

  it('says so where the browser keeps nothing more', () => {
    expect(saveWorkspace(storage(true), 'ada', workspace)).toBe(false);
  });
});
