/** DocumentDB's elastic clusters: by their names, page by page, and one in full. */
import type { DocDbElasticCluster } from '../account/holdings.ts';
import { Fault } from './fault.ts';
import { page, TOKEN_PAGES } from './paging.ts';
import { subnetOf } from './rds-subnet-groups.ts';
import type { Caller, RestService } from './service.ts';
import { restJson } from './speak-rest.ts';

export const docDbElastic = (clusters: readonly DocDbElasticCluster[]): RestService => ({
  protocol: 'rest',
  name: 'docdb-elastic',
  operations: [
    {
      method: 'GET',
      path: '/clusters',
      answer({ query }, caller) {
        caller.authorize('docdb-elastic:ListClusters', '*');
        const { items, marker } = page(seenBy(caller, clusters), query, TOKEN_PAGES);
        return restJson({ clusters: items.map(inList), nextToken: marker });
      },
    },
    {
      method: 'GET',
      path: '/cluster/{clusterArn}',
      answer({ path }, caller) {
        const arn = checkedArn(path.get('clusterArn'));
        caller.authorize('docdb-elastic:GetCluster', arn);
        const cluster = seenBy(caller, clusters).find((each) => arnOf(each) === arn);
        if (!cluster) throw new Fault('noResource', `Cluster ${arn} was not found.`);
        return restJson({ cluster: inFull(cluster) });
      },
    },
    {
      method: 'GET',
      path: '/tags/{resourceArn}',
      answer({ path }, caller) {
        const arn = checkedArn(path.get('resourceArn'));
        caller.authorize('docdb-elastic:ListTagsForResource', arn);
        const cluster = seenBy(caller, clusters).find((each) => arnOf(each) === arn);
        if (!cluster) throw new Fault('noResource', `Cluster ${arn} was not found.`);
        return restJson({ tags: cluster.tags });
      },
    },
  ],
});

const checkedArn = (arn = ''): string => {
  if (/^arn:aws:docdb-elastic:[a-z0-9-]+:\d{12}:cluster\/[a-z0-9-]+$/.test(arn)) return arn;
  throw new Fault('invalid', `${arn} is not the ARN of an elastic cluster.`);
};

const seenBy = ({ region, key }: Caller, clusters: readonly DocDbElasticCluster[]): DocDbElasticCluster[] =>
  clusters.filter((each) => each.region === region && each.accountId === key.principal.accountId);

const arnOf = ({ region, accountId, id }: DocDbElasticCluster): string =>
  `arn:aws:docdb-elastic:${region}:${accountId}:cluster/${id}`;

const inList = (cluster: DocDbElasticCluster) => ({
  clusterName: cluster.name,
  clusterArn: arnOf(cluster),
  status: 'ACTIVE',
});

const inFull = (cluster: DocDbElasticCluster) => ({
  ...inList(cluster),
  clusterEndpoint: `${cluster.endpoint.host}:${cluster.endpoint.port}`,
  createTime: '2026-01-05T08:30:00.000Z',
  adminUserName: cluster.adminUser,
  authType: 'PLAIN_TEXT',
  shardCapacity: cluster.vcpus,
  shardCount: cluster.shards,
  vpcSecurityGroupIds: [cluster.vpcId.replace(/^vpc/, 'sg')],
  subnetIds: ['a', 'b'].map((zone) => subnetOf(cluster.vpcId, zone)),
  preferredMaintenanceWindow: 'sun:03:00-sun:03:30',
  kmsKeyId: 'AWS_OWNED_KMS_KEY',
});
