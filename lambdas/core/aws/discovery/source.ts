/** One service that discovery can ask: a file each beside this one, a row each in `discovery.ts`. */
import type { Resource, Tags } from '#contract/resources.ts';
import type { Found, Scope } from '../../ports/discovery.ts';

export interface Source {
  /** Follows every page, one call at a time. Throws AppErrors that name the action. */
  list(region: string, scope: Scope): Promise<Found>;
  /** The one resource that an ARN's last part names; undefined where it does not exist, or another source lists it. */
  find(region: string, name: string, scope: Scope): Promise<Resource | undefined>;
  /** Where neither of the two tells tags: the call that does, for one ARN. Undefined where that does not exist any more. */
  readonly tags?: {
    /** Its IAM action. */
    readonly action: string;
    of(region: string, resourceId: string, scope: Scope): Promise<Tags | undefined>;
  };
}
