/** What is found in other accounts: a section each, which comes and goes with the account. */
import { createStore, type Store } from '../../app/store.ts';
import type { Account, AccountBook } from './accounts.ts';
import { type Discoverer, openDiscoverer } from './discoverer.ts';
import { type Discovery, NOTHING_FOUND } from './discovery.ts';

export interface Section {
  readonly account: Account;
  readonly discovery: Discovery;
}

interface Sections {
  readonly sections: Store<readonly Section[]>;
  /** Asks so many regions of one account. */
  discover(roleArn: string, regions: readonly string[]): Promise<void>;
}

export function openSections(book: AccountBook): Sections {
  const sections = createStore<readonly Section[]>([]);
  const discoverers = new Map<string, Discoverer>();
  const follow = () =>
    sections.set((before) =>
      book.accounts.get().map((account) => {
        const known = before.find((section) => section.account.roleArn === account.roleArn);
        return { account, discovery: known?.discovery ?? NOTHING_FOUND };
      }),
    );
  follow();
  book.accounts.subscribe(follow);

  function discovererOf(roleArn: string): Discoverer {
    const known = discoverers.get(roleArn);
    if (known) return known;
    const made = openDiscoverer({
      put: (change) =>
        sections.set((all) =>
          all.map((section) =>
            section.account.roleArn === roleArn ? { ...section, discovery: change(section.discovery) } : section,
          ),
        ),
      assume: () => book.assume(roleArn),
    });
    discoverers.set(roleArn, made);
    return made;
  }
  return {
    sections,
    discover: (roleArn: string, regions: readonly string[]) => discovererOf(roleArn)(regions),
  };
}
