/** The history of an automation's runs, and how it is kept true while one of them is under way. */
import type { Run } from '#contract/automations.ts';
import { call } from '../../api.ts';
import { openPaged, type Paged } from '../pages/paged.ts';

const PAGE = 50;

export interface Runs {
  readonly list: Paged<Run>;
  /** Looks at the newest again: those that are known are put in their places, and a new one begins the list anew. */
  renew(): Promise<void>;
}

export function openRuns(automationId: string): Runs {
  const list = openPaged<Run>({
    async read(cursor, tell, signal) {
      const body = { automationId, limit: PAGE, ...(cursor && { cursor }) };
      const { runs, next } = await call('runs', { body }, signal);
      tell({ rows: runs });
      return next;
    },
    keyOf: ({ id }) => id,
  });
  return {
    list,
    async renew() {
      if (list.state.get().phase === 'reading') return;
      const page = await call('runs', { body: { automationId, limit: PAGE } }).catch(() => undefined);
      const known = new Set(list.state.get().rows.map(({ id }) => id));
      if (page?.runs.some(({ id }) => !known.has(id))) list.begin();
      else for (const run of page?.runs ?? []) list.put(run);
    },
  };
}
