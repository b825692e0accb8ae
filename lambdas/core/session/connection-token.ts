/** The second sealed token: what a connection needs, held by the page, sent with each call, stored nowhere. */
import * as z from 'zod';
import { EngineName, LoginMethod } from '#contract/engines.ts';
import { AppError } from '#contract/errors.ts';
import { Assume, Service } from '#contract/resources.ts';
import { Role } from '#contract/roles.ts';
import type { Session } from '../http/handler.ts';
import { readHeader, seal, unseal } from './sealed.ts';

const Place = z.object({
  resourceId: z.string(),
  service: Service,
  engine: EngineName,
  region: z.string(),
  /** The role whose keys are used in place of the session's own. */
  assume: Assume.optional(),
  /** The rules on which it was allowed, and the role that they were asked for: under others it is made anew. */
  allowed: z.object({ revision: z.number().int(), role: Role }),
  /** True where the rules let this role only read. */
  readOnly: z.literal(true).optional(),
});

/** A database server, and how to log in to it. */
const ServerClaims = Place.extend({
  target: z.object({ host: z.string(), port: z.number().int(), database: z.string() }),
  /** The resource's name, where its ARN does not end with it and a login asks for it. */
  name: z.string().optional(),
  /** What a policy for IAM logins names, to say which one is missing. */
  loginResourceId: z.string().optional(),
  /** The network whose connector opens it; absent: this process does. */
  network: z.string().optional(),
  /** `password` is that of a `password` login. Tokens are signed, and secrets read, anew at each use. */
  login: z.object({
    method: LoginMethod.exclude(['keys']),
    user: z.string(),
    password: z.string().optional(),
    secretArn: z.string().optional(),
  }),
});
export type ServerClaims = z.infer<typeof ServerClaims>;

/** An AWS service that is called with the session's keys. They are in the session, and not here. */
const ServiceClaims = Place.extend({ login: z.object({ method: z.literal('keys') }) });
export type ServiceClaims = z.infer<typeof ServiceClaims>;

const ConnectionClaims = z.union([ServerClaims, ServiceClaims]);
export type ConnectionClaims = z.infer<typeof ConnectionClaims>;

const Header = z.object({ typ: z.literal('lodge-connection'), sid: z.string(), exp: z.number() });

/** Seals with the session's own data key; the token ends with the session. */
export const sealConnection = (session: Session, claims: ConnectionClaims): Promise<string> =>
  seal({ typ: 'lodge-connection', sid: session.id, exp: session.expiresAt.getTime() }, claims, session.key);

/** Opens what `sealConnection` made in this session. Errors: CONNECTION_INVALID, whatever is wrong with it. */
export async function openConnection(session: Session, token: string): Promise<ConnectionClaims> {
  const header = Header.safeParse(readHeader(token));
  if (!header.success || header.data.sid !== session.id) throw new AppError('CONNECTION_INVALID');
  const content = await unseal(token, session.key).catch(() => undefined);
  const claims = ConnectionClaims.safeParse(content);
  if (!claims.success) throw new AppError('CONNECTION_INVALID');
  return claims.data;
}
