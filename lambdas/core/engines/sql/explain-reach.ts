/** Why a database cannot be reached, by what Node says of names, the network and TLS. */
import type { ConnectStep } from '#contract/connecting.ts';
import type { ErrorCode } from '#contract/errors.ts';

export interface Explanation {
  readonly code: ErrorCode;
  /** In place of the database's own sentence. */
  readonly message?: string;
  readonly hint?: string;
  /** Which step towards the database failed. */
  readonly step?: ConnectStep;
}

const NETWORK_HINT =
  'Check that it runs, that its security group lets Lodge in, and that it is reachable from where Lodge runs.';
const PORT_HINT = 'Its host is there: check that the database runs, and that it listens at this port.';
const ROUTE_HINT =
  'Packets to it are lost: let Lodge in at this port in the security group of the database, out in that of the connector, ' +
  'and look at network ACLs and route tables.';

const UNTRUSTED: Explanation = {
  step: 'tls',
  code: 'DATABASE_UNREACHABLE',
  message: 'The certificate of the database is not signed by an authority that Lodge trusts.',
  hint: 'Lodge trusts the authorities of AWS. Name a PEM file with others in the setting for the database authorities.',
};
const REFUSED: Explanation = {
  step: 'port',
  code: 'DATABASE_UNREACHABLE',
  message: 'Nothing answers at the address of the database.',
  hint: PORT_HINT,
};
const NO_ROUTE: Explanation = {
  ...REFUSED,
  step: 'route',
  message: 'There is no route to the database.',
  hint: ROUTE_HINT,
};
/** Packets that nobody answers: a security group or a route that swallows them. */
export const TIMED_OUT: Explanation = { code: 'DATABASE_TIMEOUT', hint: ROUTE_HINT, step: 'route' };
const UNNAMED: Explanation = {
  step: 'name',
  code: 'DATABASE_UNREACHABLE',
  message: 'The name of the database host cannot be resolved.',
  hint: 'It may have been deleted, or its name is known in its VPC only.',
};

/** By the code of an error of Node's. */
const NODE_CODES: Record<string, Explanation> = {
  ECONNREFUSED: REFUSED,
  EHOSTUNREACH: NO_ROUTE,
  ENETUNREACH: NO_ROUTE,
  ENOTFOUND: UNNAMED,
  EAI_AGAIN: UNNAMED,
  ETIMEDOUT: TIMED_OUT,
  SELF_SIGNED_CERT_IN_CHAIN: UNTRUSTED,
  DEPTH_ZERO_SELF_SIGNED_CERT: UNTRUSTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT: UNTRUSTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNTRUSTED,
  CERT_SIGNATURE_FAILURE: UNTRUSTED,
  CERT_UNTRUSTED: UNTRUSTED,
  CERT_HAS_EXPIRED: {
    step: 'tls',
    code: 'DATABASE_UNREACHABLE',
    message: 'The certificate of the database has expired.',
    hint: 'Renew it: in RDS, modify the instance and choose a current certificate authority.',
  },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    step: 'tls',
    code: 'DATABASE_UNREACHABLE',
    message: 'The certificate of the database is made for another host.',
    hint: 'Connect by the name that AWS gives the database.',
  },
};

/** `code` and `message` are those of the error; `host` is where the connection was to lead. */
export function explainReach(code: string, message: string, host: string): Explanation {
  const known = NODE_CODES[code];
  if (known) return known;
  // A driver's own words, without a code, or OpenSSL's (`ERR_SSL_…`).
  if (/SSL/.test(`${code} ${message}`))
    return { code: 'DATABASE_UNREACHABLE', message: 'The database and Lodge agree on no TLS.', step: 'tls' };
  return { ...REFUSED, hint: NETWORK_HINT, message: `The connection to ${host} was closed before the login.` };
}
