import { AppError } from '#contract/errors.ts';
import type { Roles } from '../ports.ts';

/** The session's own keys, or those of a role that they may take on. */
export const assumedRoles: Roles = {
  async credentials(session, assume) {
    if (assume) throw new AppError('AWS_DENIED', { message: 'Lodge cannot take on roles yet.' });
    return session.credentials;
  },
};
