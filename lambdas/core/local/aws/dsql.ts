/** Aurora DSQL: clusters by their ids, page by page, and one in full. */
import type { DsqlCluster } from '../account/holdings.ts';
import { Fault } from './fault.ts';
import { type PageRules, page, TOKEN_PAGES } from './paging.ts';
import type { Caller, RestService } from './service.ts';
import { restJson } from './speak-rest.ts';

/** Between 1 and 100 (Aurora DSQL API Reference, ListClusters). */
const PAGES: PageRules = { ...TOKEN_PAGES, size: 'max-results', marker: 'next-token' };

export const dsql = (clusters: readonly DsqlCluster[]): RestService => ({
  protocol: 'rest',
  name: 'dsql',
  operations: [
    {
      method: 'GET',
      path: '/cluster',
      answer({ query }, caller) {
        caller.authorize('dsql:ListClusters', '*');
        const { items, marker } = page(seenBy(caller, clusters), query, PAGES);
        return restJson({
          clusters: items.map((each) => ({ identifier: each.id, arn: arnOf(each) })),
          nextToken: marker,
        });
      },
    },
    {
      method: 'GET',
      path: '/cluster/{identifier}',
      answer({ path }, caller) {
        const id = path.get('identifier') ?? '';
        if (!/^[a-z0-9]{26}$/.test(id)) throw new Fault('invalid', `${id} is not the identifier of a cluster.`);
        const { accountId } = caller.key.principal;
        caller.authorize('dsql:GetCluster', arnOf({ region: caller.region, accountId, id }));
        const cluster = seenBy(caller, clusters).find((each) => each.id === id);
        if (!cluster) throw new Fault('noResource', `Cluster ${id} was not found.`);
        return restJson(inFull(cluster));
      },
    },
  ],
});

const seenBy = ({ region, key }: Caller, clusters: readonly DsqlCluster[]): DsqlCluster[] =>
  clusters.filter((each) => each.region === region && each.accountId === key.principal.accountId);

const arnOf = ({ region, accountId, id }: Pick<DsqlCluster, 'region' | 'accountId' | 'id'>): string =>
  `arn:aws:dsql:${region}:${accountId}:cluster/${id}`;

const inFull = (cluster: DsqlCluster) => ({
  identifier: cluster.id,
  arn: arnOf(cluster),
  status: 'ACTIVE',
  // Seconds, as REST-JSON writes a time in a body.
  creationTime: Date.UTC(2026, 0, 5, 8, 30) / 1000,
  deletionProtectionEnabled: true,
  ...(cluster.peers && { multiRegionProperties: { clusters: cluster.peers } }),
  tags: cluster.tags,
  encryptionDetails: { encryptionType: 'AWS_OWNED_KMS_KEY', encryptionStatus: 'ENABLED' },
  endpoint: cluster.endpoint && `${cluster.endpoint.host}:${cluster.endpoint.port}`,
});
