/**
 * An RDS IAM token, verified as RDS does: a presigned request of the service rds-db whose host is the instance.
 * Source: RDS User Guide, "Connecting to your DB instance using IAM authentication".
 */
import { allows } from '../account/policy.ts';
import type { Registry } from '../account/registry.ts';
import { ALGORITHM, parseAmzDate, parseScope, sameSignature, sha256, signatureOf } from '../aws/signature.ts';

/** The instance that a token must be for. */
export interface TokenAudience {
  readonly accountId: string;
  readonly region: string;
  /** `db-…` */
  readonly resourceId: string;
  readonly host: string;
  readonly port: number;
}

/** A token lives for 15 minutes; a clock may be ahead by five. */
const LIFE_SECONDS = 900;
const AHEAD_MS = 5 * 60_000;

const NAMES = ['Action', 'DBUser', 'X-Amz-Algorithm', 'X-Amz-Credential', 'X-Amz-Date', 'X-Amz-Expires'] as const;
const REQUIRED: readonly string[] = [...NAMES, 'X-Amz-SignedHeaders', 'X-Amz-Signature'];
const OPTIONAL: readonly string[] = ['X-Amz-Security-Token', 'X-Amz-Content-Sha256', 'X-Amz-User-Agent'];

/** Undefined: the token lets its bearer in as `user`. Else why not, which RDS tells nobody and a test may ask. */
export const refusalOf = (
  token: string,
  user: string,
  audience: TokenAudience,
  registry: Registry,
  now: number,
): string | undefined => {
  const address = `${audience.host}:${audience.port}`;
  if (!token.startsWith(`${address}/?`)) return 'It is for another host or port, or no token at all.';
  const pairs = [...new URLSearchParams(token.slice(address.length + 2))];
  const query = new Map(pairs);
  const value = (name: string) => query.get(name) ?? '';
  if (query.size !== pairs.length) return 'It says something twice.';
  if (!REQUIRED.every((name) => query.has(name))) return 'It lacks a parameter.';
  if (!pairs.every(([name]) => REQUIRED.includes(name) || OPTIONAL.includes(name)))
    return 'It has a strange parameter.';
  if (value('Action') !== 'connect') return 'It is for another action.';
  if (value('DBUser') !== user) return 'It is for another user.';
  if (value('X-Amz-Algorithm') !== ALGORITHM || value('X-Amz-SignedHeaders') !== 'host')
    return 'It is signed otherwise.';

  const scope = parseScope(value('X-Amz-Credential'));
  if (scope?.service !== 'rds-db' || scope.region !== audience.region) return 'It is for another service or region.';
  const date = value('X-Amz-Date');
  const time = parseAmzDate(date);
  const seconds = Number(value('X-Amz-Expires'));
  if (time === undefined || scope.date !== date.slice(0, 8)) return 'Its date is not valid.';
  if (!(seconds > 0 && seconds <= LIFE_SECONDS)) return 'It lives longer than a token may.';
  if (time + seconds * 1000 <= now || time > now + AHEAD_MS) return 'It has expired, or is not valid yet.';

  const key = registry.find(scope.accessKeyId, query.get('X-Amz-Security-Token'));
  if (!key) return 'Nobody has this key.';
  if (key.expiresAt && key.expiresAt.getTime() <= now) return 'The key has expired.';
  const signed = pairs.filter(([name]) => name !== 'X-Amz-Signature');
  const request = { method: 'GET', query: signed, headers: [['host', address]] as const, payloadHash: sha256('') };
  const expected = signatureOf(request, date, scope, key.secretAccessKey);
  if (!sameSignature(value('X-Amz-Signature'), expected)) return 'The signature is not the one of this key.';

  const { accountId, region, resourceId } = audience;
  const resource = `arn:aws:rds-db:${region}:${accountId}:dbuser:${resourceId}/${user}`;
  if (key.principal.accountId !== accountId) return 'The key belongs to another account.';
  return allows(key.principal.allows, 'rds-db:connect', resource)
    ? undefined
    : `rds-db:connect is not allowed on ${resource}.`;
};
