/** Verifies a request that was signed in its headers, as strictly as AWS does. */
import { Region } from '#contract/resources.ts';
import type { Key, Registry } from '../account/registry.ts';
import { Fault } from './fault.ts';
import {
  ALGORITHM,
  formatAmzDate,
  parseAmzDate,
  parseScope,
  type Scope,
  sameSignature,
  sha256,
  signatureOf,
} from './signature.ts';

/** How far a clock may be off: five minutes either way. */
const SKEW_MS = 5 * 60_000;

export interface SignedRequest {
  readonly method: string;
  /** As it stands in the request, encoded. */
  readonly path: string;
  readonly query: readonly (readonly [string, string])[];
  /** Names in lower case, a name that occurs several times with its values joined by a comma. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
}

export interface Authorization {
  readonly scope: Scope;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  readonly amzDate: string;
  readonly time: number;
}

/** Whose key signed the request for `service`, and for which region. Faults: all that AWS has for a signature. */
export const verifyRequest = (
  request: SignedRequest,
  service: string,
  registry: Registry,
  now: number,
): { key: Key; region: string } => {
  const authorization = readAuthorization(request.headers);
  checkScope(authorization, service);
  const key = registry.find(authorization.scope.accessKeyId, request.headers.get('x-amz-security-token'));
  if (!key) throw new Fault('unknownKey', 'The security token included in the request is invalid.');
  checkClock(authorization, now);
  checkSignature(request, authorization, key);
  if (key.expiresAt && key.expiresAt.getTime() <= now) {
    throw new Fault('expiredToken', 'The security token included in the request is expired');
  }
  return { key, region: authorization.scope.region };
};

/** The service that a request says it was signed for, in its headers or in its address, with nothing verified yet. */
export const serviceOf = (
  headers: ReadonlyMap<string, string>,
  query: SignedRequest['query'] = [],
): string | undefined => {
  const presigned = query.find(([name]) => name === 'X-Amz-Credential')?.[1];
  const signed = presigned ? `Credential=${presigned}` : headers.get('authorization');
  return /\bCredential=[^/,\s]+\/\d+\/[^/,\s]+\/([^/,\s]+)\//.exec(signed ?? '')?.[1];
};

export const readAuthorization = (headers: ReadonlyMap<string, string>): Authorization => {
  const header = headers.get('authorization');
  if (!header) throw new Fault('missingToken', 'Request is missing Authentication Token');
  const [algorithm, ...rest] = header.split(' ');
  if (algorithm !== ALGORITHM) throw new Fault('incomplete', `Unsupported AWS 'algorithm': only ${ALGORITHM}.`);
  const fields = new Map(rest.join('').split(',').map(splitField));
  const amzDate = headers.get('x-amz-date') ?? '';
  const time = parseAmzDate(amzDate);
  const scope = parseScope(required(fields, 'Credential'));
  if (!scope) throw new Fault('incomplete', 'Credential must have exactly 5 slash-delimited elements.');
  if (time === undefined) throw new Fault('incomplete', "Date must be in ISO-8601 'basic format' in X-Amz-Date.");
  const signedHeaders = required(fields, 'SignedHeaders').split(';');
  return { scope, signedHeaders, signature: required(fields, 'Signature'), amzDate, time };
};

const splitField = (field: string): readonly [string, string] => {
  const at = field.indexOf('=');
  return [field.slice(0, at), field.slice(at + 1)];
};

const required = (fields: ReadonlyMap<string, string>, name: string): string => {
  const value = fields.get(name);
  if (!value) throw new Fault('incomplete', `Authorization header requires '${name}' parameter.`);
  return value;
};

export const checkScope = ({ scope, amzDate }: Authorization, service: string): void => {
  const wrong: string[] = [];
  if (!Region.safeParse(scope.region).success)
    wrong.push(`Credential should be scoped to a valid region, not '${scope.region}'.`);
  if (scope.service !== service) wrong.push(`Credential should be scoped to correct service: '${service}'.`);
  if (scope.date !== amzDate.slice(0, 8)) {
    wrong.push(`Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP.`);
  }
  if (wrong.length > 0) throw new Fault('badSignature', wrong.join(' '));
};

const checkClock = ({ amzDate, time }: Authorization, now: number): void => {
  const server = formatAmzDate(now);
  if (time < now - SKEW_MS) {
    const limit = formatAmzDate(now - SKEW_MS);
    throw new Fault('badSignature', `Signature expired: ${amzDate} is now earlier than ${limit} (${server} - 5 min.)`);
  }
  if (time > now + SKEW_MS) {
    const limit = formatAmzDate(now + SKEW_MS);
    throw new Fault(
      'badSignature',
      `Signature not yet current: ${amzDate} is still later than ${limit} (${server} + 5 min.)`,
    );
  }
};

const checkSignature = (request: SignedRequest, authorization: Authorization, key: Key): void => {
  const { signedHeaders, amzDate, scope, signature } = authorization;
  const unsigned = [...request.headers.keys()].filter(
    (name) => (name === 'host' || name.startsWith('x-amz-')) && !signedHeaders.includes(name),
  );
  if (unsigned.length > 0) {
    throw new Fault('badSignature', `'${unsigned.join("', '")}' must be a 'SignedHeader' in the AWS Authorization.`);
  }
  const payloadHash = sha256(request.body);
  const headers = signedHeaders.map((name) => [name, request.headers.get(name) ?? ''] as const);
  const { method, path, query } = request;
  const expected = signatureOf({ method, path, query, headers, payloadHash }, amzDate, scope, key.secretAccessKey);
  const claimedHash = request.headers.get('x-amz-content-sha256') ?? payloadHash;
  if (claimedHash !== payloadHash || !sameSignature(signature, expected)) {
    throw new Fault(
      'badSignature',
      'The request signature we calculated does not match the signature you provided. ' +
        'Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    );
  }
};
