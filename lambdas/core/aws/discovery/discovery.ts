import { AppError } from '#contract/errors.ts';
import type { Resource, Service, Tags } from '#contract/resources.ts';
import type { Discovery, Found, Scope } from '../../ports/discovery.ts';
import { readTags } from '../read-tags.ts';
import { explainAbsence } from './absent-regions.ts';
import { aurora } from './aurora.ts';
import { documentdb } from './documentdb.ts';
import { documentdbElastic } from './documentdb-elastic.ts';
import { dsql } from './dsql.ts';
import { dynamodb, tableTags } from './dynamodb.ts';
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
      return await withTags(await SOURCES[service].list(region, scope), SOURCES[service], region, scope);
    } catch (error) {
      throw explainAbsence(region, error) ?? error;
    }
  },

  async find(resourceId, scope) {
    const { sources, region, name } = placeOf(resourceId, scope);
    for (const source of sources) {
      const resource = await ofOne(resourceId, region, () => source.find(region, name, scope));
      if (resource?.id === resourceId) return resource;
    }
    throw new AppError('RESOURCE_NOT_FOUND');
  },

  async tags(resourceId, scope) {
    const { sources, region } = placeOf(resourceId, scope);
    const telling = sources.flatMap(({ tags }) => tags ?? [])[0];
    const tags = await ofOne(resourceId, region, async () => telling?.of(region, resourceId, scope));
    if (!tags) throw new AppError('RESOURCE_NOT_FOUND');
    return tags;
  },

  tableTags,
  markGlobalTables,
};

/** Tags that take a call for each: an account has some dozens in a region. */
async function withTags(found: Found, { tags: telling }: Source, region: string, scope: Scope): Promise<Found> {
  if (!telling || found.resources.length === 0) return found;
  const { tags, unread } = await readTags(
    found.resources.map(({ id }) => id),
    {
      action: telling.action,
      async read(id) {
        const told = await telling.of(region, id, scope);
        scope.signal.throwIfAborted();
        if (!told) throw new AppError('RESOURCE_NOT_FOUND');
        return told;
      },
    },
  );
  const resources = found.resources.map((each): Resource => {
    const told: Tags | undefined = tags.get(each.id);
    return told ? { ...each, tags: told } : each;
  });
  const denied = unread.some(({ why }) => why === 'denied') ? [telling.action] : [];
  return { ...found, resources, lacking: [...found.lacking, ...denied], unread };
}

/** Who may know an ARN, and what they are asked for. Errors: RESOURCE_NOT_FOUND. */
function placeOf(resourceId: string, scope: Scope) {
  const [, partition, awsService, region, accountId, kind, name] = ARN.exec(resourceId) ?? [];
  const sources = SOURCES_OF_KIND[`${awsService}:${kind}`];
  // Another account's ARN is not asked for: what discovery did not find here is not opened from here.
  const isHere = partition === scope.partition && accountId === scope.accountId;
  if (!sources || !region || !name || !isHere) throw new AppError('RESOURCE_NOT_FOUND');
  return { sources, region, name };
}

/** A denial names the resource too: who asks for one thing needs the action for that one only. */
async function ofOne<T>(resource: string, region: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (explainAbsence(region, error)) throw new AppError('RESOURCE_NOT_FOUND', { cause: error });
    if (!(error instanceof AppError) || error.code !== 'AWS_DENIED') throw error;
    const { message, details } = error;
    throw new AppError('AWS_DENIED', { message, details: { ...details, resource }, cause: error.cause });
  }
}
