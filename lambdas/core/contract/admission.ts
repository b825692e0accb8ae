/** Who is let in where: every kind of caller against every audience. The guard does it; tests and docs/roles.md read this. */
import type { ErrorCode } from './errors.ts';
import { type Audience, allows, type Role } from './roles.ts';

/** Everybody who may come to the door, and how they come. */
export const CALLERS = {
  nobody: 'Carries no session',
  forger: 'Carries a token that this instance did not seal',
  expired: 'Carries a session that is over',
  foreigner: 'Carries a session of another AWS account',
  early: 'Has a session of an instance that nobody has claimed yet',
  blocked: 'Was blocked by an administrator, and has a session yet',
  ended: 'Has a session from before an administrator ended them',
  reader: 'A user with the role Reader',
  editor: 'A user with the role Editor',
  administrator: 'A user with the role Administrator',
} as const;
export type Caller = keyof typeof CALLERS;

/** What keeps a caller out of a route for this audience; undefined: they are let in. */
export const refusal = (caller: Caller, audience: Audience): ErrorCode | undefined => REFUSALS[caller](audience);

const only =
  (audiences: readonly Audience[], otherwise: ErrorCode) =>
  (audience: Audience): ErrorCode | undefined =>
    audiences.includes(audience) ? undefined : otherwise;

/** A role may call what is for it and for those below it. */
const ranked =
  (role: Role) =>
  (audience: Audience): ErrorCode | undefined =>
    audience === 'public' || audience === 'claimant' || audience === 'user' || allows(role, audience)
      ? undefined
      : 'ROLE_REQUIRED';

/** The routes of a claim are for whoever has a session: its handler asks whose account it is, and whether it is too late. */
const CLAIMING = ['public', 'claimant'] as const;

const REFUSALS: Readonly<Record<Caller, (audience: Audience) => ErrorCode | undefined>> = {
  nobody: only(['public'], 'SESSION_MISSING'),
  forger: only(['public'], 'SESSION_INVALID'),
  expired: only(['public'], 'SESSION_EXPIRED'),
  foreigner: only(CLAIMING, 'ACCOUNT_REFUSED'),
  early: only([...CLAIMING, 'user'], 'NOT_CLAIMED'),
  blocked: only(CLAIMING, 'USER_BLOCKED'),
  ended: only(CLAIMING, 'SESSION_EXPIRED'),
  reader: ranked('reader'),
  editor: ranked('editor'),
  administrator: ranked('administrator'),
};
