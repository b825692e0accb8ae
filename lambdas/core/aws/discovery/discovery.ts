import { AppError } from '#contract/errors.ts';
import type { Resource, Service } from '#contract/resources.ts';
import type { Discovery, Scope } from '../../ports.ts';
import { explainAbsence } from './absent-regions.ts';
import { aurora } from './aurora.ts';
import { documentdb } from './documentdb.ts';
import { documentdbElastic } from './documentdb-elastic.ts';
import { dsql } from './dsql.ts';
import { dynamodb } from './dynamodb.ts';
import { markGlobalTables } from './global-tables.ts';
import { rds } from './rds.ts';
import { rdsProxy } from './rds-proxy.ts';
import { redshift } from './redshift.ts';
import { redshiftServerless } from './redshift-serverless.ts';
import type { Source } from './source.ts';

const SOURCES: Readonly<Record<Service, Source>> = {
  rds,
  aurora,
  'rds-proxy': rdsProxy,
  redshift,
  'redshift-serverless': redshiftServerless,
  dynamodb,
  documentdb,
  'documentdb-elastic': documentdbElastic,
  dsql,
};

/** The kind of thing that an ARN names (`arn:P:service:region:account:kind:name` or `kind/name`) → who may know it. */
const SOURCES_OF_KIND: Readonly<Record<string, readonly Source[]>> = {
  'rds:db': [rds],
  'rds:cluster': [aurora, documentdb],
  'rds:db-proxy': [rdsProxy],
  'redshift:cluster': [redshift],
  'redshift-serverless:workgroup': [redshiftServerless],
  'dynamodb:table': [dynamodb],
  'docdb-elastic:cluster': [documentdbElastic],
  'dsql:cluster': [dsql],
};

const ARN = /^arn:([a-z-]+):([a-z-]+):([a-z0-9-]+):(\d{12}):([a-z-]+)[:/](.+)$/;

/** Reads the account's databases through the AWS SDK, always with the credentials in the scope. */
export const discovery: Discovery = {
  async list(service, region, scope) {
    try {
      return await SOURCES[service].list(region, scope);
    } catch (error) {
      throw explainAbsence(region, error) ?? error;
    }
  },

  async find(resourceId, scope) {
    const [, partition, awsService, region, accountId, kind, name] = ARN.exec(resourceId) ?? [];
    const sources = SOURCES_OF_KIND[`${awsService}:${kind}`];
    // Another account's ARN is not asked for: what discovery did not find here is not opened from here.
    const isHere = partition === scope.partition && accountId === scope.accountId;
    if (!sources || !region || !name || !isHere) throw new AppError('RESOURCE_NOT_FOUND');
    for (const source of sources) {
      const resource = await found(source, { region, name, resourceId }, scope);
      if (resource?.id === resourceId) return resource;
    }
    throw new AppError('RESOURCE_NOT_FOUND');
  },

  markGlobalTables,
};

interface Wanted {
  readonly region: string;
  readonly name: string;
  readonly resourceId: string;
}

/** A denial names the resource too: who asks for one thing needs the action for that one only. */
async function found(
  source: Source,
  { region, name, resourceId: resource }: Wanted,
  scope: Scope,
): Promise<Resource | undefined> {
  try {
    return await source.find(region, name, scope);
  } catch (error) {
    if (explainAbsence(region, error)) throw new AppError('RESOURCE_NOT_FOUND', { cause: error });
    if (!(error instanceof AppError) || error.code !== 'AWS_DENIED') throw error;
    const { message, details } = error;
    throw new AppError('AWS_DENIED', { message, details: { ...details, resource }, cause: error.cause });
  }
}
