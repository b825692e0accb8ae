/** RDS: the calls that discovery makes, each kind of thing in a file of its own. DocumentDB's calls are these too. */
import type { Holdings } from '../account/holdings.ts';
import { rdsClusters } from './rds-clusters.ts';
import { rdsInstances } from './rds-instances.ts';
import { rdsProxies } from './rds-proxies.ts';
import { rdsSubnetGroups } from './rds-subnet-groups.ts';
import { rdsTags } from './rds-tags.ts';
import type { QueryService } from './service.ts';

export type RdsHoldings = Pick<Holdings, 'instances' | 'clusters' | 'proxies'>;

export const rds = ({ instances, clusters, proxies }: RdsHoldings): QueryService => ({
  protocol: 'query',
  name: 'rds',
  version: '2014-10-31',
  namespace: 'http://rds.amazonaws.com/doc/2014-10-31/',
  operations: {
    ...rdsInstances(instances),
    ...rdsClusters(clusters),
    ...rdsProxies(proxies),
    ...rdsSubnetGroups([...instances, ...clusters]),
    ...rdsTags({ instances, clusters, proxies }),
  },
});
