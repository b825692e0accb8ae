import {
  type ClusterSummary,
  DSQLClient,
  GetClusterCommand,
  type GetClusterCommandOutput,
  paginateListClusters,
} from '@aws-sdk/client-dsql';
import { ENGINES } from '#contract/engines.ts';
import type { Resource } from '#contract/resources.ts';
import type { Scope } from '../../ports/discovery.ts';
import { clientConfig } from '../clients.ts';
import { allOf, answerIfFound, details } from './calls.ts';
import { consoleUrl } from './console-urls.ts';
import { addressOf, present } from './describe.ts';
import type { Source } from './source.ts';

const { defaultPort: PORT = 5432, defaultDatabase: database } = ENGINES.dsql;

/** Clusters of Aurora DSQL: the list says ids only, so each is asked for. An account has a few in a region. */
export const dsql: Source = {
  async list(region, scope) {
    const client = new DSQLClient(clientConfig(scope.credentials, region));
    const pages = paginateListClusters({ client }, { maxResults: 100 }, { abortSignal: scope.signal });
    const more = details();
    const resources: Resource[] = [];
    for (const listed of await allOf(scope, 'dsql:ListClusters', pages, ({ clusters }) => clusters)) {
      const denied = more.lacking.length > 0;
      const cluster = denied ? undefined : await more.of(() => clusterBy(client, listed.identifier, scope));
      resources.push(resourceOf(cluster ?? listed, region, scope));
    }
    const unread = more.lacking.map((action) => ({ action, why: 'denied' as const }));
    return { resources, lacking: more.lacking, unread };
  },
  async find(region, name, scope) {
    const client = new DSQLClient(clientConfig(scope.credentials, region));
    const cluster = await clusterBy(client, name, scope);
    return cluster && resourceOf(cluster, region, scope);
  },
};

const clusterBy = (client: DSQLClient, identifier: string | undefined, scope: Scope) =>
  answerIfFound(
    scope,
    'dsql:GetCluster',
    client.send(new GetClusterCommand({ identifier }), { abortSignal: scope.signal }),
  );

function resourceOf(listed: ClusterSummary | GetClusterCommandOutput, region: string, scope: Scope): Resource {
  const cluster: ClusterSummary & Partial<GetClusterCommandOutput> = listed;
  const { identifier = '', arn: id = '' } = cluster;
  // The list says none; what is asked for may have none.
  const tags = 'creationTime' in listed ? (cluster.tags ?? {}) : undefined;
  // Where only the list may be read: every cluster's host is made of its id (Aurora DSQL User Guide).
  const endpoint = cluster.endpoint ?? `${identifier}.dsql.${region}.on.aws`;
  return {
    id,
    // A cluster has no name; the console shows the tag.
    name: tags?.Name ?? identifier,
    service: 'dsql',
    region,
    awsEngine: 'aurora-dsql',
    engine: 'dsql',
    status: cluster.status?.toLowerCase() ?? 'unknown',
    endpoints: [{ ...addressOf(endpoint, PORT), use: 'writer' }],
    database,
    iamLogin: true,
    publiclyAccessible: true,
    requiresTls: true,
    // Always, with a key of AWS or one's own (User Guide, "Data encryption for Amazon Aurora DSQL").
    encrypted: true,
    ...present({
      tags,
      deletionProtection: cluster.deletionProtectionEnabled,
      otherRegions: otherRegions(cluster.multiRegionProperties?.clusters, id),
      consoleUrl: consoleUrl('dsql', region, identifier, scope),
    }),
  };
}

const otherRegions = (arns: readonly string[] | undefined, own: string): string[] | undefined =>
  arns?.filter((arn) => arn !== own).map((arn) => arn.split(':')[3] ?? '');
