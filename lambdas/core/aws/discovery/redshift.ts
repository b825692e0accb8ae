import {
  type Cluster,
  DescribeClustersCommand,
  paginateDescribeClusters,
  RedshiftClient,
} from '@aws-sdk/client-redshift';
import type { Resource } from '#contract/resources.ts';
import type { Scope } from '../../ports/discovery.ts';
import { clientConfig } from '../clients.ts';
import { allOf, answerIfFound } from './calls.ts';
import { consoleUrl } from './console-urls.ts';
import { present, tagsOf } from './describe.ts';
import type { Source } from './source.ts';

const ACTION = 'redshift:DescribeClusters';

/** Redshift's provisioned clusters. */
export const redshift: Source = {
  async list(region, scope) {
    const client = new RedshiftClient(clientConfig(scope.credentials, region));
    const pages = paginateDescribeClusters({ client }, { MaxRecords: 100 }, { abortSignal: scope.signal });
    const clusters = await allOf(scope, ACTION, pages, ({ Clusters }) => Clusters);
    return { resources: clusters.map((each) => resourceOf(each, region, scope)), lacking: [] };
  },
  async find(region, name, scope) {
    const client = new RedshiftClient(clientConfig(scope.credentials, region));
    const command = new DescribeClustersCommand({ ClusterIdentifier: name });
    const answer = await answerIfFound(scope, ACTION, client.send(command, { abortSignal: scope.signal }));
    const cluster = answer?.Clusters?.[0];
    return cluster && resourceOf(cluster, region, scope);
  },
};

function resourceOf(cluster: Cluster, region: string, scope: Scope): Resource {
  const { ClusterIdentifier: name = '', NodeType: type, NumberOfNodes: nodes = 1 } = cluster;
  const { Address: host, Port: port } = cluster.Endpoint ?? {};
  return {
    // The call says no ARN but that of the cluster's namespace (Redshift Management Guide, "Amazon Resource Names").
    id: `arn:${scope.partition}:redshift:${region}:${scope.accountId}:cluster:${name}`,
    name,
    service: 'redshift',
    region,
    awsEngine: 'redshift',
    engine: 'redshift',
    status: cluster.ClusterStatus ?? 'unknown',
    endpoints: host && port ? [{ host, port, use: 'writer' }] : [],
    // There is nothing to switch on: who may call GetClusterCredentialsWithIAM may log in.
    iamLogin: true,
    tags: tagsOf(cluster.Tags),
    ...present({
      version: cluster.ClusterVersion,
      database: cluster.DBName,
      user: cluster.MasterUsername,
      secretArn: cluster.MasterPasswordSecretArn,
      publiclyAccessible: cluster.PubliclyAccessible,
      vpcId: cluster.VpcId,
      encrypted: cluster.Encrypted,
      size: type && `${nodes} × ${type}`,
      storageGib: gibOf(cluster.TotalStorageCapacityInMegaBytes),
      consoleUrl: consoleUrl('redshift', region, name, scope),
    }),
  };
}

const gibOf = (megabytes: number | undefined): number | undefined => megabytes && Math.round(megabytes / 1_024);
