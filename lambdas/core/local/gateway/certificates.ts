/** A certificate authority and a server's certificate for this machine. */
import { generateKeyPairSync } from 'node:crypto';
import { certificate, der, extension, name, OID, oid, pem, sequence, TRUE, time } from '../../certificate.ts';

export interface Certificates {
  /** The authority, in PEM: what a client must trust. */
  readonly ca: string;
  /** The server's certificate for `localhost` and 127.0.0.1, and its private key, in PEM. */
  readonly certificate: string;
  readonly key: string;
}

const DAY_MS = 86_400_000;

/** Valid from yesterday, for clocks that differ, for a year. The authority's key is thrown away. */
export const makeCertificates = (now: number = Date.now()): Certificates => {
  const authority = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const server = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const validity = sequence(time(now - DAY_MS), time(now + 365 * DAY_MS));
  const issuer = name('Lodge local authority');
  const common = { issuer, validity, signer: authority.privateKey };
  const ca = certificate({
    ...common,
    subject: issuer,
    publicKey: authority.publicKey,
    extensions: [
      extension(OID.basicConstraints, sequence(TRUE)),
      // keyCertSign and cRLSign, the sixth and seventh bit.
      extension(OID.keyUsage, der(0x03, Buffer.from([1, 0b0000_0110]))),
    ],
  });
  const leaf = certificate({
    ...common,
    subject: name('localhost'),
    publicKey: server.publicKey,
    extensions: [
      extension(OID.basicConstraints, sequence()),
      // digitalSignature, the first bit.
      extension(OID.keyUsage, der(0x03, Buffer.from([7, 0b1000_0000]))),
      extension(OID.extendedKeyUsage, sequence(oid(OID.serverAuth))),
      // dNSName is the second and iPAddress the seventh choice of a GeneralName.
      extension(
        OID.subjectAltName,
        sequence(der(0x82, Buffer.from('localhost')), der(0x87, Buffer.from([127, 0, 0, 1]))),
      ),
    ],
  });
  return {
    ca: pem(ca),
    certificate: pem(leaf),
    key: server.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
};
