/** By engine. A process loads the one that it is asked for: the drivers of the others are no part of its memory. */
import type { Reader } from './reader.ts';

export const READERS = {
  mysql: async () => (await import('./mysql.ts')).mysqlReader,
  sqlserver: async () => (await import('./sqlserver.ts')).sqlserverReader,
  documentdb: async () => (await import('./documentdb.ts')).documentdbReader,
  dynamodb: async () => (await import('./dynamodb.ts')).dynamodbReader,
} satisfies Readonly<Record<string, () => Promise<Reader<never>>>>;

export type Read = keyof typeof READERS;
