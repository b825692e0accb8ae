/**
 * Verifies a request to S3, which differs from all other services: a path is encoded once, what was hashed of the body
 * stands in a header of its own, a clock may be off by a quarter of an hour, and an address alone may carry the signature.
 * Source: S3 API reference, "Authenticating Requests (AWS Signature Version 4)".
 */
import type { Key, Registry } from '../account/registry.ts';
import { Fault } from './fault.ts';
import { ALGORITHM, parseAmzDate, parseScope, sameSignature, signatureOf } from './signature.ts';
import { type Authorization, checkScope, readAuthorization, type SignedRequest } from './verify-request.ts';

const SKEW_MS = 15 * 60_000;

/** Seven days, in seconds. */
const LONGEST_EXPIRY = 604_800;

/** What stands for the hash of a body that nobody hashed. */
export const UNSIGNED = 'UNSIGNED-PAYLOAD';

interface Claim extends Authorization {
  /** The session token, in a header or in the address. */
  readonly token: string | undefined;
  readonly payloadHash: string;
  /** What was signed of the address. */
  readonly query: SignedRequest['query'];
}

/** The body is verified as it is read. Faults: all that S3 has for a signature. */
export const verifyS3Request = (
  request: SignedRequest,
  service: string,
  registry: Registry,
  now: number,
): { key: Key; region: string } => {
  const claim = request.headers.has('authorization') ? inHeaders(request, now) : inAddress(request, now);
  checkScope(claim, service);
  const key = registry.find(claim.scope.accessKeyId, claim.token);
  if (!key) throw new Fault('unknownKey', 'The AWS Access Key Id you provided does not exist in our records.');
  checkSignature(request, claim, key);
  if (key.expiresAt && key.expiresAt.getTime() <= now) {
    throw new Fault('expiredToken', 'The provided token has expired.');
  }
  return { key, region: claim.scope.region };
};

const inHeaders = ({ headers, query }: SignedRequest, now: number): Claim => {
  const authorization = readAuthorization(headers);
  if (Math.abs(authorization.time - now) > SKEW_MS) {
    throw new Fault('timeTooSkewed', 'The difference between the request time and the current time is too large.');
  }
  const payloadHash = headers.get('x-amz-content-sha256');
  if (!payloadHash) {
    throw new Fault('invalidS3Request', 'Missing required header for this request: x-amz-content-sha256');
  }
  return { ...authorization, token: headers.get('x-amz-security-token'), payloadHash, query };
};

const inAddress = ({ query }: SignedRequest, now: number): Claim => {
  const given = new Map(query);
  // S3 answers so to whoever does not say who they are: nothing here is public.
  if (!given.has('X-Amz-Signature')) throw new Fault('denied', 'Access Denied');
  if (given.get('X-Amz-Algorithm') !== ALGORITHM) {
    throw new Fault('invalidQueryAuth', `X-Amz-Algorithm only supports "${ALGORITHM}"`);
  }
  const scope = parseScope(given.get('X-Amz-Credential') ?? '');
  const amzDate = given.get('X-Amz-Date') ?? '';
  const time = parseAmzDate(amzDate);
  if (!scope || time === undefined) {
    throw new Fault('invalidQueryAuth', 'X-Amz-Credential or X-Amz-Date is not written as it should be.');
  }
  checkExpiry(given.get('X-Amz-Expires'), time, now);
  return {
    scope,
    amzDate,
    time,
    signature: given.get('X-Amz-Signature') ?? '',
    signedHeaders: (given.get('X-Amz-SignedHeaders') ?? '').split(';'),
    token: given.get('X-Amz-Security-Token'),
    payloadHash: UNSIGNED,
    query: query.filter(([name]) => name !== 'X-Amz-Signature'),
  };
};

const checkExpiry = (expires: string | undefined, time: number, now: number): void => {
  const seconds = /^\d+$/.test(expires ?? '') ? Number(expires) : 0;
  if (seconds < 1) throw new Fault('invalidQueryAuth', 'X-Amz-Expires should be a number of seconds.');
  if (seconds > LONGEST_EXPIRY) {
    throw new Fault('invalidQueryAuth', `X-Amz-Expires must be less than a week (in seconds): ${LONGEST_EXPIRY}`);
  }
  if (time > now + SKEW_MS) throw new Fault('denied', 'Request is not valid yet');
  if (time + seconds * 1_000 < now) throw new Fault('denied', 'Request has expired');
};

const checkSignature = (request: SignedRequest, claim: Claim, key: Key): void => {
  const { signedHeaders, amzDate, scope, signature, payloadHash, query } = claim;
  const unsigned = [...request.headers.keys()].filter(
    (name) => (name === 'host' || name.startsWith('x-amz-')) && !signedHeaders.includes(name),
  );
  if (unsigned.length > 0) throw new Fault('denied', 'There were headers present in the request which were not signed');
  const headers = signedHeaders.map((name) => [name, request.headers.get(name) ?? ''] as const);
  const { method, path } = request;
  const expected = signatureOf({ method, path, query, headers, payloadHash }, amzDate, scope, key.secretAccessKey);
  if (sameSignature(signature, expected)) return;
  throw new Fault(
    'badSignature',
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
  );
};
