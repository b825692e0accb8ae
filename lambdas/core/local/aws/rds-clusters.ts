/** Clusters of Aurora and of DocumentDB, which one call lists, and their endpoints. */
import type { RdsCluster } from '../account/holdings.ts';
import { Fault } from './fault.ts';
import { page } from './paging.ts';
import { answer, arnOf, callersArn, isNamed, type Operations, seenBy, tagList } from './rds-describe.ts';
import { filtersOf, passes } from './rds-filters.ts';
import { groupOf } from './rds-subnet-groups.ts';
import type { Caller } from './service.ts';
import type { XmlElement } from './xml.ts';

export const rdsClusters = (clusters: readonly RdsCluster[]): Operations => ({
  DescribeDBClusters(parameters, caller) {
    const wanted = parameters.get('DBClusterIdentifier');
    caller.authorize('rds:DescribeDBClusters', callersArn(caller, 'cluster', wanted ?? '*'));
    const known = ['db-cluster-id', 'db-cluster-resource-id', 'engine', 'clone-group-id', 'domain'];
    const filters = filtersOf(parameters, known);
    const found = namedBy(wanted, caller, clusters).filter((each) => passes(filterable(each), filters));
    return answer('DBClusters', 'DBCluster', page(found, parameters), clusterElement);
  },
  DescribeDBClusterEndpoints(parameters, caller) {
    const wanted = parameters.get('DBClusterIdentifier');
    caller.authorize('rds:DescribeDBClusterEndpoints', callersArn(caller, 'cluster', wanted ?? '*'));
    const kinds = ['db-cluster-endpoint-type', 'db-cluster-endpoint-custom-type'];
    const filters = filtersOf(parameters, [...kinds, 'db-cluster-endpoint-id', 'db-cluster-endpoint-status']);
    const endpoints = namedBy(wanted, caller, clusters).flatMap(endpointsOf);
    const found = endpoints.filter(({ filterable }) => passes(filterable, filters));
    return answer('DBClusterEndpoints', 'DBClusterEndpointList', page(found, parameters), ({ element }) => element);
  },
});

const namedBy = (wanted: string | undefined, caller: Caller, clusters: readonly RdsCluster[]): RdsCluster[] => {
  const mine = seenBy(caller, clusters);
  if (wanted === undefined) return mine;
  const named = mine.filter((each) => isNamed(each.identifier, clusterArn(each), wanted));
  if (named.length === 0) throw new Fault('noCluster', `DBCluster ${wanted} not found.`);
  return named;
};

const clusterArn = (cluster: RdsCluster): string => arnOf(cluster, 'cluster', cluster.identifier);

const filterable = (cluster: RdsCluster): Readonly<Record<string, readonly string[]>> => ({
  'db-cluster-id': [cluster.identifier, clusterArn(cluster)],
  'db-cluster-resource-id': [cluster.resourceId],
  engine: [cluster.engine],
});

/** Behind the host where another port than the writer's is meant, since ports are all that differ on one machine. */
const readerOf = ({ reader, writer }: RdsCluster): string | undefined =>
  reader && (reader.port === writer.port ? reader.host : `${reader.host}:${reader.port}`);

const clusterElement = (cluster: RdsCluster): XmlElement => ({
  AllocatedStorage: 1,
  DatabaseName: cluster.database,
  DBClusterIdentifier: cluster.identifier,
  DBSubnetGroup: groupOf(cluster),
  Status: 'available',
  Endpoint: cluster.writer.host,
  ReaderEndpoint: readerOf(cluster),
  CustomEndpoints: { member: cluster.custom?.map(({ host }) => host) },
  MultiAZ: cluster.members.length > 1,
  Engine: cluster.engine,
  EngineVersion: cluster.engineVersion,
  Port: cluster.writer.port,
  MasterUsername: cluster.masterUser,
  DBClusterMembers: {
    DBClusterMember: cluster.members.map(({ identifier, writes }) => ({
      DBInstanceIdentifier: identifier,
      IsClusterWriter: writes,
      DBClusterParameterGroupStatus: 'in-sync',
      PromotionTier: 1,
    })),
  },
  StorageEncrypted: true,
  DbClusterResourceId: cluster.resourceId,
  DBClusterArn: clusterArn(cluster),
  IAMDatabaseAuthenticationEnabled: cluster.iamLogin,
  EngineMode: 'provisioned',
  DeletionProtection: true,
  TagList: tagList(cluster.tags),
  ServerlessV2ScalingConfiguration: cluster.scaling && {
    MinCapacity: cluster.scaling.least,
    MaxCapacity: cluster.scaling.most,
  },
  MasterUserSecret: cluster.secretArn ? { SecretArn: cluster.secretArn, SecretStatus: 'active' } : undefined,
});

interface Endpoint {
  readonly filterable: Readonly<Record<string, readonly string[]>>;
  readonly element: XmlElement;
}

/** Those that every cluster has have no name and no ARN of their own. */
const endpointsOf = (cluster: RdsCluster): Endpoint[] => {
  const given = { DBClusterIdentifier: cluster.identifier, Status: 'available' };
  const own = [
    { ...given, EndpointType: 'WRITER', Endpoint: cluster.writer.host },
    { ...given, EndpointType: 'READER', Endpoint: readerOf(cluster) },
  ].filter(({ Endpoint: host }) => host !== undefined);
  const custom = (cluster.custom ?? []).map(({ identifier, host, readOnly }) => ({
    DBClusterEndpointIdentifier: identifier,
    ...given,
    Endpoint: host,
    EndpointType: 'CUSTOM',
    CustomEndpointType: readOnly ? 'READER' : 'ANY',
    DBClusterEndpointArn: arnOf(cluster, 'cluster-endpoint', identifier),
  }));
  return [...own, ...custom].map((element: Readonly<Record<string, string | undefined>>) => ({
    element,
    filterable: {
      'db-cluster-endpoint-type': [element.EndpointType?.toLowerCase() ?? ''],
      'db-cluster-endpoint-custom-type': [element.CustomEndpointType?.toLowerCase() ?? ''],
      'db-cluster-endpoint-id': [element.DBClusterEndpointIdentifier ?? ''],
      'db-cluster-endpoint-status': ['available'],
    },
  }));
};
