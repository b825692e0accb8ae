/** How the session's token travels: as one cookie or two, or as a bearer token. */
import { AppError } from '#contract/errors.ts';

/** `__Host-` binds a cookie to this host, to `/` and to TLS (RFC 6265bis, 4.1.3.2). */
const NAMES = ['__Host-lodge-session-0', '__Host-lodge-session-1'] as const;
const ATTRIBUTES = 'Path=/; Secure; HttpOnly; SameSite=Strict';

/** Browsers keep a cookie whose name and value have at most 4,096 bytes together (RFC 6265bis, 5.5). */
const PIECE = 4_000;

/**
 * The cookies that carry a token until its end. The second is cleared where the first holds all, lest an older session's
 * be read. Errors: INPUT_INVALID where two cookies do not hold it.
 */
export function sessionCookies(token: string, { issuedAt, expiresAt }: { issuedAt: Date; expiresAt: Date }): string[] {
  if (token.length > PIECE * NAMES.length)
    throw new AppError('INPUT_INVALID', {
      details: { fields: [{ path: 'body.sessionToken', message: 'is longer than the cookies of a browser hold' }] },
    });
  const seconds = Math.floor((expiresAt.getTime() - issuedAt.getTime()) / 1_000);
  return NAMES.map((name, at) => {
    const piece = token.slice(at * PIECE, (at + 1) * PIECE);
    return piece ? `${name}=${piece}; ${ATTRIBUTES}; Max-Age=${seconds}` : cleared(name);
  });
}

/** Forgets the session. */
export const clearedCookies = (): string[] => NAMES.map(cleared);

const cleared = (name: string): string => `${name}=; ${ATTRIBUTES}; Max-Age=0`;

/** The token that a request carries, and how. `Authorization: Bearer` comes first: whoever sends it means it. */
export function readToken(
  headers: Readonly<Record<string, string>>,
): { token: string; by: 'bearer' | 'cookie' } | undefined {
  const bearer = /^bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1];
  if (bearer) return { token: bearer, by: 'bearer' };
  const cookies = parseCookies(headers.cookie ?? '');
  const token = NAMES.map((name) => cookies.get(name) ?? '').join('');
  return token ? { token, by: 'cookie' } : undefined;
}

/** `a=1; b=2`; of two cookies of one name the first counts, as everywhere. */
function parseCookies(header: string): Map<string, string> {
  const cookies = new Map<string, string>();
  for (const pair of header.split(';')) {
    const at = pair.indexOf('=');
    const name = pair.slice(0, at).trim();
    if (at > 0 && !cookies.has(name)) cookies.set(name, pair.slice(at + 1).trim());
  }
  return cookies;
}
