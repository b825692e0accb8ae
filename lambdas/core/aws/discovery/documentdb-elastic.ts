import {
  type Cluster,
  type ClusterInList,
  DocDBElasticClient,
  GetClusterCommand,
  ListTagsForResourceCommand,
  paginateListClusters,
} from '@aws-sdk/client-docdb-elastic';
import { ENGINES } from '#contract/engines.ts';
import type { Resource } from '#contract/resources.ts';
import type { Scope } from '../../ports/discovery.ts';
import { clientConfig } from '../clients.ts';
import { allOf, answerIfFound, details } from './calls.ts';
import { consoleUrl } from './console-urls.ts';
import { addressOf, present } from './describe.ts';
import type { Source } from './source.ts';

const TAGS = 'docdb-elastic:ListTagsForResource';
const PORT = ENGINES.documentdb.defaultPort ?? 27_017;

/** Elastic clusters of DocumentDB: the list says names only, so each is asked for. An account has a few in a region. */
export const documentdbElastic: Source = {
  async list(region, scope) {
    const client = new DocDBElasticClient(clientConfig(scope.credentials, region));
    const pages = paginateListClusters({ client }, { maxResults: 100 }, { abortSignal: scope.signal });
    const more = details();
    const resources: Resource[] = [];
    for (const listed of await allOf(scope, 'docdb-elastic:ListClusters', pages, ({ clusters }) => clusters)) {
      const denied = more.lacking.length > 0;
      const cluster = denied ? undefined : await more.of(() => clusterBy(client, listed.clusterArn, scope));
      resources.push(resourceOf(cluster ?? listed, region, scope));
    }
    return { resources, lacking: more.lacking };
  },
  async find(region, name, scope) {
    const client = new DocDBElasticClient(clientConfig(scope.credentials, region));
    const arn = `arn:${scope.partition}:docdb-elastic:${region}:${scope.accountId}:cluster/${name}`;
    const cluster = await clusterBy(client, arn, scope);
    return cluster && resourceOf(cluster, region, scope);
  },
  tags: {
    action: TAGS,
    async of(region, resourceArn, scope) {
      const client = new DocDBElasticClient(clientConfig(scope.credentials, region));
      const call = client.send(new ListTagsForResourceCommand({ resourceArn }), { abortSignal: scope.signal });
      const answer = await answerIfFound(scope, TAGS, call);
      return answer && (answer.tags ?? {});
    },
  },
};

async function clusterBy(client: DocDBElasticClient, arn: string | undefined, scope: Scope) {
  const call = client.send(new GetClusterCommand({ clusterArn: arn }), { abortSignal: scope.signal });
  return (await answerIfFound(scope, 'docdb-elastic:GetCluster', call))?.cluster;
}

function resourceOf(listed: ClusterInList | Cluster, region: string, scope: Scope): Resource {
  const cluster: ClusterInList & Partial<Cluster> = listed;
  const { clusterEndpoint: endpoint, shardCount: shards, shardCapacity: vcpus } = cluster;
  const name = cluster.clusterName ?? '';
  return {
    id: cluster.clusterArn ?? '',
    name,
    service: 'documentdb-elastic',
    region,
    awsEngine: 'docdb-elastic',
    engine: 'documentdb',
    status: cluster.status?.toLowerCase() ?? 'unknown',
    endpoints: endpoint ? [{ ...addressOf(endpoint, PORT), use: 'writer' }] : [],
    // Only instance-based clusters take IAM identities (Developer Guide, "Authentication using IAM identity").
    iamLogin: false,
    publiclyAccessible: false,
    // Always, with a key of AWS or one's own (Developer Guide, "Data encryption at rest for elastic clusters").
    encrypted: true,
    ...present({
      user: cluster.adminUserName,
      subnetIds: cluster.subnetIds,
      size: shards && vcpus ? `${shards} × ${vcpus} vCPU` : undefined,
      consoleUrl: consoleUrl('elastic', region, name, scope),
    }),
  };
}
