import { AppError } from '#contract/errors.ts';
import { SERVICES, type Service } from '#contract/resources.ts';
import type { Discovery } from '../../ports.ts';
import { explainAwsError } from '../aws-errors.ts';
import { dynamodbRegion } from './dynamodb-region.ts';
import { rdsClusters } from './rds-clusters.ts';
import { rdsInstances } from './rds-instances.ts';
import type { Source } from './source.ts';

/** A service that nobody asks yet has nothing. */
const none: Source = { list: async () => [], find: async () => undefined };
const SOURCES: Record<Service, Source> = {
  rds: rdsInstances,
  aurora: rdsClusters,
  'rds-proxy': none,
  redshift: none,
  'redshift-serverless': none,
  dynamodb: dynamodbRegion,
  documentdb: none,
  'documentdb-elastic': none,
  dsql: none,
};

/** The kind of thing that an ARN names (`arn:P:service:region:account:kind:name` or `kind/name`) → who knows it. */
const SOURCE_OF_KIND: Readonly<Record<string, Service>> = {
  'rds:db': 'rds',
  'rds:cluster': 'aurora',
  'dynamodb:table': 'dynamodb',
};

const ARN = /^arn:[a-z-]+:([a-z]+):([a-z0-9-]+):(\d{12}):([a-z]+)[:/](.+)$/;

/** Reads the account's databases through the AWS SDK, always with the credentials in the scope. */
export const discovery: Discovery = {
  async list(service, region, scope) {
    try {
      return await SOURCES[service].list(region, scope);
    } catch (error) {
      throw explainAwsError(error, { action: SERVICES[service].actions[0] });
    }
  },

  async find(resourceId, scope) {
    const [, awsService, region, accountId, kind, name] = ARN.exec(resourceId) ?? [];
    const service = SOURCE_OF_KIND[`${awsService}:${kind}`];
    // Another account's ARN is not asked for: what discovery did not find here is not opened from here.
    if (!service || !region || !name || accountId !== scope.accountId) throw new AppError('RESOURCE_NOT_FOUND');
    const resource = await SOURCES[service].find(region, name, scope).catch((error: unknown) => {
      throw explainAwsError(error, { action: SERVICES[service].actions[0], resource: resourceId });
    });
    if (resource?.id !== resourceId) throw new AppError('RESOURCE_NOT_FOUND');
    return resource;
  },
};
