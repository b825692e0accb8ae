import { DynamoDBClient, paginateListTables } from '@aws-sdk/client-dynamodb';
import type { Resource } from '#contract/resources.ts';
import type { Scope } from '../../ports.ts';
import { clientConfig } from '../clients.ts';
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
