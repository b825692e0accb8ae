/** What the commands stand on: the table with the caller's own permissions, and who the caller is. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { User } from '#contract/people.ts';
import { given } from '#core/aws/given.ts';
import { dynamoStore } from '#core/aws/store/store.ts';
import { type Table, tableOf } from '#core/aws/store/table.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { Store } from '#core/ports/store.ts';
import { identifyUser } from '../../lambdas/sign-in/identify-user.ts';
import type { Options } from './options.ts';

export interface Ground extends Disposable {
  readonly options: Options;
  readonly table: Table;
  readonly store: Store;
  readonly clock: Clock;
  /** Where the table is, as people read it. */
  readonly place: string;
  /** Undefined where no STS answers. */
  caller(): Promise<User | undefined>;
}

/** The caller's name only stands in the record: it is waited for so long, in milliseconds. */
const CALLER_MS = 3_000;

export async function groundOf(options: Options): Promise<Ground> {
  const { profile, region, endpoint, table: name } = options;
  const config = {
    ...(profile && { profile }),
    ...(region && { region }),
    ...(endpoint && { endpoint }),
    maxAttempts: 3,
  };
  const client = new DynamoDBClient(config);
  const clock = () => new Date();
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  return {
    options,
    table: tableOf(documents, name),
    store: dynamoStore(documents, name, clock),
    clock,
    place: `${name} in ${await client.config.region()}${endpoint ? ` at ${endpoint}` : ''}`,
    async caller() {
      try {
        const sts = new STSClient({ ...config, region: await client.config.region(), maxAttempts: 1 });
        const abortSignal = AbortSignal.timeout(CALLER_MS);
        const { Arn, UserId } = await sts.send(new GetCallerIdentityCommand(), { abortSignal });
        return identifyUser({ arn: given(Arn), userId: given(UserId) }).user;
      } catch {
        return undefined;
      }
    },
    [Symbol.dispose]: () => client.destroy(),
  };
}
