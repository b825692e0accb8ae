import {
  InvokeWithResponseStreamCommand,
  type InvokeWithResponseStreamResponseEvent,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { AppError } from '#contract/errors.ts';
import type { CallConnector } from '../connectors/remote.ts';
import { ownConfig } from './clients.ts';
import { tenantHere } from './own-tenant.ts';

/**
 * A call is made once, for a statement must not run twice: nothing is tried again, and no socket is kept, which might have
 * been closed while the function was frozen. A connector answers at once, once it has started inside its VPC.
 */
const connectorClient = (): LambdaClient =>
  new LambdaClient({
    ...ownConfig(),
    maxAttempts: 1,
    requestHandler: NodeHttpHandler.create({
      connectionTimeout: 2_000,
      requestTimeout: 30_000,
      throwOnRequestTimeout: true,
      httpAgent: { keepAlive: false },
      httpsAgent: { keepAlive: false },
    }),
  });

/** Calls the function of one network's connector, with the permission of the function that calls. */
export function callConnector(network: string, FunctionName: string, client = connectorClient()): CallConnector {
  return async (operation, abortSignal) => {
    const Payload = Buffer.from(JSON.stringify(operation));
    const TenantId = tenantHere();
    const command = new InvokeWithResponseStreamCommand({ FunctionName, Payload, ...(TenantId && { TenantId }) });
    const { EventStream: events = [] } = await client.send(command, { abortSignal }).catch((error: unknown) => {
      throw explainCall(error, network);
    });
    return payloads(events as AsyncIterable<InvokeWithResponseStreamResponseEvent>, network);
  };
}

async function* payloads(
  events: AsyncIterable<InvokeWithResponseStreamResponseEvent>,
  network: string,
): AsyncGenerator<Uint8Array> {
  for await (const { PayloadChunk: chunk, InvokeComplete: end } of events) {
    if (chunk?.Payload) yield chunk.Payload;
    // Its details may quote what the function was handed: only their kind is told.
    if (end?.ErrorCode) throw explainEnd(`${end.ErrorCode} ${end.ErrorDetails}`, network);
  }
}

interface Meaning {
  readonly code?: 'THROTTLED';
  readonly says: string;
  readonly hint: string;
}

const DEPLOY = 'Ask whoever deployed this instance to deploy it again.';

/** By the names of `InvokeWithResponseStream`'s errors (Lambda API Reference); the first row that matches. */
const MEANINGS: readonly (readonly [RegExp, Meaning])[] = [
  [/^ResourceNotFound/, { says: 'is not there', hint: DEPLOY }],
  [/^AccessDenied/, { says: 'may not be called by this function', hint: DEPLOY }],
  [
    /^TooManyRequests|Throttl/,
    {
      code: 'THROTTLED',
      says: 'cannot be started: the concurrency of Lambda in this account is used up',
      hint: 'Try again in a moment.',
    },
  ],
  [
    /^(ResourceNotReady|ResourceConflict|ENINotReady)/,
    {
      says: 'is waking up: after weeks without a call Lambda makes its network interface anew',
      hint: 'Try again in a minute or two.',
    },
  ],
  [
    /^(SubnetIPAddressLimitReached|ENILimitReached|EC2|InvalidSubnet|InvalidSecurityGroup)/,
    {
      says: 'gets no network interface in its VPC',
      hint: 'Its subnets may have no free address, or they or its security group may be gone: see the network in cdk.json.',
    },
  ],
];
const OTHER: Meaning = {
  says: 'did not answer',
  hint: 'Try again. If it stays, look at the alarms and the log of the connector.',
};

/** By the error code and details of `InvokeComplete`. */
const ENDS: readonly (readonly [RegExp, Meaning])[] = [
  [/timed?[ -]?out/i, { says: 'ran out of time', hint: 'Ask for less at once, or set a shorter statement timeout.' }],
  [/OutOfMemory|signal: killed/i, { says: 'ran out of memory', hint: 'Ask for fewer or narrower rows at once.' }],
];
const CRASHED: Meaning = { says: 'crashed', hint: 'Try again. Its log group says more.' };

const explainCall = (error: unknown, network: string): AppError =>
  error instanceof AppError
    ? error
    : explained(MEANINGS, String((error as Error | undefined)?.name), network, OTHER, error);

const explainEnd = (said: string, network: string): AppError => explained(ENDS, said, network, CRASHED);

function explained(
  rows: typeof MEANINGS,
  said: string,
  network: string,
  otherwise: Meaning,
  cause?: unknown,
): AppError {
  const { code = 'CONNECTOR_FAILED', says, hint } = rows.find(([pattern]) => pattern.test(said))?.[1] ?? otherwise;
  return new AppError(code, {
    message: `The connector of the network “${network}” ${says}.`,
    details: { hint },
    cause,
  });
}
