/** One service that discovery can ask: a file each beside this one, a row each in `discovery.ts`. */
import type { Resource } from '#contract/resources.ts';
import type { Scope } from '../../ports.ts';

export interface Source {
  /** Follows every page. Throws the SDK's own error; `discovery.ts` explains it. */
  list(region: string, scope: Scope): Promise<Resource[]>;
  /** The one resource that an ARN's last parts name; undefined where it does not exist. */
  find(region: string, name: string, scope: Scope): Promise<Resource | undefined>;
}
