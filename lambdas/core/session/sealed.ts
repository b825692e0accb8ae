/** The envelope of both tokens: a compact JWE, encrypted directly with a session's data key (RFC 7516, `dir`, A256GCM). */
import { Buffer } from 'node:buffer';
import { compactDecrypt } from 'jose/jwe/compact/decrypt';
import { CompactEncrypt } from 'jose/jwe/compact/encrypt';

/** What stands in the protected header beside the algorithm: readable, and bound to the content. */
export interface SealedHeader {
  /** What the token is for, so that none passes for another kind. */
  readonly typ: 'lodge-session' | 'lodge-connection';
  /** The session's id. */
  readonly sid: string;
  /** When it ends, in milliseconds since 1970. */
  readonly exp: number;
  /** The user's id and the wrapped data key in base64url: of a session only. */
  readonly uid?: string;
  readonly key?: string;
}

/** Encrypts a value that JSON can hold. `key` is 32 bytes. */
export const seal = (header: SealedHeader, content: unknown, key: Uint8Array): Promise<string> =>
  new CompactEncrypt(Buffer.from(JSON.stringify(content)))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', ...header })
    .encrypt(key);

/** Decrypts; the promise rejects where the token was altered or sealed with another key. */
export async function unseal(token: string, key: Uint8Array): Promise<unknown> {
  const { plaintext } = await compactDecrypt(token, key, {
    keyManagementAlgorithms: ['dir'],
    contentEncryptionAlgorithms: ['A256GCM'],
  });
  return JSON.parse(Buffer.from(plaintext).toString('utf8'));
}

/**
 * The protected header, not yet proven; undefined where the token is not a compact JWE. Base64url has several spellings
 * of the same bytes (RFC 4648, 3.5): only the one that `seal` writes is a token, so that an altered one never opens.
 */
export function readHeader(token: string): unknown {
  const parts = token.split('.');
  if (parts.length !== 5 || !parts.every(isCanonical)) return undefined;
  try {
    return JSON.parse(Buffer.from(parts[0] ?? '', 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

const isCanonical = (part: string): boolean => Buffer.from(part, 'base64url').toString('base64url') === part;
