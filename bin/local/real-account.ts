/** `npm start -- --aws`: real AWS endpoints, and only the instance table on this machine. */
import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ANY_ACCOUNT, ENV } from '#core/env.ts';
import { TABLE } from '#core/local/account/principals.ts';
import { startDynamoDb } from '#core/local/dynamo-db/start-dynamo-db.ts';
import type { LocalAccount, LocalAccountOptions } from '#core/local/local-account.ts';
import { startTableEndpoint } from './table-endpoint.ts';

/** Sets up for the user's own account: sessions end when this process does, for their secret is made anew. */
export async function useRealAccount({ folder, fresh }: LocalAccountOptions): Promise<Omit<LocalAccount, 'endpoint'>> {
  const own = join(folder, 'aws');
  if (fresh) await rm(own, { recursive: true, force: true });
  await using starting = new AsyncDisposableStack();
  const dynamoDb = starting.use(await startDynamoDb({ folder: own }));
  const { endpoint } = starting.use(await startTableEndpoint(dynamoDb.forward));
  const started = starting.move();
  return {
    environment: {
      [ENV.accountId]: ANY_ACCOUNT,
      [ENV.table]: TABLE,
      [ENV.tableEndpoint]: endpoint,
      [ENV.sessionSecret]: randomBytes(32).toString('base64'),
    },
    demoUsers: [],
    running: ['Real AWS: sign in with your own keys', `The instance table: ${dynamoDb.title}, on this machine`],
    lacking: dynamoDb.lacking,
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}
