/**
 * Certificates written in DER over node:crypto alone: `openssl` may be missing, and the libraries that write certificates
 * bring some twenty packages for what is a page here.
 * Source: RFC 5280 (sections 4.1 and 4.2), RFC 5480 and RFC 5758 for P-256 with SHA-256.
 */
import { type KeyObject, randomBytes, sign } from 'node:crypto';

export const OID = {
  commonName: [2, 5, 4, 3],
  keyUsage: [2, 5, 29, 15],
  subjectAltName: [2, 5, 29, 17],
  basicConstraints: [2, 5, 29, 19],
  extendedKeyUsage: [2, 5, 29, 37],
  serverAuth: [1, 3, 6, 1, 5, 5, 7, 3, 1],
  ecdsaWithSha256: [1, 2, 840, 10045, 4, 3, 2],
} as const;

interface Contents {
  readonly subject: Buffer;
  readonly issuer: Buffer;
  readonly validity: Buffer;
  readonly publicKey: KeyObject;
  readonly signer: KeyObject;
  readonly extensions: readonly Buffer[];
}

export const certificate = ({ subject, issuer, validity, publicKey, signer, extensions }: Contents): Buffer => {
  const algorithm = sequence(oid(OID.ecdsaWithSha256));
  const version3 = der(0xa0, der(0x02, Buffer.from([2])));
  // Positive, and never with a leading zero: its first byte is between 0x40 and 0x7f.
  const serial = randomBytes(16);
  serial[0] = 0x40 | ((serial[0] ?? 0) & 0x3f);
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const wrapped = der(0xa3, sequence(...extensions));
  const contents = sequence(version3, der(0x02, serial), algorithm, issuer, validity, subject, spki, wrapped);
  return sequence(contents, algorithm, bits(sign('sha256', contents, signer)));
};

export const der = (tag: number, content: Uint8Array): Buffer => {
  const { length } = content;
  const head = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...head]), content]);
};

export const sequence = (...parts: readonly Buffer[]): Buffer => der(0x30, Buffer.concat(parts));
const bits = (content: Buffer): Buffer => der(0x03, Buffer.concat([Buffer.from([0]), content]));
export const TRUE = der(0x01, Buffer.from([0xff]));

/** The first two numbers share a byte; each other takes seven bits a byte, the last without the high bit. */
export const oid = ([first = 0, second = 0, ...rest]: readonly number[]): Buffer =>
  der(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(sevenBits)]));

const sevenBits = (value: number): number[] => {
  const bytes = [value & 0x7f];
  for (let left = value >> 7; left > 0; left >>= 7) bytes.unshift(0x80 | (left & 0x7f));
  return bytes;
};

export const name = (commonName: string): Buffer =>
  sequence(der(0x31, sequence(oid(OID.commonName), der(0x0c, Buffer.from(commonName)))));

/** UTCTime, which holds until 2049. */
export const time = (at: number): Buffer =>
  der(0x17, Buffer.from(`${new Date(at).toISOString().slice(2, 19).replace(/[-:T]/g, '')}Z`));

/** Critical all of them, so that nobody who does not know one goes on. */
export const extension = (id: readonly number[], value: Buffer): Buffer => sequence(oid(id), TRUE, der(0x04, value));

export const pem = (content: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${content.toString('base64').replace(/.{64}(?=.)/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
