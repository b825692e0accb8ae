/**
 * The keys of the local account. Nothing is kept of a key that was issued: a session token is sealed with the folder's
 * seed and says itself whose it is and until when, so that a sign-in survives a restart.
 */
import { randomBytes } from 'node:crypto';
import type { Credentials } from '../../ports/identity.ts';
import { PRINCIPALS, type Principal, type PrincipalName } from './principals.ts';
import { ROLES, type RoleName, roleSession } from './roles.ts';
import { openSealed, seal } from './sealed.ts';
import { derive, type Seed } from './seed.ts';

/** A key that the account knows. */
export interface Key {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Undefined for a session of a role that was assumed here. */
  readonly name: PrincipalName | undefined;
  readonly principal: Principal;
  /** Only temporary keys end. */
  readonly expiresAt?: Date;
  /** Where it came from: GetSessionToken's keys may not call IAM (STS API reference). */
  readonly origin: 'long-term' | 'session-token' | 'assumed-role';
}

export interface Issued extends Required<Credentials> {
  readonly expiresAt: Date;
}

export interface Registry {
  /** Undefined: no such key, or the session token is not the one that belongs to it. An expired key is returned. */
  find(accessKeyId: string, sessionToken: string | undefined): Key | undefined;
  /** The long-term key of a principal. */
  longTerm(name: PrincipalName): Credentials;
  /** New temporary keys. */
  issue(name: PrincipalName, origin: 'session-token' | 'assumed-role', seconds: number): Issued;
  /** New temporary keys of a role's session. */
  assume(role: RoleName, session: string, seconds: number): Issued;
}

interface Sealed {
  readonly id: string;
  /** Whose keys these are: a principal, or a role and the name of its session. */
  readonly who: PrincipalName | { readonly role: RoleName; readonly session: string };
  readonly origin: 'session-token' | 'assumed-role';
  readonly expires: number;
}

const isPrincipal = (name: string): name is PrincipalName => Object.hasOwn(PRINCIPALS, name);

/** `AKIALODGEDEMOADA0000`: looks like a key id to a program and like a demo to a person. Never written out in full. */
const longTermId = (name: PrincipalName): string => `AKIA${`LODGEDEMO${name.toUpperCase()}`.padEnd(16, '0')}`;

export const createRegistry = (seed: Seed): Registry => {
  const tokenKey = derive(seed, 'session-tokens');
  const secretOf = (id: string) => derive(seed, `secret:${id}`).toString('base64').slice(0, 40);
  const names = Object.keys(PRINCIPALS).filter(isPrincipal);
  const ids = new Map(names.map((name) => [longTermId(name), name]));
  const issue = (who: Sealed['who'], origin: Sealed['origin'], seconds: number): Issued => {
    const id = `ASIA${base32(randomBytes(16))}`;
    const expires = (Math.floor(Date.now() / 1000) + seconds) * 1000;
    const token: Sealed = { id, who, origin, expires };
    const sessionToken = seal(tokenKey, token);
    return { accessKeyId: id, secretAccessKey: secretOf(id), sessionToken, expiresAt: new Date(expires) };
  };

  return {
    find(accessKeyId, sessionToken) {
      const base = { accessKeyId, secretAccessKey: secretOf(accessKeyId) };
      if (sessionToken === undefined) {
        const name = ids.get(accessKeyId);
        return name && hasLongTermKey(name)
          ? { ...base, name, principal: PRINCIPALS[name], origin: 'long-term' }
          : undefined;
      }
      const token = openSealed<Sealed>(tokenKey, sessionToken);
      if (token?.id !== accessKeyId) return undefined;
      const { who, origin, expires } = token;
      return { ...base, ...identityOf(who), origin, expiresAt: new Date(expires) };
    },
    longTerm(name) {
      const accessKeyId = longTermId(name);
      return { accessKeyId, secretAccessKey: secretOf(accessKeyId) };
    },
    issue,
    assume: (role, session, seconds) => issue({ role, session }, 'assumed-role', seconds),
  };
};

const identityOf = (who: Sealed['who']): Pick<Key, 'name' | 'principal'> =>
  typeof who === 'string'
    ? { name: who, principal: PRINCIPALS[who] }
    : { name: undefined, principal: roleSession(ROLES[who.role], who.session) };

/** A role has no keys of its own: only sessions of it do. */
const hasLongTermKey = (name: PrincipalName): boolean => PRINCIPALS[name].kind !== 'role';

const base32 = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[byte % 32]).join('');
