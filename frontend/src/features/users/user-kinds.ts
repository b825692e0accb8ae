/** What kind of AWS identity somebody is, in words. */
import type { UserKind } from '#contract/people.ts';

export const KINDS: Readonly<Record<UserKind, { title: string; says: string }>> = {
  user: { title: 'IAM user', says: 'A user of IAM, with long-term keys' },
  role: { title: 'Role', says: 'A session of an IAM role' },
  sso: { title: 'Identity Center', says: 'A session of a permission set of IAM Identity Center' },
  federated: { title: 'Federated', says: 'A federated user of STS' },
  root: { title: 'Root', says: 'The root user of the account' },
};
