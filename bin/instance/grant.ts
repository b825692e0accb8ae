import { AppError } from '#contract/errors.ts';
import type { UserRecord } from '#core/ports/store.ts';
import { everybody } from './everybody.ts';
import { Refusal } from './failures.ts';
import type { Ground } from './ground.ts';
import { recordedBy } from './record.ts';
import type { Terminal } from './terminal.ts';

/** Makes somebody who has signed in an administrator, and unblocks them. */
export async function grant(ground: Ground, { print }: Terminal): Promise<void> {
  const { store } = ground;
  const found = await find(ground);
  const change = `role of ${found.name}: ${found.role} → administrator${found.blockedAt ? ', unblocked' : ''}`;
  await recordedBy(ground, { kind: 'user-change', subject: found.arn, change }, async () => {
    await store.changeUser(found.id, { kind: 'role', role: 'administrator' });
    if (found.blockedAt) await store.changeUser(found.id, { kind: 'unblock' });
  }).catch(neverSeen);
  print(`${found.name} is an administrator now. Sessions that are open have the role from their next request on.`);
}

async function find({ store, options: { whom } }: Ground): Promise<UserRecord> {
  if (!whom.startsWith('arn:')) return (await store.user(whom)) ?? neverSeen(new AppError('USER_NOT_FOUND'));
  const [found, ...others] = (await everybody(store)).filter(({ arn }) => arn === whom);
  if (!found) return neverSeen(new AppError('USER_NOT_FOUND'));
  if (others.length === 0) return found;
  const ids = [found, ...others].map(({ id, lastSeenAt }) => `  ${id}, last seen ${lastSeenAt}`);
  throw new Refusal(`Several users had this ARN one after the other. Say which by their id:\n${ids.join('\n')}`);
}

const neverSeen = (error: unknown): never => {
  if (!(error instanceof AppError) || error.code !== 'USER_NOT_FOUND') throw error;
  throw new Refusal('Nobody of that id or ARN has signed in yet. Let them sign in once, and try again.');
};
