/** Whose execution environments a request runs in, where the setting `isolation` gives each user some of their own. */
import { createHash } from 'node:crypto';

/** The tenant of all requests that carry no session which can be proven: their environments never open one. */
export const NOBODY = 'nobody';

/**
 * A user's tenant. A digest, for Lambda writes tenants to its own log lines; 64 hexadecimal digits, of the 256 characters
 * that a tenant's id may have (Lambda API Reference, Invoke).
 */
export const tenantOf = (userId: string): string => createHash('sha256').update(`tenant ${userId}`).digest('hex');
