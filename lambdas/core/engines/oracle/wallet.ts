/**
 * The authorities to trust, as the driver takes them: it reads one PEM for all, and refuses it without a private key. So it
 * is given one that was made a moment ago with a certificate that says nothing, and which no server asks for or knows.
 */
import { generateKeyPairSync } from 'node:crypto';
import { certificate, extension, name, OID, pem, sequence, time } from '../../certificate.ts';

const DAY_MS = 86_400_000;

/** Valid from yesterday, for clocks that differ, until tomorrow. It is no authority, and its key is thrown away. */
export function walletOf(ca: string, now = Date.now()): string {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const nobody = name('Lodge');
  const own = certificate({
    subject: nobody,
    issuer: nobody,
    validity: sequence(time(now - DAY_MS), time(now + DAY_MS)),
    publicKey,
    signer: privateKey,
    extensions: [extension(OID.basicConstraints, sequence())],
  });
  return [privateKey.export({ type: 'pkcs8', format: 'pem' }), pem(own), ca].join('\n');
}
