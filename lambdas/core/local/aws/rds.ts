/** RDS: the two describe calls that discovery makes, page by page. */
import { Fault } from './fault.ts';
import { type Page, page } from './paging.ts';
import { filtersOf, passes } from './rds-filters.ts';
import type { Caller, QueryService } from './service.ts';
import type { XmlElement } from './xml.ts';

/** A database instance of the local account, listed as AWS would list it. */
export interface RdsInstance {
  readonly accountId: string;
  readonly region: string;
  readonly identifier: string;
  /** `db-…`: what a policy for rds-db:connect names. */
  readonly resourceId: string;
  readonly engine: string;
  readonly engineVersion: string;
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly masterUser: string;
  readonly iamLogin: boolean;
  readonly publiclyAccessible: boolean;
  readonly vpcId: string;
  /** Where its main user's password is managed. */
  readonly secretArn?: string;
  readonly tags: Readonly<Record<string, string>>;
}

export const rds = (instances: readonly RdsInstance[]): QueryService => ({
  protocol: 'query',
  name: 'rds',
  version: '2014-10-31',
  namespace: 'http://rds.amazonaws.com/doc/2014-10-31/',
  operations: {
    DescribeDBInstances(parameters, caller) {
      const wanted = parameters.get('DBInstanceIdentifier');
      caller.authorize('rds:DescribeDBInstances', arnOf(caller, 'db', wanted ?? '*'));
      const filters = filtersOf(parameters, ['db-instance-id', 'dbi-resource-id', 'engine', 'db-cluster-id', 'domain']);
      const mine = instances.filter((each) => each.region === caller.region && each.accountId === accountOf(caller));
      const named = wanted === undefined ? mine : mine.filter((each) => isNamed(each, wanted));
      if (wanted !== undefined && named.length === 0) {
        throw new Fault('noInstance', `DBInstance ${wanted} not found.`);
      }
      const found = page(
        named.filter((each) => passes(filterable(each), filters)),
        parameters,
      );
      return answer('DBInstances', 'DBInstance', found, instanceElement);
    },
    DescribeDBClusters(parameters, caller) {
      const wanted = parameters.get('DBClusterIdentifier');
      caller.authorize('rds:DescribeDBClusters', arnOf(caller, 'cluster', wanted ?? '*'));
      filtersOf(parameters, ['db-cluster-id', 'db-cluster-resource-id', 'engine', 'clone-group-id', 'domain']);
      // No cluster runs here, and none is invented.
      if (wanted !== undefined) throw new Fault('noCluster', `DBCluster ${wanted} not found.`);
      return answer('DBClusters', 'DBCluster', page([], parameters), () => ({}));
    },
  },
});

const accountOf = (caller: Caller): string => caller.key.principal.accountId;

const arnOf = (caller: Caller, kind: 'db' | 'cluster', name: string): string =>
  `arn:aws:rds:${caller.region}:${accountOf(caller)}:${kind}:${name.split(':').at(-1)}`;

/** By its name in any case, or by its ARN, as RDS allows. */
const isNamed = (instance: RdsInstance, wanted: string): boolean =>
  [instance.identifier, instanceArn(instance)].includes(wanted.startsWith('arn:') ? wanted : wanted.toLowerCase());

const instanceArn = ({ region, accountId, identifier }: RdsInstance): string =>
  `arn:aws:rds:${region}:${accountId}:db:${identifier}`;

const filterable = (instance: RdsInstance): Readonly<Record<string, readonly string[]>> => ({
  'db-instance-id': [instance.identifier, instanceArn(instance)],
  'dbi-resource-id': [instance.resourceId],
  engine: [instance.engine],
});

const answer = <T>(
  list: string,
  item: string,
  { items, marker }: Page<T>,
  write: (each: T) => XmlElement,
): XmlElement => ({
  [list]: { [item]: items.map(write) },
  Marker: marker,
});

const instanceElement = (instance: RdsInstance): XmlElement => ({
  DBInstanceIdentifier: instance.identifier,
  DBInstanceClass: 'db.t4g.micro',
  Engine: instance.engine,
  EngineVersion: instance.engineVersion,
  DBInstanceStatus: 'available',
  MasterUsername: instance.masterUser,
  MasterUserSecret: instance.secretArn ? { SecretArn: instance.secretArn, SecretStatus: 'active' } : undefined,
  DBName: instance.database,
  Endpoint: { Address: instance.host, Port: instance.port, HostedZoneId: 'ZLODGEDEMO' },
  AllocatedStorage: 20,
  InstanceCreateTime: '2026-01-05T08:30:00.000Z',
  PreferredMaintenanceWindow: 'sun:03:00-sun:03:30',
  AvailabilityZone: `${instance.region}a`,
  MultiAZ: false,
  DBSubnetGroup: {
    DBSubnetGroupName: 'default',
    DBSubnetGroupDescription: 'The subnets of the demo',
    SubnetGroupStatus: 'Complete',
    VpcId: instance.vpcId,
  },
  PubliclyAccessible: instance.publiclyAccessible,
  StorageType: 'gp3',
  StorageEncrypted: true,
  DbiResourceId: instance.resourceId,
  CACertificateIdentifier: 'rds-ca-rsa2048-g1',
  DBInstanceArn: instanceArn(instance),
  IAMDatabaseAuthenticationEnabled: instance.iamLogin,
  DeletionProtection: true,
  TagList: { Tag: Object.entries(instance.tags).map(([Key, Value]) => ({ Key, Value })) },
});
