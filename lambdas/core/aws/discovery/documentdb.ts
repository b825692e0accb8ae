import {
  type DBCluster,
  DescribeDBClustersCommand,
  DocDBClient,
  ListTagsForResourceCommand,
  paginateDescribeDBClusters,
  paginateDescribeDBSubnetGroups,
} from '@aws-sdk/client-docdb';
import type { Endpoint, Resource } from '#contract/resources.ts';
import type { Scope } from '../../ports/discovery.ts';
import { clientConfig } from '../clients.ts';
import { allOf, answerIfFound, details } from './calls.ts';
import { consoleUrl } from './console-urls.ts';
import { addressOf, present, rangeOf, tagsOf } from './describe.ts';
import type { Source } from './source.ts';
import { type SubnetGroup, subnetGroupsByName } from './subnet-groups.ts';

const ACTION = 'rds:DescribeDBClusters';
/** The description of a cluster has none (DocumentDB API Reference, DBCluster). */
const TAGS = 'rds:ListTagsForResource';

/** The call is RDS's, and answers with Aurora's and Neptune's clusters too unless it is asked for these. */
const ONLY = [{ Name: 'engine', Values: ['docdb'] }];

/** Instance-based clusters of DocumentDB. */
export const documentdb: Source = {
  async list(region, scope) {
    const client = new DocDBClient(clientConfig(scope.credentials, region));
    const wanted = { Filters: ONLY, MaxRecords: 100 };
    const pages = paginateDescribeDBClusters({ client }, wanted, { abortSignal: scope.signal });
    const clusters = await allOf(scope, ACTION, pages, ({ DBClusters }) => DBClusters);
    const more = details();
    const groups = clusters.length > 0 ? await more.of(() => groupsBy(client, scope)) : undefined;
    return { resources: clusters.map((each) => resourceOf(each, groups, region, scope)), lacking: more.lacking };
  },
  async find(region, name, scope) {
    const client = new DocDBClient(clientConfig(scope.credentials, region));
    const command = new DescribeDBClustersCommand({ DBClusterIdentifier: name, Filters: ONLY });
    const answer = await answerIfFound(scope, ACTION, client.send(command, { abortSignal: scope.signal }));
    const cluster = answer?.DBClusters?.[0];
    return cluster && resourceOf(cluster, await details().of(() => groupsBy(client, scope)), region, scope);
  },
  tags: {
    action: TAGS,
    async of(region, resourceId, scope) {
      const client = new DocDBClient(clientConfig(scope.credentials, region));
      const command = new ListTagsForResourceCommand({ ResourceName: resourceId });
      const answer = await answerIfFound(scope, TAGS, client.send(command, { abortSignal: scope.signal }));
      return answer && tagsOf(answer.TagList);
    },
  },
};

const groupsBy = (client: DocDBClient, scope: Scope) =>
  subnetGroupsByName(
    scope,
    paginateDescribeDBSubnetGroups({ client }, { MaxRecords: 100 }, { abortSignal: scope.signal }),
  );

function resourceOf(
  cluster: DBCluster,
  groups: ReadonlyMap<string, SubnetGroup> | undefined,
  region: string,
  scope: Scope,
): Resource {
  const { DBClusterIdentifier: name = '', ServerlessV2ScalingConfiguration: scaling } = cluster;
  const group = groups?.get(cluster.DBSubnetGroup ?? '');
  return {
    id: cluster.DBClusterArn ?? '',
    name,
    service: 'documentdb',
    region,
    awsEngine: 'docdb',
    engine: 'documentdb',
    status: cluster.Status ?? 'unknown',
    endpoints: endpointsOf(cluster),
    // From 5.0 on, and with nothing to switch on (DocumentDB Developer Guide, "Authentication using IAM identity").
    iamLogin: Number.parseInt(cluster.EngineVersion ?? '', 10) >= 5,
    // It has no public addresses, only such inside its VPC (Developer Guide, "Connecting from outside a VPC").
    publiclyAccessible: false,
    ...present({
      version: cluster.EngineVersion,
      user: cluster.MasterUsername,
      secretArn: cluster.MasterUserSecret?.SecretArn,
      loginResourceId: cluster.DbClusterResourceId,
      vpcId: group?.vpcId,
      subnetIds: group?.subnetIds,
      encrypted: cluster.StorageEncrypted,
      deletionProtection: cluster.DeletionProtection,
      size: rangeOf(scaling?.MinCapacity, scaling?.MaxCapacity, 'DCU'),
      consoleUrl: consoleUrl('documentdb', region, name, scope),
    }),
  };
}

function endpointsOf({ Endpoint: writer, ReaderEndpoint: reader, Port: port }: DBCluster): Endpoint[] {
  if (!port) return [];
  const endpoints: Endpoint[] = [];
  if (writer) endpoints.push({ host: writer, port, use: 'writer' });
  if (reader) endpoints.push({ ...addressOf(reader, port), use: 'reader', readOnly: true });
  return endpoints;
}
