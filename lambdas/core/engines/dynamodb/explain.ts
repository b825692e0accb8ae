/** What DynamoDB's errors mean: a code, DynamoDB's own sentence where it speaks of the statement, and what to do. */
import { AppError, type ErrorCode } from '#contract/errors.ts';
import { explainAwsError } from '../../aws/aws-errors.ts';
import type { ServiceTarget } from '../engine.ts';

/** The permission that a call takes. */
export interface Need {
  /** Without `dynamodb:`. */
  readonly action: string;
  readonly table?: string | undefined;
  readonly index?: string | undefined;
  /** The text that was sent, where its errors may point into it. */
  readonly statement?: string;
}

interface Meaning {
  readonly code: ErrorCode;
  readonly message?: string;
  readonly hint?: string;
}

const THROTTLED: Meaning = {
  code: 'THROTTLED',
  message: 'The table gives no more capacity now.',
  hint: 'Try again in a moment, read less, or give the table more capacity.',
};
/** By the error's name (API Reference, "Common errors" and the errors of ExecuteStatement, Query and Scan). */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  ValidationException: { code: 'STATEMENT_FAILED' },
  DuplicateItemException: { code: 'STATEMENT_FAILED', hint: 'UPDATE changes an item that is there.' },
  DuplicateItem: { code: 'STATEMENT_FAILED', hint: 'UPDATE changes an item that is there.' },
  ConditionalCheckFailedException: {
    code: 'STATEMENT_FAILED',
    hint: 'There is no item with that key, or not as the condition says.',
  },
  TransactionConflictException: {
    code: 'STATEMENT_FAILED',
    hint: 'Another transaction is changing the item: run it again.',
  },
  ItemCollectionSizeLimitExceededException: { code: 'STATEMENT_FAILED' },
  ReplicatedWriteConflictException: { code: 'STATEMENT_FAILED', hint: 'Run it again.' },
  UnknownOperationException: {
    code: 'STATEMENT_FAILED',
    message: 'This DynamoDB does not know the operation: it is a stand-in for the one in AWS.',
    hint: 'Without PartiQL, QUERY { … } and SCAN { … } read.',
  },
  ProvisionedThroughputExceededException: THROTTLED,
  RequestLimitExceeded: THROTTLED,
  ThrottlingException: THROTTLED,
  LimitExceededException: THROTTLED,
};

export function explain(error: unknown, need: Need, target: ServiceTarget): AppError {
  if (error instanceof AppError) return error;
  const { name = '', message = '' } = Object(error) as { name?: string; message?: string };
  if (name === 'ResourceNotFoundException') return missing(need, target, error);
  const known = MEANINGS[name];
  if (!known)
    return denied(explainAwsError(error, { action: `dynamodb:${need.action}`, resource: arnOf(need, target) }));
  const position = need.statement === undefined ? undefined : placeOf(message, need.statement);
  return new AppError(known.code, {
    message: known.message ?? message,
    details: { native: { code: name, ...(position && { position }) }, ...(known.hint && { hint: known.hint }) },
    cause: error,
  });
}

/** The ARN that a policy has to name. */
export const arnOf = ({ table, index }: Need, { resourceId }: ServiceTarget): string => {
  if (table === undefined) return '*';
  if (table.startsWith('arn:')) return table;
  return `${resourceId.replace(/\*$/, table)}${index === undefined ? '' : `/index/${index}`}`;
};

export const missing = ({ table }: Pick<Need, 'table'>, { region }: ServiceTarget, cause?: unknown): AppError =>
  new AppError('OBJECT_NOT_FOUND', {
    message: table === undefined ? `There is no such table in ${region}.` : `There is no table ${table} in ${region}.`,
    details: { hint: 'Names of tables are case-sensitive, and each region has its own.' },
    cause,
  });

/** A policy's two words, as a sentence that can be passed on to an administrator. */
function denied(error: AppError): AppError {
  const { action, resource } = error.details ?? {};
  if (error.code !== 'AWS_DENIED' || !action || !resource) return error;
  const hint = `Ask for a policy that allows ${action} on ${resource}.`;
  return new AppError('AWS_DENIED', {
    message: error.message,
    details: { ...error.details, hint },
    cause: error.cause,
  });
}

/** PartiQL's errors say where as `line:column:length`. Characters of the statement, counted from 1. */
function placeOf(message: string, statement: string): number | undefined {
  const [, line, column] = /\b(\d+):(\d+):\d+\b/.exec(message) ?? [];
  if (!line || !column) return undefined;
  const before = statement.split('\n').slice(0, Number(line) - 1);
  return before.reduce((sum, each) => sum + each.length + 1, 0) + Number(column);
}
