/** A real DynamoDB on this machine: AWS's own where Java is found, dynalite elsewhere. */
import { loadSeed } from '../account/seed.ts';
import type { Lacking } from '../lacking.ts';
import type { Backend } from './backend.ts';
import { startDynalite } from './dynalite.ts';
import { startDynamoDbLocal } from './dynamo-db-local.ts';
import { hasJava, LACKING_JAVA } from './java.ts';
import { makeDemoTable, makeInstanceTable } from './tables.ts';

export interface DynamoDb extends Backend {
  readonly lacking: readonly Lacking[];
}

export interface DynamoDbOptions {
  /** Where all state lives; each of the two keeps its own. */
  readonly folder: string;
  /** `true` and `false` override what is found: tests run both. */
  readonly java?: boolean;
  /** False: the instance table only, without the demo's. */
  readonly demo?: boolean;
}

/** Starts it and makes the instance table and the demo's table where they are missing. */
export const startDynamoDb = async ({ folder, java, demo = true }: DynamoDbOptions): Promise<DynamoDb> => {
  const seed = await loadSeed(folder);
  const isLocal = java ?? (await hasJava());
  const backend = isLocal ? await startDynamoDbLocal(folder, seed) : await startDynalite(folder);
  try {
    await makeInstanceTable(backend.forward);
    if (demo) await makeDemoTable(backend);
  } catch (error) {
    await backend[Symbol.asyncDispose]();
    throw error;
  }
  return { ...backend, lacking: isLocal ? [] : [LACKING_JAVA] };
};
