/** The list of automations, what they stand on, and how the list is kept true while something runs. */
import { type Automation, AutomationDraft, type AutomationGround } from '#contract/automations.ts';
import { call } from '../../api.ts';
import { createStore, type Store } from '../../app/store.ts';
import { openPaged, type Paged } from '../pages/paged.ts';

const PAGE = 100;

export interface Automations {
  readonly list: Paged<Automation>;
  /** Undefined until the first page has come. */
  readonly ground: Store<AutomationGround | undefined>;
  /** Looks again at those that are shown already; what fails is tried again later. */
  renew(): Promise<void>;
}

export function openAutomations(): Automations {
  const ground = createStore<AutomationGround | undefined>(undefined);
  const list = openPaged<Automation>({
    async read(cursor, tell, signal) {
      const page = await call('automations', { body: { limit: PAGE, ...(cursor && { cursor }) } }, signal);
      ground.set(page.ground);
      tell({ rows: page.automations });
      return page.next;
    },
    keyOf: ({ id }) => id,
  });
  return {
    list,
    ground,
    async renew() {
      const page = await call('automations', { body: { limit: PAGE } }).catch(() => undefined);
      for (const automation of page?.automations ?? []) list.put(automation);
    },
  };
}

/** What an automation that is yet to be made stands on. */
export const readGround = async (): Promise<AutomationGround> =>
  (await call('automations', { body: { limit: 1 } })).ground;

/** What was saved of it, without what is only told of it. */
export const draftOf = (automation: Automation): AutomationDraft => AutomationDraft.parse(automation);
