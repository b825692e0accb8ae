import type { RdsInstance } from '../account/holdings.ts';
import { Fault } from './fault.ts';
import { page } from './paging.ts';
import { answer, arnOf, callersArn, isNamed, type Operations, seenBy, tagList } from './rds-describe.ts';
import { filtersOf, passes } from './rds-filters.ts';
import { subnetGroupElement } from './rds-subnet-groups.ts';
import type { XmlElement } from './xml.ts';

export const rdsInstances = (instances: readonly RdsInstance[]): Operations => ({
  DescribeDBInstances(parameters, caller) {
    const wanted = parameters.get('DBInstanceIdentifier');
    caller.authorize('rds:DescribeDBInstances', callersArn(caller, 'db', wanted ?? '*'));
    const filters = filtersOf(parameters, ['db-instance-id', 'dbi-resource-id', 'engine', 'db-cluster-id', 'domain']);
    const mine = seenBy(caller, instances);
    const named =
      wanted === undefined ? mine : mine.filter((each) => isNamed(each.identifier, instanceArn(each), wanted));
    if (wanted !== undefined && named.length === 0) {
      throw new Fault('noInstance', `DBInstance ${wanted} not found.`);
    }
    const found = named.filter((each) => passes(filterable(each), filters));
    return answer('DBInstances', 'DBInstance', page(found, parameters), instanceElement);
  },
});

const instanceArn = (instance: RdsInstance): string => arnOf(instance, 'db', instance.identifier);

const filterable = (instance: RdsInstance): Readonly<Record<string, readonly string[]>> => ({
  'db-instance-id': [instance.identifier, instanceArn(instance)],
  'dbi-resource-id': [instance.resourceId],
  engine: [instance.engine],
  'db-cluster-id': instance.clusterId ? [instance.clusterId, arnOf(instance, 'cluster', instance.clusterId)] : [],
});

const instanceElement = (instance: RdsInstance): XmlElement => ({
  DBInstanceIdentifier: instance.identifier,
  DBInstanceClass: instance.size ?? 'db.t4g.micro',
  Engine: instance.engine,
  EngineVersion: instance.engineVersion,
  DBInstanceStatus: 'available',
  MasterUsername: instance.masterUser,
  DBName: instance.database || undefined,
  Endpoint: { Address: instance.host, Port: instance.port, HostedZoneId: 'ZLODGEDEMO' },
  // The members of a cluster share its volume, which grows by itself.
  AllocatedStorage: instance.clusterId ? 1 : 20,
  InstanceCreateTime: '2026-01-05T08:30:00.000Z',
  PreferredMaintenanceWindow: 'sun:03:00-sun:03:30',
  AvailabilityZone: `${instance.region}a`,
  MultiAZ: false,
  DBSubnetGroup: subnetGroupElement(instance),
  PubliclyAccessible: instance.publiclyAccessible,
  StorageType: 'gp3',
  DBClusterIdentifier: instance.clusterId,
  StorageEncrypted: true,
  DbiResourceId: instance.resourceId,
  CACertificateIdentifier: 'rds-ca-rsa2048-g1',
  DBInstanceArn: instanceArn(instance),
  IAMDatabaseAuthenticationEnabled: instance.iamLogin,
  DeletionProtection: true,
  MasterUserSecret: instance.secretArn ? { SecretArn: instance.secretArn, SecretStatus: 'active' } : undefined,
  TagList: tagList(instance.tags),
});
