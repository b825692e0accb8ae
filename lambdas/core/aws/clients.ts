/** How SDK clients are set up: with a user's own keys, or with the function's. */
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { Credentials } from '../ports/identity.ts';

/**
 * One pool of sockets for all clients of a kind: a client is made for each request, and must not shake hands anew each time. Nobody
 * calls `client.destroy()`, for it would close the pool. A user waits for these calls, so they give up early.
 */
const pool = (requestTimeout: number) =>
  NodeHttpHandler.create({
    connectionTimeout: 2_000,
    requestTimeout,
    throwOnRequestTimeout: true,
    socketAcquisitionWarningTimeout: 30_000,
  });
const sockets = pool(10_000);

/** The table and KMS answer within milliseconds. Three attempts fit into the shortest function, with time to say so. */
const ownSockets = pool(3_000);

/** A part of a result takes its time to be sent, and is sent again rather than lost with all that came before it. */
const partSockets = pool(60_000);

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
export const ownConfig = () => ({ region: homeRegion(), requestHandler: ownSockets, maxAttempts: 3 });

/** The configuration of the client that writes the results of runs, with the function's own permissions. */
export const resultsConfig = () => ({ region: homeRegion(), requestHandler: partSockets, maxAttempts: 5 });
