import { DynamoDBClient, paginateListTables } from '@aws-sdk/client-dynamodb';
import { AppError } from '#contract/errors.ts';
import type { Resource } from '#contract/resources.ts';
import type { Scope, TagsRead } from '../../ports/discovery.ts';
import { explainAwsError } from '../aws-errors.ts';
import { clientConfig } from '../clients.ts';
import { readTags } from '../read-tags.ts';
import { AT_ONCE, TABLE_TAGS, tagsOfTable, turnIn } from '../table-tags.ts';
import { allOf } from './calls.ts';
import { consoleUrl } from './console-urls.ts';
import { present } from './describe.ts';
import type { Source } from './source.ts';

/** The tables of a region are one resource, for they are opened with the user's own keys. */
export const dynamodb: Source = {
  async list(region, scope) {
    const tables = await tablesOf(region, scope);
    return { resources: tables.length > 0 ? [resourceOf(region, tables, scope)] : [], lacking: [] };
  },
  async find(region, _name, scope) {
    return resourceOf(region, await tablesOf(region, scope), scope);
  },
};

function tablesOf(region: string, scope: Scope): Promise<string[]> {
  const client = new DynamoDBClient(clientConfig(scope.credentials, region));
  const pages = paginateListTables({ client }, { Limit: 100 }, { abortSignal: scope.signal });
  return allOf(scope, 'dynamodb:ListTables', pages, ({ TableNames }) => TableNames);
}

const resourceOf = (region: string, tables: string[], scope: Scope): Resource => ({
  id: `arn:${scope.partition}:dynamodb:${region}:${scope.accountId}:table/*`,
  name: `DynamoDB ${region}`,
  service: 'dynamodb',
  region,
  awsEngine: 'dynamodb',
  engine: 'dynamodb',
  status: 'available',
  endpoints: [],
  iamLogin: true,
  tables,
  tags: {},
  ...present({ consoleUrl: consoleUrl('dynamodb', region, '', scope) }),
});

/** A call that is told to slow down waits and tries again, longer each time: the account's others may ask as well. */
const ATTEMPTS = 8;

/** The tags of tables by their names: thousands take minutes, and each answer is told of. */
export function tableTags(region: string, tables: readonly string[], scope: Scope): Promise<TagsRead> {
  const { partition, accountId, credentials, signal } = scope;
  const client = new DynamoDBClient({ ...clientConfig(credentials, region), maxAttempts: ATTEMPTS });
  const action = `dynamodb:${TABLE_TAGS}`;
  const wait = () => turnIn(`${accountId} ${region}`, signal);
  return readTags(tables, {
    action,
    atOnce: AT_ONCE,
    async read(table) {
      const arn = `arn:${partition}:dynamodb:${region}:${accountId}:table/${table}`;
      try {
        return await tagsOfTable(client, { arn, accessKeyId: credentials.accessKeyId, signal, wait });
      } catch (error) {
        signal.throwIfAborted();
        throw goneOr(error, explainAwsError(error, { action, resource: arn }));
      } finally {
        scope.answered?.();
      }
    },
  });
}

const goneOr = (error: unknown, otherwise: AppError): AppError =>
  (error as Error).name === 'ResourceNotFoundException'
    ? new AppError('RESOURCE_NOT_FOUND', { cause: error })
    : otherwise;
