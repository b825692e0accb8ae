import { S3Client } from '@aws-sdk/client-s3';
import { resultsConfig } from '#core/aws/clients.ts';
import { ACCOUNT_ID, HOME_REGION, RESULTS_BUCKET, RESULTS_KEY_ARN } from '#core/local/account/principals.ts';
import { createRegistry } from '#core/local/account/registry.ts';
import { s3 } from '#core/local/aws/s3.ts';
import { type ObjectStore, openObjectStore } from '#core/local/aws/s3-store.ts';
import type { RawAnswer } from '#core/local/aws/service.ts';
import { startAwsEndpoint, type VerifiedCall } from '#core/local/aws/start-aws-endpoint.ts';
import { temporaryFolder } from '../local/temporary-folder.ts';

export const registry = createRegistry(Buffer.alloc(32, 7));

export interface LocalS3 extends AsyncDisposable {
  readonly url: string;
  /** With the keys of the functions. */
  readonly client: S3Client;
  readonly store: ObjectStore;
  /** What was called, such as `PUT /lodge-results/results/a.csv`. */
  readonly calls: string[];
  /** Stands around the calls from now on. */
  around: (call: VerifiedCall, answer: () => Promise<RawAnswer>) => Promise<RawAnswer>;
  read(key: string): Promise<Buffer>;
}

/** The bucket of results, in a folder that goes with it. */
export const startLocalS3 = async (): Promise<LocalS3> => {
  await using starting = new AsyncDisposableStack();
  const folder = starting.use(await temporaryFolder());
  const store = await openObjectStore(folder.path);
  const bucket = { name: RESULTS_BUCKET, accountId: ACCOUNT_ID, region: HOME_REGION, encryptedBy: RESULTS_KEY_ARN };
  const endpoint = starting.use(
    await startAwsEndpoint({
      registry,
      services: [s3(store, [bucket])],
      around(call, answer) {
        local.calls.push(call.operation);
        return local.around(call, answer);
      },
    }),
  );
  const client = new S3Client({
    ...resultsConfig(),
    region: HOME_REGION,
    maxAttempts: 2,
    endpoint: endpoint.url,
    credentials: registry.longTerm('service'),
  });
  starting.defer(() => client.destroy());
  const started = starting.move();
  const local: LocalS3 = {
    url: endpoint.url,
    client,
    store,
    calls: [],
    around: (_call, answer) => answer(),
    async read(key) {
      const object = store.find(RESULTS_BUCKET, key);
      if (!object) throw new Error(`There is no object ${key}.`);
      return Buffer.concat(await Array.fromAsync(store.read(object, 0, object.size - 1)));
    },
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
  return local;
};
