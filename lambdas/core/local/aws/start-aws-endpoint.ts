/**
 * The AWS endpoint of the local account: one HTTP server for all services, as `AWS_ENDPOINT_URL` expects it. Every call
 * must carry a valid signature; answers and refusals look as AWS's do.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Registry } from '../account/registry.ts';
import { listen } from '../listen.ts';
import { Fault, type Protocol } from './fault.ts';
import { type AwsRequest, readRequest } from './read-request.ts';
import { callerOf, type RawAnswer, type Service } from './service.ts';
import { speakJson } from './speak-json.ts';
import { speakQuery } from './speak-query.ts';
import { speakRest } from './speak-rest.ts';
import { speakS3 } from './speak-s3.ts';
import type { Speaking } from './speaking.ts';
import { createThrottle, type Rate, type Throttle } from './throttle.ts';

export interface AwsEndpoint extends AsyncDisposable {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
}

export interface AwsEndpointOptions {
  readonly registry: Registry;
  readonly services: readonly Service[];
  /** How fast one key may call one service before it is throttled. */
  readonly rate?: Rate;
  /** Stands around each verified call: it may count, wait, or refuse with a Fault before it answers. */
  around?(call: VerifiedCall, answer: () => Promise<RawAnswer>): Promise<RawAnswer>;
}

export interface VerifiedCall {
  readonly service: string;
  /** As the protocol names it: `DescribeDBInstances`, or a method and a path. */
  readonly operation: string;
  readonly region: string;
  /** Aborts where the caller leaves before the answer. */
  readonly left: AbortSignal;
}

interface Surroundings extends AwsEndpointOptions {
  readonly throttle: Throttle;
  readonly left: AbortSignal;
}

const PROTOCOLS: { readonly [P in Protocol]: Speaking<Extract<Service, { protocol: P }>> } = {
  query: speakQuery,
  json: speakJson,
  rest: speakRest,
  s3: speakS3,
};

/** A service and the protocol that it speaks belong together, which the table's type says and a lookup loses. */
const speakingOf = (protocol: Protocol) => PROTOCOLS[protocol] as Speaking<Service>;

export const startAwsEndpoint = async (options: AwsEndpointOptions): Promise<AwsEndpoint> => {
  const throttle = createThrottle(options.rate ?? { burst: 1_000, perSecond: 500 });
  const server = createServer(async (message, response) => {
    const requestId = randomUUID();
    const left = new AbortController();
    response.once('close', () => left.abort());
    const answer = await readRequest(message).then(
      (request) => serve(request, requestId, { ...options, throttle, left: left.signal }),
      (error) => refusal(error, 'query', undefined, requestId),
    );
    await write(response, requestId, answer);
    // What is left of a body that was refused.
    message.resume();
  });
  server.keepAliveTimeout = KEEP_ALIVE;
  const { port, close } = await listen(server);
  return { url: `http://127.0.0.1:${port}`, [Symbol.asyncDispose]: close };
};

/**
 * How long a connection may be idle, in milliseconds. Node's five seconds would end one in the moment in which a client that
 * waited between two tries takes it up again.
 */
const KEEP_ALIVE = 75_000;

const serve = async (request: AwsRequest, requestId: string, around: Surroundings): Promise<RawAnswer> => {
  const service = around.services.find((each) => speakingOf(each.protocol).isMeant(each, request));
  try {
    if (!service) throw new Fault('unknownOperation', 'This machine has no such service.');
    const now = Date.now();
    const { key, region } = speakingOf(service.protocol).verify(request, service.name, around.registry, now);
    around.throttle(`${key.accessKeyId} ${service.name}`, now);
    const answer = async () => speakingOf(service.protocol).run(service, request, callerOf(key, region), requestId);
    return await (around.around?.(
      { service: service.name, operation: operationOf(request), region, left: around.left },
      answer,
    ) ?? answer());
  } catch (error) {
    return refusal(error, service?.protocol ?? likelyProtocol(request), service, requestId);
  }
};

const operationOf = ({ parameters, target, method, path }: AwsRequest): string =>
  parameters.get('Action') ?? target?.operation ?? `${method} ${path}`;

/** In whose words a request is refused that no service here knows. */
const likelyProtocol = ({ target, path }: AwsRequest): Protocol => {
  if (target) return 'json';
  return path === '/' ? 'query' : 'rest';
};

const refusal = (error: unknown, protocol: Protocol, service: Service | undefined, requestId: string): RawAnswer => {
  const fault = error instanceof Fault ? error : new Fault('unavailable', 'The local account failed at this call.');
  return speakingOf(protocol).refuse(service, fault, requestId);
};

const write = async (response: ServerResponse, requestId: string, answer: RawAnswer): Promise<void> => {
  const { status, headers, body } = answer;
  const isWhole = body instanceof Uint8Array;
  const length = isWhole ? { 'content-length': body.byteLength } : {};
  response.writeHead(status, { 'x-amzn-requestid': requestId, ...length, ...headers });
  if (isWhole) response.end(body);
  // A reader who leaves, or a stream that breaks, ends the connection, and the other side of it too.
  else await pipeline(Readable.from(body, { objectMode: false }), response).catch(() => response.destroy());
};
