/** How SDK clients are set up: with a user's own keys, or with the function's. */
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { Credentials } from '../ports.ts';

/**
 * One pool of sockets for all clients: a client is made for each request, and must not shake hands anew each time. Nobody
 * calls `client.destroy()`, for it would close the pool. A user waits for these calls, so they give up early.
 */
const sockets = NodeHttpHandler.create({
  connectionTimeout: 2_000,
  requestTimeout: 10_000,
  throwOnRequestTimeout: true,
  socketAcquisitionWarningTimeout: 30_000,
});

/** The region where Lodge itself runs: Lambda sets it; elsewhere AWS's first region stands in. */
export const homeRegion = (): string => process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION ?? 'us-east-1';

/** The configuration of a client for one user, one region and one request. */
export const clientConfig = (credentials: Credentials, region: string = homeRegion()) => ({
  credentials,
  region,
  requestHandler: sockets,
  maxAttempts: 3,
  retryMode: 'adaptive',
});

/** The configuration of a client that uses the function's own permissions; credentials come from the environment. */
export const ownConfig = () => ({ region: homeRegion(), requestHandler: sockets, maxAttempts: 4 });
