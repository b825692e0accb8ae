/**
 * AWS Signature Version 4 from the side that verifies it, over node:crypto alone: what stands in a canonical request is
 * decided here and not by a library that signs, which would forgive what it would have written otherwise.
 * Source: IAM User Guide, "Create a signed AWS API request".
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

export const ALGORITHM = 'AWS4-HMAC-SHA256';

/** `KEY/20261123/eu-central-1/rds/aws4_request` in its parts. */
export interface Scope {
  readonly accessKeyId: string;
  readonly date: string;
  readonly region: string;
  readonly service: string;
}

/** What is signed. */
export interface Signable {
  readonly method: string;
  /** As it stands in the request, encoded. */
  readonly path: string;
  /** Name and value, decoded. */
  readonly query: readonly (readonly [string, string])[];
  /** The signed headers, names in lower case. */
  readonly headers: readonly (readonly [string, string])[];
  /** SHA-256 of the body in hexadecimal. */
  readonly payloadHash: string;
}

/** Undefined where it has not exactly five parts or another end. */
export const parseScope = (credential: string): Scope | undefined => {
  const [accessKeyId, date, region, service, end, ...more] = credential.split('/');
  if (!accessKeyId || !date || !region || !service || end !== 'aws4_request' || more.length > 0) return undefined;
  return { accessKeyId, date, region, service };
};

/** `20261123T140951Z` as milliseconds; undefined where it is written in another way or no such moment exists. */
export const parseAmzDate = (text: string): number | undefined => {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second] = parts;
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time) ? undefined : time;
};

export const formatAmzDate = (time: number): string =>
  `${new Date(time).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;

export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

/** The signature that the holder of the secret would have made, in hexadecimal. */
export const signatureOf = (request: Signable, amzDate: string, scope: Scope, secretAccessKey: string): string => {
  const { date, region, service } = scope;
  const toSign = [
    ALGORITHM,
    amzDate,
    `${date}/${region}/${service}/aws4_request`,
    sha256(canonical(request, service)),
  ].join('\n');
  const key = [date, region, service, 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`);
  return hmac(key, toSign).toString('hex');
};

/** Compares without telling by its time where two signatures differ. */
export const sameSignature = (given: string, expected: string): boolean =>
  given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected));

const hmac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest();

const canonical = ({ method, path, query, headers, payloadHash }: Signable, service: string): string => {
  const pairs = query.map(([name, value]) => [encode(name), encode(value)] as const).sort(byNameThenValue);
  const sorted = [...headers].sort(byNameThenValue);
  return [
    method,
    service === 's3' ? pathOfObject(path) : canonicalPath(path),
    pairs.map((pair) => pair.join('=')).join('&'),
    ...sorted.map(([name, value]) => `${name}:${value.trim().replace(/ +/g, ' ')}`),
    '',
    sorted.map(([name]) => name).join(';'),
    payloadHash,
  ].join('\n');
};

/** Without empty and dotted segments, and each segment encoded once more than it was sent: so for every service but S3. */
const canonicalPath = (path: string): string => {
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') kept.pop();
    else if (segment !== '' && segment !== '.') kept.push(encode(segment));
  }
  const end = kept.length > 0 && path.endsWith('/') ? '/' : '';
  return `/${kept.join('/')}${end}`;
};

/** S3 alone takes a path as it is, for a key may hold any segment, and encodes it once (S3 API reference, "Authenticating requests"). */
const pathOfObject = (path: string): string =>
  path
    .split('/')
    .map((segment) => encode(decodeURIComponent(segment)))
    .join('/');

/** RFC 3986: encodeURIComponent leaves four characters more than AWS does. */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

const byNameThenValue = (a: readonly [string, string], b: readonly [string, string]): number =>
  compare(a[0], b[0]) || compare(a[1], b[1]);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
