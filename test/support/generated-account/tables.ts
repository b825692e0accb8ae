/** DynamoDB's lists and descriptions of tables that hold nothing: thousands cannot be made in a real one. */
import * as z from 'zod';
import { ACCOUNT_ID } from '#core/local/account/principals.ts';
import type { TaggedTable } from '#core/local/aws/dynamo-db-tags.ts';
import type { Forward } from '#core/local/dynamo-db/backend.ts';

export interface Table extends TaggedTable {
  /** The other regions of a global table. */
  readonly replicas: readonly string[];
}

/** Between 1 and 100 names a page (DynamoDB API Reference, ListTables). */
const List = z.object({
  Limit: z.number().int().min(1).max(100).default(100),
  ExclusiveStartTableName: z.string().optional(),
});
const Describe = z.object({ TableName: z.string().min(3).max(255) });

export const tablesOnly = (tables: readonly Table[]): Forward => {
  const byRegion = Map.groupBy(tables, ({ region }) => region);
  for (const each of byRegion.values()) each.sort((a, b) => (a.name < b.name ? -1 : 1));
  return async ({ accountId, region }, operation, body) => {
    const mine = accountId === ACCOUNT_ID ? (byRegion.get(region) ?? []) : [];
    const input: unknown = JSON.parse(body.toString('utf8'));
    const run = { ListTables: list, DescribeTable: describeTable }[operation];
    const answer = run?.(input, mine) ?? refusal('UnknownOperationException');
    const headers = { 'content-type': 'application/x-amz-json-1.0' };
    return { status: '__type' in answer ? 400 : 200, headers, body: Buffer.from(JSON.stringify(answer)) };
  };
};

const refusal = (name: string) => ({ __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: name });

const list = (input: unknown, mine: readonly Table[]): object => {
  const { data } = List.safeParse(input);
  if (!data) return refusal('ValidationException');
  const { Limit, ExclusiveStartTableName: after = '' } = data;
  const names = mine.map(({ name }) => name).filter((name) => name > after);
  const page = names.slice(0, Limit);
  return { TableNames: page, ...(names.length > Limit && { LastEvaluatedTableName: page.at(-1) }) };
};

const describeTable = (input: unknown, mine: readonly Table[]): object => {
  const { data } = Describe.safeParse(input);
  if (!data) return refusal('ValidationException');
  const table = mine.find(({ name }) => name === data.TableName);
  if (!table) return refusal('ResourceNotFoundException');
  const Replicas = table.replicas.map((RegionName) => ({ RegionName, ReplicaStatus: 'ACTIVE' }));
  return { Table: { TableName: table.name, TableStatus: 'ACTIVE', ...(Replicas.length > 0 && { Replicas }) } };
};
