/** How Redshift lets people in: by a password of minutes that it gave out itself, or by a user's own password. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { TemporaryPasswords } from '../account/temporary-passwords.ts';
import type { Verifier } from './verifier.ts';

/** The group of all users of a warehouse. */
export const WAREHOUSE_USERS = 'redshift_users';

interface Warehouse {
  /** The ARN of the cluster or the workgroup. */
  readonly arn: string;
  readonly temporary: TemporaryPasswords;
  /** User → password. */
  readonly passwords: Readonly<Record<string, string>>;
}

export const warehouseLogins = ({ arn, temporary, passwords }: Warehouse): Verifier => ({
  knows: () => true,
  admit({ user, password, database, now }) {
    const own = Object.hasOwn(passwords, user) ? passwords[user] : undefined;
    if (own !== undefined) return isSame(password, own) ? { role: user } : undefined;
    const grant = temporary.read(password, now);
    if (grant?.warehouse !== arn || grant.user !== user) return undefined;
    if (grant.database !== undefined && grant.database !== database) return undefined;
    return { role: grant.role, ...(grant.made && { group: WAREHOUSE_USERS }) };
  },
  refusal: (user) => `password authentication failed for user "${user}"`,
});

/** Compares without telling by its time where they differ. */
const isSame = (given: string, expected: string): boolean =>
  timingSafeEqual(createHash('sha256').update(given).digest(), createHash('sha256').update(expected).digest());
