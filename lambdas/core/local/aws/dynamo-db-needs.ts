/**
 * Which permissions a call of DynamoDB needs: transactions and PartiQL need those of what they do, and not one of their
 * own. Source: DynamoDB Developer Guide, "IAM policies with DynamoDB transactions" and "… with PartiQL".
 */
import * as z from 'zod';
import { Fault } from './fault.ts';

export interface Need {
  /** Without `dynamodb:`. */
  readonly action: string;
  /** A name or an ARN; undefined where the call is about the account. */
  readonly table: string | undefined;
}

/** Faults: invalid, where the body does not say what the operation is about. */
export const needsOf = (operation: string, body: unknown): Need[] => (READERS[operation] ?? ofTable)(operation, body);

type Reader = (operation: string, body: unknown) => Need[];

const Named = z.object({ TableName: z.string() });
const Batch = z.object({ RequestItems: z.record(z.string(), z.unknown()) });
const Transaction = z.object({ TransactItems: z.array(z.record(z.string(), Named)) });
const Statement = z.object({ Statement: z.string() });
const Statements = z.object({ Statements: z.array(Statement) });
const TransactStatements = z.object({ TransactStatements: z.array(Statement) });

const parse = <S extends z.ZodType>(schema: S, body: unknown): z.output<S> => {
  const { data, error } = schema.safeParse(body);
  if (error) throw new Fault('invalid', z.prettifyError(error));
  return data as z.output<S>;
};

const ofAccount: Reader = (action) => [{ action, table: undefined }];
const ofTable: Reader = (action, body) => [{ action, table: parse(Named, body).TableName }];
const ofBatch: Reader = (action, body) =>
  Object.keys(parse(Batch, body).RequestItems).map((table) => ({ action, table }));
const ofTransaction: Reader = (_operation, body) =>
  parse(Transaction, body).TransactItems.flatMap((item) => Object.entries(item).map(needOfItem));

const READERS: Readonly<Record<string, Reader>> = {
  ListTables: ofAccount,
  ListBackups: ofAccount,
  DescribeLimits: ofAccount,
  DescribeEndpoints: ofAccount,
  BatchGetItem: ofBatch,
  BatchWriteItem: ofBatch,
  TransactGetItems: ofTransaction,
  TransactWriteItems: ofTransaction,
  ExecuteStatement: (_operation, body) => [needOfStatement(parse(Statement, body))],
  BatchExecuteStatement: (_operation, body) => parse(Statements, body).Statements.map(needOfStatement),
  ExecuteTransaction: (_operation, body) => parse(TransactStatements, body).TransactStatements.map(needOfStatement),
};

const ITEM_ACTIONS: Readonly<Record<string, string>> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  Get: 'GetItem',
  ConditionCheck: 'ConditionCheckItem',
};

const needOfItem = ([kind, { TableName: table }]: [string, z.output<typeof Named>]): Need => {
  const action = ITEM_ACTIONS[kind];
  if (!action) throw new Fault('invalid', `A transaction has no items of the kind ${kind}.`);
  return { action, table };
};

/** Where each kind of statement names its table. Nothing but its own words may stand before. */
const STATEMENTS = [
  { action: 'PartiQLSelect', pattern: /^\s*select\s(?:[^'"]|"[^"]*")*?\sfrom\s+"?([\w.-]+)/i },
  { action: 'PartiQLInsert', pattern: /^\s*insert\s+into\s+"?([\w.-]+)/i },
  { action: 'PartiQLUpdate', pattern: /^\s*update\s+"?([\w.-]+)/i },
  { action: 'PartiQLDelete', pattern: /^\s*delete\s+from\s+"?([\w.-]+)/i },
] as const;

const needOfStatement = ({ Statement: text }: z.output<typeof Statement>): Need => {
  for (const { action, pattern } of STATEMENTS) {
    const table = pattern.exec(text)?.[1];
    if (table) return { action, table };
  }
  throw new Fault('invalid', "Statement wasn't well formed, can't be processed.");
};
