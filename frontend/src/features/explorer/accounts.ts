/**
 * Other accounts, each seen through a role that is taken on. Names and roles are remembered in this browser. External ids
 * are no secrets (IAM User Guide, "Access to AWS accounts owned by third parties"), but they are nobody's business either:
 * they stay as long as the browser's window.
 */
import * as z from 'zod';
import { Assume } from '#contract/resources.ts';
import { createStore, type Store } from '../../app/store.ts';

export const Account = z.object({
  /** A name of one's own. */
  name: z.string().min(1),
  /** Which account, and as what: there is one entry for each role. */
  roleArn: Assume.shape.roleArn,
});
export type Account = z.infer<typeof Account>;

const Accounts = z.array(Account);
const ExternalIds = z.record(z.string(), z.string());

type Kept = Pick<Storage, 'getItem' | 'setItem'>;

export interface AccountBook {
  readonly accounts: Store<readonly Account[]>;
  /** Adds an account, or takes the place of the one with the same role. */
  put(account: Account): void;
  remove(roleArn: string): void;
  /** What a call carries to take on a role, with the external id that was told last. */
  assume(roleArn: string): Assume;
  /** Keeps the external id of a role for as long as the window; none where it needs none. */
  remember(assume: Assume): void;
}

/** `local` outlives the browser, `passing` lasts as long as the window. */
export function openAccountBook(userId: string, local: Kept, passing: Kept): AccountBook {
  const places = { accounts: `lodge-accounts:${userId}`, ids: `lodge-external-ids:${userId}` };
  const accounts = createStore<readonly Account[]>(read(local, places.accounts, Accounts) ?? []);
  const ids = new Map(Object.entries(read(passing, places.ids, ExternalIds) ?? {}));
  accounts.subscribe(() => write(local, places.accounts, Accounts.parse(accounts.get())));
  return {
    accounts,
    put: (account) =>
      accounts.set((all) =>
        all.some(({ roleArn }) => roleArn === account.roleArn)
          ? all.map((one) => (one.roleArn === account.roleArn ? account : one))
          : [...all, account],
      ),
    remove: (roleArn) => accounts.set((all) => all.filter((one) => one.roleArn !== roleArn)),
    assume(roleArn) {
      const externalId = ids.get(roleArn);
      return { roleArn, ...(externalId ? { externalId } : {}) };
    },
    remember({ roleArn, externalId }) {
      if (externalId) ids.set(roleArn, externalId);
      else ids.delete(roleArn);
      write(passing, places.ids, Object.fromEntries(ids));
    },
  };
}

/** The account that a role belongs to, by its ARN. */
export const accountIdOf = (roleArn: string): string => roleArn.split(':')[4] ?? '';

/** What cannot be read is left behind. */
function read<T>(storage: Kept, key: string, schema: z.ZodType<T>): T | undefined {
  try {
    return schema.safeParse(JSON.parse(storage.getItem(key) ?? 'null')).data;
  } catch {
    return undefined;
  }
}

function write(storage: Kept, key: string, value: unknown): void {
  try {
    storage.setItem(key, JSON.stringify(value));
  } catch {
    // A browser that keeps nothing asks again next time.
  }
}
