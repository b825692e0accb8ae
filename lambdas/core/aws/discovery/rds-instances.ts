import {
  type DBInstance,
  DescribeDBInstancesCommand,
  paginateDescribeDBInstances,
  RDSClient,
} from '@aws-sdk/client-rds';
import type { Resource } from '#contract/resources.ts';
import { clientConfig } from '../clients.ts';
import { present, tagsOf } from './describe.ts';
import { engineOf } from './engine-names.ts';
import type { Source } from './source.ts';

/** RDS instances, and the instances of clusters: `rds:DescribeDBInstances`. */
export const rdsInstances: Source = {
  async list(region, { credentials, signal }) {
    const client = new RDSClient(clientConfig(credentials, region));
    const found: Resource[] = [];
    for await (const page of paginateDescribeDBInstances({ client }, { MaxRecords: 100 }, { abortSignal: signal }))
      for (const instance of page.DBInstances ?? []) found.push(resourceOf(instance, region));
    return found;
  },
  async find(region, name, { credentials, signal }) {
    const client = new RDSClient(clientConfig(credentials, region));
    const answer = await client
      .send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: name }), { abortSignal: signal })
      .catch((error: unknown) => {
        if (error instanceof Error && error.name.startsWith('DBInstanceNotFound')) return undefined;
        throw error;
      });
    const instance = answer?.DBInstances?.[0];
    return instance && resourceOf(instance, region);
  },
};

function resourceOf(instance: DBInstance, region: string): Resource {
  const engine = engineOf(instance.Engine ?? '');
  const { Address: host, Port: port } = instance.Endpoint ?? {};
  return {
    id: instance.DBInstanceArn ?? '',
    name: instance.DBInstanceIdentifier ?? '',
    service: 'rds',
    region,
    awsEngine: instance.Engine ?? '',
    status: instance.DBInstanceStatus ?? 'unknown',
    endpoints: host && port ? [{ host, port, use: 'instance' }] : [],
    iamLogin: instance.IAMDatabaseAuthenticationEnabled ?? false,
    tags: tagsOf(instance.TagList),
    ...present({
      engine,
      version: instance.EngineVersion,
      database: instance.DBName,
      user: instance.MasterUsername,
      publiclyAccessible: instance.PubliclyAccessible,
      vpcId: instance.DBSubnetGroup?.VpcId,
      encrypted: instance.StorageEncrypted,
      clusterId: instance.DBClusterIdentifier,
    }),
  };
}
