/** The tags of one thing of RDS or DocumentDB by its ARN, all in one answer: this list has no pages. */
import type { Holdings } from '../account/holdings.ts';
import { Fault, type FaultName } from './fault.ts';
import { arnOf, type Operations, type Placed, seenBy, tagList } from './rds-describe.ts';
import type { Caller } from './service.ts';

type Tagged = Placed & { readonly tags: Readonly<Record<string, string>> };

interface Kind {
  /** What the caller has of it in the region, by name. */
  found(caller: Caller, name: string): Tagged | undefined;
  readonly fault: FaultName;
}

const kind = <T extends Tagged>(fault: FaultName, all: readonly T[], nameOf: (each: T) => string): Kind => ({
  found: (caller, name) => seenBy(caller, all).find((each) => nameOf(each) === name),
  fault,
});

const ARN = /^arn:aws:rds:[a-z0-9-]+:\d{12}:([a-z-]+):([A-Za-z0-9-]+)$/;

export const rdsTags = (holdings: Pick<Holdings, 'instances' | 'clusters' | 'proxies'>): Operations => {
  const kinds = new Map([
    ['db', kind('noInstance', holdings.instances, ({ identifier }) => identifier)],
    ['cluster', kind('noCluster', holdings.clusters, ({ identifier }) => identifier)],
    ['db-proxy', kind('noProxy', holdings.proxies, ({ resourceId }) => resourceId)],
  ]);
  return {
    ListTagsForResource(parameters, caller) {
      const arn = parameters.get('ResourceName') ?? '';
      const [, kindName = '', name = ''] = ARN.exec(arn) ?? [];
      const known = kinds.get(kindName);
      if (!known) throw new Fault('invalidParameter', `Invalid resource name: ${arn}`);
      caller.authorize('rds:ListTagsForResource', arn);
      const found = known.found(caller, name);
      // Another region's or account's has another ARN.
      if (!found || arnOf(found, kindName, name) !== arn) throw new Fault(known.fault, `${arn} not found.`);
      return { TagList: tagList(found.tags) };
    },
  };
};
