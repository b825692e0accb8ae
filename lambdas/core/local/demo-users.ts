/** Whom one can sign in as, in the order in which it is best tried. */
import type { Credentials } from '../ports/identity.ts';
import type { Registry } from './account/registry.ts';

/** A person to sign in as. */
export interface DemoUser extends Credentials {
  /** Who it is and what it shows, as a short phrase. */
  readonly title: string;
}

/** Longer than a working day, and shorter than the portal's longest session. */
const PORTAL_SECONDS = 10 * 3600;

export const demoUsers = (registry: Registry): DemoUser[] => [
  { title: 'Ada, who may do everything: claim with her', ...registry.longTerm('ada') },
  { title: 'Ben, who may log in to databases as analyst_iam only', ...registry.longTerm('ben') },
  { title: 'Cleo, who may not list RDS instances', ...registry.longTerm('cleo') },
  { title: 'Dana, with temporary keys of the access portal', ...temporary(registry) },
  { title: 'Finn, of the path /data/platform/ and with the tag team = platform', ...registry.longTerm('finn') },
  { title: 'Erin, from another account', ...registry.longTerm('erin') },
  { title: 'The root user, who is refused', ...registry.longTerm('root') },
];

const temporary = (registry: Registry) => {
  const { accessKeyId, secretAccessKey, sessionToken } = registry.issue('dana', 'assumed-role', PORTAL_SECONDS);
  return { accessKeyId, secretAccessKey, sessionToken };
};
