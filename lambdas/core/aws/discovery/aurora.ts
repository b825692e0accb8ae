import {
  type DBCluster,
  type DBClusterEndpoint,
  DescribeDBClustersCommand,
  paginateDescribeDBClusterEndpoints,
  paginateDescribeDBClusters,
  paginateDescribeDBInstances,
  paginateDescribeDBSubnetGroups,
  RDSClient,
} from '@aws-sdk/client-rds';
import type { Endpoint, Resource } from '#contract/resources.ts';
import type { Scope } from '../../ports/discovery.ts';
import { clientConfig } from '../clients.ts';
import { allOf, answerIfFound, type Details, details } from './calls.ts';
import { consoleUrl } from './console-urls.ts';
import { addressOf, present, rangeOf, tagsOf } from './describe.ts';
import { engineOf } from './engine-names.ts';
import type { Source } from './source.ts';
import { type SubnetGroup, subnetGroupsByName } from './subnet-groups.ts';

const ACTION = 'rds:DescribeDBClusters';

/** Aurora clusters and Multi-AZ clusters, and Neptune's, which have no engine of ours. DocumentDB's are its own source's. */
export const aurora: Source = {
  async list(region, scope) {
    const asking = askingIn(region, scope);
    const pages = paginateDescribeDBClusters(asking.config, { MaxRecords: 100 }, { abortSignal: scope.signal });
    const clusters = (await allOf(scope, ACTION, pages, ({ DBClusters }) => DBClusters)).filter(isOurs);
    const more = details();
    const around = await aroundOf(clusters, asking, more);
    return { resources: clusters.map((each) => resourceOf(each, around, asking)), lacking: more.lacking };
  },
  async find(region, name, scope) {
    const asking = askingIn(region, scope);
    const command = new DescribeDBClustersCommand({ DBClusterIdentifier: name });
    const call = asking.config.client.send(command, { abortSignal: scope.signal });
    const cluster = (await answerIfFound(scope, ACTION, call))?.DBClusters?.[0];
    if (!cluster || !isOurs(cluster)) return undefined;
    return resourceOf(cluster, await aroundOf([cluster], asking, details()), asking);
  },
};

const isOurs = ({ Engine: engine }: DBCluster): boolean => engine !== 'docdb';

interface Asking {
  readonly config: { readonly client: RDSClient };
  readonly region: string;
  readonly scope: Scope;
}

const askingIn = (region: string, scope: Scope): Asking => ({
  config: { client: new RDSClient(clientConfig(scope.credentials, region)) },
  region,
  scope,
});

/** What a cluster does not say of itself. */
interface Around {
  readonly groups: ReadonlyMap<string, SubnetGroup>;
  readonly custom: readonly DBClusterEndpoint[];
  /** The names of instances that have an address on the internet; undefined where that may not be asked. */
  readonly publicInstances: ReadonlySet<string> | undefined;
}

async function aroundOf(clusters: readonly DBCluster[], asking: Asking, more: Details): Promise<Around> {
  const some = (wanted: (cluster: DBCluster) => unknown) => clusters.some(wanted);
  const groups = some((each) => each.DBSubnetGroup) ? await more.of(() => groupsOf(asking)) : undefined;
  const custom = some((each) => each.CustomEndpoints?.length) ? await more.of(() => customOf(clusters, asking)) : [];
  const publicInstances = some(isSilent) ? await more.of(() => publicOf(clusters, asking)) : new Set<string>();
  return { groups: groups ?? new Map(), custom: custom ?? [], publicInstances };
}

/** Only Multi-AZ clusters say themselves whether they are public (RDS API Reference, DBCluster). */
const isSilent = ({ PubliclyAccessible: says, DBClusterMembers: members }: DBCluster): boolean =>
  says === undefined && Boolean(members?.length);

const groupsOf = ({ config, scope }: Asking) =>
  subnetGroupsByName(scope, paginateDescribeDBSubnetGroups(config, { MaxRecords: 100 }, { abortSignal: scope.signal }));

const customOf = (clusters: readonly DBCluster[], { config, scope }: Asking) => {
  const DBClusterIdentifier = onlyNameOf(clusters);
  const Filters = [{ Name: 'db-cluster-endpoint-type', Values: ['custom'] }];
  const wanted = { Filters, MaxRecords: 100, ...(DBClusterIdentifier && { DBClusterIdentifier }) };
  const pages = paginateDescribeDBClusterEndpoints(config, wanted, { abortSignal: scope.signal });
  return allOf(scope, 'rds:DescribeDBClusterEndpoints', pages, ({ DBClusterEndpoints }) => DBClusterEndpoints);
};

async function publicOf(clusters: readonly DBCluster[], { config, scope }: Asking): Promise<Set<string>> {
  const name = onlyNameOf(clusters);
  const engines = [...new Set(clusters.filter(isSilent).flatMap(({ Engine }) => Engine ?? []))];
  const filter = name ? { Name: 'db-cluster-id', Values: [name] } : { Name: 'engine', Values: engines };
  const wanted = { Filters: [filter], MaxRecords: 100 };
  const pages = paginateDescribeDBInstances(config, wanted, { abortSignal: scope.signal });
  const instances = await allOf(scope, 'rds:DescribeDBInstances', pages, ({ DBInstances }) => DBInstances);
  return new Set(instances.flatMap((each) => (each.PubliclyAccessible ? (each.DBInstanceIdentifier ?? []) : [])));
}

const onlyNameOf = ([first, ...rest]: readonly DBCluster[]): string | undefined =>
  rest.length === 0 ? first?.DBClusterIdentifier : undefined;

function resourceOf(cluster: DBCluster, around: Around, { region, scope }: Asking): Resource {
  const { DBClusterIdentifier: name = '', Engine: awsEngine = '' } = cluster;
  const group = around.groups.get(cluster.DBSubnetGroup ?? '');
  return {
    id: cluster.DBClusterArn ?? '',
    name,
    service: 'aurora',
    region,
    awsEngine,
    status: cluster.Status ?? 'unknown',
    endpoints: endpointsOf(cluster, around.custom),
    iamLogin: cluster.IAMDatabaseAuthenticationEnabled ?? false,
    tags: tagsOf(cluster.TagList),
    ...present({
      engine: engineOf(awsEngine),
      version: cluster.EngineVersion,
      database: cluster.DatabaseName,
      user: cluster.MasterUsername,
      secretArn: cluster.MasterUserSecret?.SecretArn,
      loginResourceId: cluster.DbClusterResourceId,
      publiclyAccessible: isPublic(cluster, around),
      vpcId: group?.vpcId,
      subnetIds: group?.subnetIds,
      encrypted: cluster.StorageEncrypted,
      deletionProtection: cluster.DeletionProtection,
      size: sizeOf(cluster),
      // Aurora's volume grows by itself, and the call says 1.
      storageGib: awsEngine.startsWith('aurora') ? undefined : cluster.AllocatedStorage,
      consoleUrl: consoleUrl('cluster', region, name, scope),
    }),
  };
}

/** A cluster's address is that of its writer. */
function isPublic(cluster: DBCluster, { publicInstances }: Around): boolean | undefined {
  if (cluster.PubliclyAccessible !== undefined) return cluster.PubliclyAccessible;
  if (cluster.InternetAccessGatewayEnabled) return true;
  const writer = cluster.DBClusterMembers?.find(({ IsClusterWriter }) => IsClusterWriter)?.DBInstanceIdentifier;
  return writer && publicInstances ? publicInstances.has(writer) : undefined;
}

/** Serverless v2 by its bounds, v1 by what it has now; a Multi-AZ cluster by its class. An Aurora cluster's members say theirs. */
function sizeOf(cluster: DBCluster): string | undefined {
  const { ServerlessV2ScalingConfiguration: v2, ScalingConfigurationInfo: v1, DBClusterInstanceClass } = cluster;
  return (
    rangeOf(v2?.MinCapacity, v2?.MaxCapacity, 'ACU') ??
    rangeOf(v1?.MinCapacity, v1?.MaxCapacity, 'ACU') ??
    DBClusterInstanceClass
  );
}

/** The writer first: it is what a connection takes unless told otherwise. */
function endpointsOf(cluster: DBCluster, custom: readonly DBClusterEndpoint[]): Endpoint[] {
  const { Endpoint: writer, ReaderEndpoint: reader, Port: port, CustomEndpoints: hosts = [] } = cluster;
  if (!port) return [];
  const endpoints: Endpoint[] = [];
  if (writer) endpoints.push({ host: writer, port, use: 'writer' });
  if (reader) endpoints.push({ ...addressOf(reader, port), use: 'reader', readOnly: true });
  for (const host of hosts) {
    const known = custom.find(({ Endpoint: at }) => at === host);
    const name = known?.DBClusterEndpointIdentifier;
    const readOnly = known?.CustomEndpointType === 'READER' ? true : undefined;
    endpoints.push({ host, port, use: 'custom', ...present({ name, readOnly }) });
  }
  return endpoints;
}
