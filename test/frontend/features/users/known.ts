/** A user as administrators see them, for the tests of the frontend. */
import type { KnownUser } from '#contract/people.ts';

export const known = (name: string, more: Partial<KnownUser> = {}): KnownUser => ({
  id: `aws:111122223333:${name.toUpperCase()}`,
  arn: `arn:aws:iam::111122223333:user/${name}`,
  name,
  kind: 'user',
  role: 'reader',
  firstSeenAt: '2026-11-01T12:00:00.000Z',
  lastSeenAt: '2026-11-24T12:00:00.000Z',
  ...more,
});
