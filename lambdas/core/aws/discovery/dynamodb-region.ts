import { DynamoDBClient, paginateListTables } from '@aws-sdk/client-dynamodb';
import type { Resource } from '#contract/resources.ts';
import type { Scope } from '../../ports.ts';
import { clientConfig } from '../clients.ts';
import type { Source } from './source.ts';

/** The tables of a region are one resource, for they are opened with the user's own keys: `dynamodb:ListTables`. */
export const dynamodbRegion: Source = {
  async list(region, scope) {
    const tables = await tablesOf(region, scope);
    return tables.length > 0 ? [resourceOf(region, tables, scope)] : [];
  },
  async find(region, _name, scope) {
    return resourceOf(region, await tablesOf(region, scope), scope);
  },
};

async function tablesOf(region: string, { credentials, signal }: Scope): Promise<string[]> {
  const client = new DynamoDBClient(clientConfig(credentials, region));
  const tables: string[] = [];
  for await (const page of paginateListTables({ client }, { Limit: 100 }, { abortSignal: signal }))
    tables.push(...(page.TableNames ?? []));
  return tables;
}

const resourceOf = (region: string, tables: string[], { partition, accountId }: Scope): Resource => ({
  id: `arn:${partition}:dynamodb:${region}:${accountId}:table/*`,
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
});
