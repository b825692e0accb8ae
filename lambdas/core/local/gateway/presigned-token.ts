/**
 * What is alike in the tokens of RDS and of Aurora DSQL: a presigned request, without its `https://`, in place of a
 * password. Source: RDS User Guide, "Connecting to your DB instance using IAM authentication"; Aurora DSQL User Guide,
 * "Generating an authentication token".
 */
import type { Key, Registry } from '../account/registry.ts';
import { ALGORITHM, parseAmzDate, parseScope, sameSignature, sha256, signatureOf } from '../aws/signature.ts';

/** What a token must say. */
export interface Demanded {
  readonly service: string;
  readonly region: string;
  /** The host that it is for, with a port where the service signs one. */
  readonly address: string;
  /** Its own parameters: name → value. */
  readonly says: Readonly<Record<string, string>>;
  /** The longest life that a token may have. */
  readonly lifeSeconds: number;
}

/** Whose key has signed it, or why it is no such token, which AWS tells nobody and a test may ask. */
export type Read = { readonly key: Key } | { readonly refusal: string };

/** A clock may be ahead by five minutes. */
const AHEAD_MS = 5 * 60_000;

const SIGNED = ['X-Amz-Algorithm', 'X-Amz-Credential', 'X-Amz-Date', 'X-Amz-Expires'];
const REQUIRED: readonly string[] = [...SIGNED, 'X-Amz-SignedHeaders', 'X-Amz-Signature'];
const OPTIONAL: readonly string[] = ['X-Amz-Security-Token', 'X-Amz-Content-Sha256', 'X-Amz-User-Agent'];

export const readToken = (token: string, demanded: Demanded, registry: Registry, now: number): Read => {
  const { address, says } = demanded;
  if (!token.startsWith(`${address}/?`)) return { refusal: 'It is for another host or port, or no token at all.' };
  const pairs = [...new URLSearchParams(token.slice(address.length + 2))];
  const query = new Map(pairs);
  const required = [...Object.keys(says), ...REQUIRED];
  if (query.size !== pairs.length) return { refusal: 'It says something twice.' };
  if (!required.every((name) => query.has(name))) return { refusal: 'It lacks a parameter.' };
  if (!pairs.every(([name]) => required.includes(name) || OPTIONAL.includes(name)))
    return { refusal: 'It has a strange parameter.' };
  for (const [name, value] of Object.entries(says))
    if (query.get(name) !== value) return { refusal: `It is for another ${PARAMETERS[name] ?? name}.` };
  const refusal = timeRefusal(query, demanded, now);
  return refusal ? { refusal } : signer(query, address, registry, now);
};

const PARAMETERS: Readonly<Record<string, string>> = { Action: 'action', DBUser: 'user' };

type Query = ReadonlyMap<string, string>;

const timeRefusal = (query: Query, { service, region, lifeSeconds }: Demanded, now: number): string | undefined => {
  const value = (name: string) => query.get(name) ?? '';
  if (value('X-Amz-Algorithm') !== ALGORITHM || value('X-Amz-SignedHeaders') !== 'host')
    return 'It is signed otherwise.';
  const scope = parseScope(value('X-Amz-Credential'));
  if (scope?.service !== service || scope.region !== region) return 'It is for another service or region.';
  const date = value('X-Amz-Date');
  const time = parseAmzDate(date);
  const seconds = Number(value('X-Amz-Expires'));
  if (time === undefined || scope.date !== date.slice(0, 8)) return 'Its date is not valid.';
  if (!(seconds > 0 && seconds <= lifeSeconds)) return 'It lives longer than a token may.';
  if (time + seconds * 1000 <= now || time > now + AHEAD_MS) return 'It has expired, or is not valid yet.';
  return undefined;
};

const signer = (query: Query, address: string, registry: Registry, now: number): Read => {
  const scope = parseScope(query.get('X-Amz-Credential') ?? '');
  const key = scope && registry.find(scope.accessKeyId, query.get('X-Amz-Security-Token'));
  if (!scope || !key) return { refusal: 'Nobody has this key.' };
  if (key.expiresAt && key.expiresAt.getTime() <= now) return { refusal: 'The key has expired.' };
  const signed = [...query].filter(([name]) => name !== 'X-Amz-Signature');
  const request = {
    method: 'GET',
    path: '/',
    query: signed,
    headers: [['host', address]] as const,
    payloadHash: sha256(''),
  };
  const expected = signatureOf(request, query.get('X-Amz-Date') ?? '', scope, key.secretAccessKey);
  return sameSignature(query.get('X-Amz-Signature') ?? '', expected)
    ? { key }
    : { refusal: 'The signature is not the one of this key.' };
};
