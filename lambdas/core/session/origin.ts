/** The same-origin proof: an unsafe request that a browser makes by cookie must come from a page of this instance. */
import { AppError } from '#contract/errors.ts';
import { PROOF_HEADER } from '../http/message.ts';

interface Asked {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * For every route, public ones too: where the browser says that another site's page asks (Fetch Metadata), nothing is
 * changed. Otherwise a foreign form could sign a visitor in with somebody else's keys. Errors: ORIGIN_REFUSED.
 */
export function refuseForeignPage({ method, headers }: Asked): void {
  const site = headers['sec-fetch-site'];
  if (!SAFE.has(method) && site !== undefined && site !== 'same-origin' && site !== 'none')
    throw new AppError('ORIGIN_REFUSED');
}

/**
 * For a session carried by cookie: the header that no form can send and no other origin may, and `same-origin` where the
 * browser says so. Errors: ORIGIN_REFUSED.
 */
export function demandProof({ method, headers }: Asked): void {
  if (SAFE.has(method)) return;
  const site = headers['sec-fetch-site'];
  if (!headers[PROOF_HEADER] || (site !== undefined && site !== 'same-origin')) throw new AppError('ORIGIN_REFUSED');
}
