/**
 * A login by an AWS identity, from the side that verifies it: the client signs a GetCallerIdentity that holds the server's
 * nonce, and never sends it anywhere.
 * Source: MongoDB's specification "Authentication", MONGODB-AWS; DocumentDB Developer Guide, "Authentication using IAM".
 */
import { randomBytes } from 'node:crypto';
import { BSON, type Document } from 'mongodb';
import type { Registry } from '../account/registry.ts';
import { verifyRequest } from '../aws/verify-request.ts';

const HOST = 'sts.amazonaws.com';
const BODY = 'Action=GetCallerIdentity&Version=2011-06-15';
/** `n`: the client asks for no channel binding. */
const NO_BINDING = 110;

export interface AwsExchange {
  readonly challenge: Uint8Array;
  /** The ARN of the database user that the signer is; undefined: the signature is not good. */
  verify(payload: Uint8Array): string | undefined;
}

/** Undefined where the client's first words are something else. */
export const beginAwsExchange = (first: Uint8Array, registry: Registry): AwsExchange | undefined => {
  const nonce = bytesOf(documentOf(first)?.r);
  if (nonce?.length !== 32 || documentOf(first)?.p !== NO_BINDING) return undefined;
  const both = Buffer.concat([nonce, randomBytes(32)]);
  return {
    challenge: BSON.serialize({ s: new BSON.Binary(both), h: HOST }),
    verify(payload) {
      const { a, d, t } = documentOf(payload) ?? {};
      if (typeof a !== 'string' || typeof d !== 'string') return undefined;
      // The nonce has to be among what is signed, or an old request would do.
      const signed = /SignedHeaders=([^,\s]+)/.exec(a)?.[1]?.split(';') ?? [];
      if (!SIGNED.every((name) => signed.includes(name))) return undefined;
      return userOf(headersOf(a, d, both, typeof t === 'string' ? t : undefined), registry);
    },
  };
};

const SIGNED = ['host', 'x-amz-date', 'x-mongodb-server-nonce', 'x-mongodb-gs2-cb-flag'];

const headersOf = (authorization: string, date: string, nonce: Buffer, token: string | undefined) =>
  new Map([
    ['content-length', String(BODY.length)],
    ['content-type', 'application/x-www-form-urlencoded'],
    ['host', HOST],
    ['x-amz-date', date],
    ['x-mongodb-gs2-cb-flag', 'n'],
    ['x-mongodb-server-nonce', nonce.toString('base64')],
    ['authorization', authorization],
    ...(token === undefined ? [] : [['x-amz-security-token', token] as const]),
  ]);

const userOf = (headers: ReadonlyMap<string, string>, registry: Registry): string | undefined => {
  try {
    const request = { method: 'POST', path: '/', query: [], headers, body: Buffer.from(BODY) };
    return databaseUser(verifyRequest(request, 'sts', registry, Date.now()).key.principal.arn);
  } catch {
    return undefined;
  }
};

/** Database users are named after IAM users and roles; a session of a role is its role. */
const databaseUser = (arn: string): string =>
  arn.replace(/^arn:([^:]+):sts::(\d+):assumed-role\/([^/]+)\/.*$/, 'arn:$1:iam::$2:role/$3');

const documentOf = (bytes: Uint8Array): Document | undefined => {
  try {
    return BSON.deserialize(bytes, { promoteBuffers: true });
  } catch {
    return undefined;
  }
};

const bytesOf = (value: unknown): Uint8Array | undefined => (value instanceof Uint8Array ? value : undefined);
