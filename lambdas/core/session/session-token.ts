/** The session token: a user's temporary credentials, sealed with a data key of their own. Nothing of it is stored. */
import { Buffer } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { AppError } from '#contract/errors.ts';
import { Account, User } from '#contract/people.ts';
import type { Session } from '../http/handler.ts';
import type { DataKeys } from '../ports/data-keys.ts';
import type { Credentials } from '../ports/identity.ts';
import { readHeader, seal, unseal } from './sealed.ts';
import { tenantOf } from './tenant.ts';

const Header = z.object({
  typ: z.literal('lodge-session'),
  sid: z.string().min(1).max(100),
  uid: z.string().min(1).max(300),
  key: z.string().min(1).max(1_000),
  exp: z.number(),
});

const Content = z.object({
  credentials: z.object({
    accessKeyId: z.string(),
    secretAccessKey: z.string(),
    sessionToken: z.string(),
  }),
  user: User,
  account: Account,
  iat: z.number(),
});

/** What a session is made of, before it has a token. */
export interface NewSession {
  readonly user: Session['user'];
  readonly account: Session['account'];
  /** Temporary ones: long-term keys are never sealed. */
  readonly credentials: Required<Credentials>;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

/** Seals a new session under a new data key. */
export async function sealSession(dataKeys: DataKeys, made: NewSession): Promise<{ session: Session; token: string }> {
  const id = randomUUID();
  const { user, account, credentials, issuedAt, expiresAt } = made;
  const { key, wrapped } = await dataKeys.generate(context(id, user.id));
  const header = {
    typ: 'lodge-session',
    sid: id,
    uid: user.id,
    key: Buffer.from(wrapped).toString('base64url'),
    exp: expiresAt.getTime(),
  } as const;
  const token = await seal(header, { credentials, user, account, iat: issuedAt.getTime() }, key);
  return { session: { id, ...made, key }, token };
}

/** Its end is read before its key is unwrapped, so that old tokens cost no call. */
function headerOf(token: string, now: Date): z.infer<typeof Header> {
  const header = Header.safeParse(readHeader(token));
  if (!header.success) throw new AppError('SESSION_INVALID');
  if (header.data.exp <= now.getTime()) throw new AppError('SESSION_EXPIRED');
  return header.data;
}

const unwrapped = (dataKeys: DataKeys, { sid, uid, key }: z.infer<typeof Header>): Promise<Uint8Array> =>
  dataKeys.unwrap(Buffer.from(key, 'base64url'), context(sid, uid));

/**
 * Whose session a token is, without opening it: its key unwraps only with the user's id that it was wrapped with. Errors:
 * SESSION_EXPIRED; SESSION_INVALID.
 */
export async function proveUser(dataKeys: DataKeys, token: string, now: Date): Promise<string> {
  const header = headerOf(token, now);
  await unwrapped(dataKeys, header);
  return header.uid;
}

/**
 * Opens a session's token; the header is proven with the content. A user's session is not opened in the execution
 * environment of another `tenant`. Errors: SESSION_EXPIRED; SESSION_INVALID, whatever else is wrong with it.
 */
export async function openSession(
  dataKeys: DataKeys,
  token: string,
  now: Date,
  { tenant }: { readonly tenant?: string | undefined } = {},
): Promise<Session> {
  const header = headerOf(token, now);
  const { sid, uid, exp } = header;
  if (tenant !== undefined && tenant !== tenantOf(uid)) throw new AppError('SESSION_INVALID');
  const key = await unwrapped(dataKeys, header);
  const content = Content.safeParse(await unseal(token, key).catch(() => undefined));
  if (!content.success || content.data.user.id !== uid) throw new AppError('SESSION_INVALID');
  const { user, account, credentials, iat } = content.data;
  return { id: sid, user, account, credentials, issuedAt: new Date(iat), expiresAt: new Date(exp), key };
}

/** The encryption context that binds a wrapped key to its session; KMS writes it to CloudTrail. */
const context = (sid: string, uid: string): Record<string, string> => ({ 'lodge:session': sid, 'lodge:user': uid });
