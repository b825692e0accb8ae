/** Users, accounts and the instance, as the API speaks of them. */
import * as z from 'zod';
import { Role } from './roles.ts';
import { Limits } from './settings.ts';

/** What kind of AWS identity a user is, read from its ARN. */
export const UserKind = z.enum(['user', 'role', 'sso', 'federated', 'root']);
export type UserKind = z.infer<typeof UserKind>;

export const User = z.object({
  /** `partition:account:UserId`: names can be made again, ids cannot. */
  id: z.string(),
  arn: z.string(),
  name: z.string(),
  kind: UserKind,
});
export type User = z.infer<typeof User>;

export const Account = z.object({ id: z.string(), alias: z.string().optional() });
export type Account = z.infer<typeof Account>;

export const InstanceState = z.object({ claimed: z.boolean(), name: z.string() });
export type InstanceState = z.infer<typeof InstanceState>;

export const SessionView = z.object({
  user: User,
  account: Account,
  /** Absent while the instance is not claimed. */
  role: Role.optional(),
  /** ISO 8601, absolute: nothing prolongs a session. */
  expiresAt: z.iso.datetime(),
  instance: InstanceState,
  /** The regions that discovery asks; empty while the instance is not claimed. */
  regions: z.array(z.string()),
  /** What every statement is held to. Absent while the instance is not claimed. */
  limits: Limits.optional(),
  /** Whether this user may make and change automations. Absent while the instance is not claimed. */
  automates: z.boolean().optional(),
});
export type SessionView = z.infer<typeof SessionView>;

/** What a header may carry: a session token becomes one in every call to AWS. */
const VISIBLE = /^[\x21-\x7e]*$/;
const NOT_OF_A_KEY = 'holds characters that no key has';

/** AWS keys as a user has them. Lengths are the bounds that AWS documents for STS (AccessKeyId 16–128). */
export const Keys = z.object({
  accessKeyId: z
    .string()
    .trim()
    .regex(/^(AKIA|ASIA)[A-Z0-9]{12,124}$/, 'begins with AKIA or ASIA, followed by capital letters and digits'),
  secretAccessKey: z.string().trim().min(16, 'is too short').max(128, 'is too long').regex(VISIBLE, NOT_OF_A_KEY),
  sessionToken: z
    .string()
    .trim()
    .min(16, 'is too short')
    .max(8_192, 'is too long')
    .regex(VISIBLE, NOT_OF_A_KEY)
    .optional(),
});
export type Keys = z.infer<typeof Keys>;

/** A user as administrators see them. Times are ISO 8601. */
export const KnownUser = User.extend({
  role: Role,
  /** The account's alias, as it was when they signed in last. */
  alias: z.string().optional(),
  firstSeenAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime(),
  /** The address of the last sign-in. */
  lastAddress: z.string().optional(),
  /** Since when they may not come in. */
  blockedAt: z.iso.datetime().optional(),
  /** Sessions sealed before this moment are over. */
  sessionsEndedAt: z.iso.datetime().optional(),
});
export type KnownUser = z.infer<typeof KnownUser>;

/** What an administrator may do to a user. The last administrator can be neither demoted nor blocked. */
export const UserChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('role'), role: Role }),
  z.object({ kind: z.literal('end-sessions') }),
  z.object({ kind: z.literal('block') }),
  z.object({ kind: z.literal('unblock') }),
]);
export type UserChange = z.infer<typeof UserChange>;
