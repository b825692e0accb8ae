/** Redshift's DescribeClusters. */
import type { RedshiftCluster } from '../account/holdings.ts';
import { Fault } from './fault.ts';
import { page } from './paging.ts';
import type { QueryService } from './service.ts';
import type { XmlElement } from './xml.ts';

export const redshiftClusters = (clusters: readonly RedshiftCluster[]): QueryService['operations'] => ({
  DescribeClusters(parameters, { region, key: { principal }, authorize }) {
    const wanted = parameters.get('ClusterIdentifier');
    const { accountId } = principal;
    authorize('redshift:DescribeClusters', `arn:aws:redshift:${region}:${accountId}:cluster:${wanted ?? '*'}`);
    if (wanted !== undefined && parameters.has('Marker')) {
      throw new Fault('invalidCombination', 'Specify either ClusterIdentifier or Marker, not both.');
    }
    const mine = clusters.filter((each) => each.region === region && each.accountId === accountId);
    const found = wanted === undefined ? mine : mine.filter(({ identifier }) => identifier === wanted);
    if (wanted !== undefined && found.length === 0)
      throw new Fault('noRedshiftCluster', `Cluster ${wanted} not found.`);
    const { items, marker } = page(found, parameters);
    return { Clusters: { Cluster: items.map(clusterElement) }, Marker: marker };
  },
});

const clusterElement = (cluster: RedshiftCluster): XmlElement => ({
  ClusterIdentifier: cluster.identifier,
  NodeType: cluster.nodeType,
  ClusterStatus: 'available',
  ClusterAvailabilityStatus: 'Available',
  MasterUsername: cluster.masterUser,
  DBName: cluster.database,
  Endpoint: { Address: cluster.endpoint.host, Port: cluster.endpoint.port },
  ClusterCreateTime: '2026-01-05T08:30:00.000Z',
  ClusterSubnetGroupName: 'default',
  VpcId: cluster.vpcId,
  AvailabilityZone: `${cluster.region}a`,
  ClusterVersion: '1.0',
  AllowVersionUpgrade: true,
  NumberOfNodes: cluster.nodes,
  PubliclyAccessible: cluster.publiclyAccessible,
  Encrypted: true,
  Tags: { Tag: Object.entries(cluster.tags).map(([Key, Value]) => ({ Key, Value })) },
  TotalStorageCapacityInMegaBytes: cluster.nodes * 160 * 1024,
  MasterPasswordSecretArn: cluster.secretArn,
});
