import {
  type DBInstance,
  DescribeDBInstancesCommand,
  paginateDescribeDBInstances,
  RDSClient,
} from '@aws-sdk/client-rds';
import type { Resource, Service } from '#contract/resources.ts';
import type { Scope } from '../../ports/discovery.ts';
import { clientConfig } from '../clients.ts';
import { allOf, answerIfFound } from './calls.ts';
import { consoleUrl } from './console-urls.ts';
import { present, tagsOf } from './describe.ts';
import { engineOf } from './engine-names.ts';
import type { Source } from './source.ts';

const ACTION = 'rds:DescribeDBInstances';

/** RDS instances, and the instances of clusters. */
export const rds: Source = {
  async list(region, scope) {
    const client = new RDSClient(clientConfig(scope.credentials, region));
    const pages = paginateDescribeDBInstances({ client }, { MaxRecords: 100 }, { abortSignal: scope.signal });
    const instances = await allOf(scope, ACTION, pages, ({ DBInstances }) => DBInstances);
    return { resources: instances.map((each) => resourceOf(each, region, scope)), lacking: [] };
  },
  async find(region, name, scope) {
    const client = new RDSClient(clientConfig(scope.credentials, region));
    const command = new DescribeDBInstancesCommand({ DBInstanceIdentifier: name });
    const answer = await answerIfFound(scope, ACTION, client.send(command, { abortSignal: scope.signal }));
    const instance = answer?.DBInstances?.[0];
    return instance && resourceOf(instance, region, scope);
  },
};

/** Instances of other services that RDS lists. */
const SERVICES_OF: Readonly<Record<string, Service>> = { docdb: 'documentdb' };

function resourceOf(instance: DBInstance, region: string, scope: Scope): Resource {
  const { DBInstanceIdentifier: name = '', Engine: awsEngine = '', DBClusterIdentifier: clusterId } = instance;
  const { Address: host, Port: port } = instance.Endpoint ?? {};
  return {
    id: instance.DBInstanceArn ?? '',
    name,
    service: SERVICES_OF[awsEngine] ?? 'rds',
    region,
    awsEngine,
    status: instance.DBInstanceStatus ?? 'unknown',
    endpoints: host && port ? [{ host, port, use: 'instance' }] : [],
    iamLogin: instance.IAMDatabaseAuthenticationEnabled ?? false,
    ...present({
      // DocumentDB's own reference promises none in the answer of this call, RDS's does.
      tags: awsEngine === 'docdb' && !instance.TagList ? undefined : tagsOf(instance.TagList),
      engine: engineOf(awsEngine),
      version: instance.EngineVersion,
      database: instance.DBName,
      user: instance.MasterUsername,
      secretArn: instance.MasterUserSecret?.SecretArn,
      // Policies for logins at a member name the cluster's id, which is not said here (Aurora User Guide, "Creating and
      // using an IAM policy for IAM database access").
      loginResourceId: clusterId ? undefined : instance.DbiResourceId,
      publiclyAccessible: instance.PubliclyAccessible,
      vpcId: instance.DBSubnetGroup?.VpcId,
      subnetIds: subnetsOf(instance),
      encrypted: instance.StorageEncrypted,
      deletionProtection: instance.DeletionProtection,
      clusterId,
      size: instance.DBInstanceClass,
      // A cluster's members share its volume, and say 1.
      storageGib: clusterId ? undefined : instance.AllocatedStorage,
      consoleUrl: consoleUrl('instance', region, name, scope),
    }),
  };
}

const subnetsOf = ({ DBSubnetGroup: group }: DBInstance): string[] | undefined =>
  group?.Subnets?.flatMap(({ SubnetIdentifier: id }) => id ?? []);
