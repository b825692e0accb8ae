import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { BoundParameter, ParameterType } from '#contract/parameters.ts';

/** DynamoDB has no dates: they are texts, and so they compare as they are written. */
const TYPES: Readonly<Record<ParameterType, (value: string) => AttributeValue>> = {
  text: (value) => ({ S: value }),
  integer: (value) => ({ N: value }),
  decimal: (value) => ({ N: value }),
  boolean: (value) => ({ BOOL: value === 'true' }),
  date: (value) => ({ S: value }),
  timestamp: (value) => ({ S: value }),
};

/** For `ExecuteStatement`'s `Parameters`, by their places. */
export const attributesOf = (values: readonly BoundParameter[]): AttributeValue[] =>
  values.map(({ type, value }) => (value === null ? { NULL: true } : TYPES[type](value)));
