import { createRegistry, type Issued } from '#core/local/account/registry.ts';
import type { Service } from '#core/local/aws/service.ts';
import { type AwsEndpoint, startAwsEndpoint } from '#core/local/aws/start-aws-endpoint.ts';
import type { Credentials } from '#core/ports/identity.ts';

/** The seed and the keys that the tests of one service use. */
export const seed = Buffer.alloc(32, 5);
export const registry = createRegistry(seed);
export const ada = registry.longTerm('ada');

/** Temporary keys as a client takes them. */
export const temporary = ({ accessKeyId, secretAccessKey, sessionToken }: Issued): Credentials => ({
  accessKeyId,
  secretAccessKey,
  sessionToken,
});

/** Starts an endpoint for all tests of a file; gives what an SDK client is configured with. */
export const endpointWith = (...services: Service[]) => {
  let endpoint: AwsEndpoint;
  beforeAll(async () => {
    endpoint = await startAwsEndpoint({ registry, services });
  });
  afterAll(() => endpoint[Symbol.asyncDispose]());
  return (credentials: Credentials, region = 'eu-central-1') => ({
    endpoint: endpoint.url,
    region,
    credentials,
    maxAttempts: 1,
  });
};

/** The error's code, status and message, as a caller of the SDK sees them. */
export const refusal = (call: Promise<unknown>): Promise<unknown[]> =>
  call.then(
    () => ['It was let through.'],
    (error) => [error.name, error.$metadata?.httpStatusCode, error.message],
  );
