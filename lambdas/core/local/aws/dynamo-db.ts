/**
 * DynamoDB: a call is verified and its permission checked here, then it goes to the DynamoDB of this machine, whose answer
 * is passed on as it is. Each account and region has tables of its own there.
 */
import * as z from 'zod';
import { Fault } from './fault.ts';
import { json } from './json.ts';
import type { JsonService, RawAnswer } from './service.ts';

/** Sends one call on. Faults: unavailable. */
export type Forward = (
  to: { accountId: string; region: string },
  operation: string,
  body: Buffer,
) => Promise<RawAnswer>;

const Named = z.object({ TableName: z.string() });
const Batch = z.object({ RequestItems: z.record(z.string(), z.unknown()) });
const Transaction = z.object({ TransactItems: z.array(z.record(z.string(), Named)) });
const Statement = z.object({ Statement: z.string() });
const Statements = z.object({ Statements: z.array(Statement) });
const TransactStatements = z.object({ TransactStatements: z.array(Statement) });

/** The calls that name no table. */
const OF_THE_ACCOUNT = ['ListTables', 'DescribeLimits', 'DescribeEndpoints', 'ListBackups', 'ListGlobalTables'];

export const dynamoDb = (forward: Forward): JsonService => ({
  protocol: 'json',
  name: 'dynamodb',
  target: 'DynamoDB_20120810',
  contentType: 'application/x-amz-json-1.0',
  answer(operation, body, caller) {
    const { region, key } = caller;
    const prefix = `arn:aws:dynamodb:${region}:${key.principal.accountId}:`;
    for (const { action, table } of needs(operation, json(body))) {
      caller.authorize(`dynamodb:${action}`, resourceOf(table, prefix));
    }
    return forward({ accountId: key.principal.accountId, region }, operation, body);
  },
});

interface Need {
  readonly action: string;
  /** A name, or an ARN; undefined where the call is about the account. */
  readonly table: string | undefined;
}

const resourceOf = (table: string | undefined, prefix: string): string => {
  if (table === undefined) return '*';
  return table.startsWith('arn:') ? table : `${prefix}table/${table}`;
};

/** What a call needs: transactions and PartiQL need the actions of what they do (DynamoDB developer guide, IAM). */
const needs = (operation: string, body: unknown): Need[] => {
  if (OF_THE_ACCOUNT.includes(operation)) return [{ action: operation, table: undefined }];
  const statements =
    Statement.safeParse(body).data !== undefined
      ? [Statement.parse(body)]
      : (Statements.safeParse(body).data?.Statements ?? TransactStatements.safeParse(body).data?.TransactStatements);
  if (statements) return statements.map(({ Statement: text }) => needOfStatement(text));
  const items = Transaction.safeParse(body).data?.TransactItems;
  if (items)
    return items.flatMap((item) => Object.entries(item).map(([kind, { TableName }]) => needOfItem(kind, TableName)));
  const batch = Batch.safeParse(body).data;
  if (batch) return Object.keys(batch.RequestItems).map((table) => ({ action: operation, table }));
  const named = Named.safeParse(body).data;
  if (named) return [{ action: operation, table: named.TableName }];
  return [{ action: operation, table: undefined }];
};

const ITEM_ACTIONS: Readonly<Record<string, string>> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  Get: 'GetItem',
  ConditionCheck: 'ConditionCheckItem',
};

const needOfItem = (kind: string, table: string): Need => {
  const action = ITEM_ACTIONS[kind];
  if (!action) throw new Fault('invalid', `Unknown kind of item in a transaction: ${kind}`);
  return { action, table };
};

const needOfStatement = (text: string): Need => {
  const [, verb, table] =
    /^\s*(select|insert|update|delete)\b(?:.*?\b(?:from|into)\b|)\s*"?([\w.-]+)/is.exec(text) ?? [];
  if (!verb || !table) throw new Fault('invalid', "Statement wasn't well formed, can't be processed.");
  return { action: `PartiQL${verb[0]?.toUpperCase()}${verb.slice(1).toLowerCase()}`, table };
};
