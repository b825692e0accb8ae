import { type DBCluster, DescribeDBClustersCommand, paginateDescribeDBClusters, RDSClient } from '@aws-sdk/client-rds';
import type { Endpoint, Resource } from '#contract/resources.ts';
import { clientConfig } from '../clients.ts';
import { present, tagsOf } from './describe.ts';
import { engineOf } from './engine-names.ts';
import type { Source } from './source.ts';

/** Aurora clusters and Multi-AZ clusters: `rds:DescribeDBClusters`. */
export const rdsClusters: Source = {
  async list(region, { credentials, signal }) {
    const client = new RDSClient(clientConfig(credentials, region));
    const found: Resource[] = [];
    for await (const page of paginateDescribeDBClusters({ client }, { MaxRecords: 100 }, { abortSignal: signal }))
      for (const cluster of page.DBClusters ?? []) found.push(resourceOf(cluster, region));
    return found;
  },
  async find(region, name, { credentials, signal }) {
    const client = new RDSClient(clientConfig(credentials, region));
    const answer = await client
      .send(new DescribeDBClustersCommand({ DBClusterIdentifier: name }), { abortSignal: signal })
      .catch((error: unknown) => {
        if (error instanceof Error && error.name.startsWith('DBClusterNotFound')) return undefined;
        throw error;
      });
    const cluster = answer?.DBClusters?.[0];
    return cluster && resourceOf(cluster, region);
  },
};

function resourceOf(cluster: DBCluster, region: string): Resource {
  return {
    id: cluster.DBClusterArn ?? '',
    name: cluster.DBClusterIdentifier ?? '',
    service: 'aurora',
    region,
    awsEngine: cluster.Engine ?? '',
    status: cluster.Status ?? 'unknown',
    endpoints: endpointsOf(cluster),
    iamLogin: cluster.IAMDatabaseAuthenticationEnabled ?? false,
    tags: tagsOf(cluster.TagList),
    ...present({
      engine: engineOf(cluster.Engine ?? ''),
      version: cluster.EngineVersion,
      database: cluster.DatabaseName,
      user: cluster.MasterUsername,
      publiclyAccessible: cluster.PubliclyAccessible,
      encrypted: cluster.StorageEncrypted,
    }),
  };
}

/** The writer first: it is what a connection takes unless told otherwise. */
function endpointsOf({ Endpoint: writer, ReaderEndpoint: reader, Port: port }: DBCluster): Endpoint[] {
  if (!port) return [];
  const endpoints: Endpoint[] = [];
  if (writer) endpoints.push({ host: writer, port, use: 'writer' });
  if (reader) endpoints.push({ host: reader, port, use: 'reader' });
  return endpoints;
}
