/** An AWS endpoint that SDK clients reach through the environment, as they do in the local mode. */
import type { Registry } from '#core/local/account/registry.ts';
import type { Service } from '#core/local/aws/service.ts';
import { startAwsEndpoint } from '#core/local/aws/start-aws-endpoint.ts';

/** Clients that are made from now on reach it, until it is disposed. */
export async function startLocalEndpoint(registry: Registry, services: readonly Service[]): Promise<AsyncDisposable> {
  const endpoint = await startAwsEndpoint({ registry, services });
  process.env.AWS_ENDPOINT_URL = endpoint.url;
  return {
    async [Symbol.asyncDispose]() {
      delete process.env.AWS_ENDPOINT_URL;
      await endpoint[Symbol.asyncDispose]();
    },
  };
}
