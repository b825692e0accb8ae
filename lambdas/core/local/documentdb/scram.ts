/**
 * A login by password, from the side that verifies it.
 * Source: RFC 5802 and RFC 7677; MongoDB's specification "Authentication", SCRAM-SHA-1 and SCRAM-SHA-256.
 */
import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto';

export interface Exchange {
  /** What the server says to the client's first words. */
  readonly challenge: string;
  /** The server's proof where the client's holds; undefined: the password is another. */
  verify(final: string): string | undefined;
}

/** The hash and the rounds of each mechanism, and what takes the password's place. */
const MECHANISMS = {
  'SCRAM-SHA-1': {
    hash: 'sha1',
    rounds: 10_000,
    secret: (user: string, password: string) => createHash('md5').update(`${user}:mongo:${password}`).digest('hex'),
  },
  'SCRAM-SHA-256': { hash: 'sha256', rounds: 15_000, secret: (_user: string, password: string) => password },
} as const;
export type ScramMechanism = keyof typeof MECHANISMS;

export const SCRAM_MECHANISMS = Object.keys(MECHANISMS) as ScramMechanism[];
export const isScram = (mechanism: unknown): mechanism is ScramMechanism =>
  SCRAM_MECHANISMS.some((each) => each === mechanism);

/** The name in the client's first words, and what follows it; undefined where they are something else. */
export const readFirst = (first: string): { user: string; bare: string; nonce: string } | undefined => {
  const [, bare, user, nonce] = /^n,,(n=([^,]*),r=([!-+\--~]+))$/.exec(first) ?? [];
  if (bare === undefined || user === undefined || nonce === undefined) return undefined;
  return { user: user.replaceAll('=2C', ',').replaceAll('=3D', '='), bare, nonce };
};

export const beginExchange = (
  mechanism: ScramMechanism,
  { user, bare, nonce }: { user: string; bare: string; nonce: string },
  password: string,
): Exchange => {
  const { hash, rounds, secret } = MECHANISMS[mechanism];
  const hmac = (key: Buffer, data: string) => createHmac(hash, key).update(data).digest();
  const salt = randomBytes(16);
  const both = nonce + randomBytes(24).toString('base64');
  const challenge = `r=${both},s=${salt.toString('base64')},i=${rounds}`;
  const length = createHash(hash).digest().length;
  const salted = pbkdf2Sync(secret(user, password), salt, rounds, length, hash);
  const storedKey = createHash(hash).update(hmac(salted, 'Client Key')).digest();
  return {
    challenge,
    verify(final) {
      const [, without, given, proof] = /^(c=biws,r=([^,]+)),p=([A-Za-z0-9+/=]+)$/.exec(final) ?? [];
      if (without === undefined || proof === undefined || given !== both) return undefined;
      const message = `${bare},${challenge},${without}`;
      const signature = hmac(storedKey, message);
      const claimed = Buffer.from(proof, 'base64');
      if (claimed.length !== length) return undefined;
      const clientKey = claimed.map((byte, index) => byte ^ (signature[index] ?? 0));
      if (!timingSafeEqual(createHash(hash).update(clientKey).digest(), storedKey)) return undefined;
      return `v=${hmac(hmac(salted, 'Server Key'), message).toString('base64')}`;
    },
  };
};
