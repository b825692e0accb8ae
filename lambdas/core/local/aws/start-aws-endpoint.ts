/**
 * The AWS endpoint of the local account: one HTTP server for all services, as `AWS_ENDPOINT_URL` expects it. Every call
 * must carry a valid signature; answers and refusals look as AWS's do.
 */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { Registry } from '../account/registry.ts';
import { listen } from '../listen.ts';
import { Fault, type Protocol } from './fault.ts';
import { type AwsRequest, readRequest } from './read-request.ts';
import { callerOf, type QueryService, type RawAnswer, type Service } from './service.ts';
import { createThrottle, type Rate, type Throttle } from './throttle.ts';
import { verifyRequest } from './verify-request.ts';
import { toXml, type XmlElement } from './xml.ts';

export interface AwsEndpoint extends AsyncDisposable {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
}

export interface AwsEndpointOptions {
  readonly registry: Registry;
  readonly services: readonly Service[];
  /** How fast one key may call one service before it is throttled. */
  readonly rate?: Rate;
}

interface Surroundings extends AwsEndpointOptions {
  readonly throttle: Throttle;
}

export const startAwsEndpoint = async (options: AwsEndpointOptions): Promise<AwsEndpoint> => {
  const throttle = createThrottle(options.rate ?? { burst: 1_000, perSecond: 500 });
  const server = createServer(async (message, response) => {
    const requestId = randomUUID();
    const { status, headers, body } = await readRequest(message).then(
      (request) => serve(request, requestId, { ...options, throttle }),
      (error) => refusal(error, 'query', undefined, requestId),
    );
    response.writeHead(status, { 'x-amzn-requestid': requestId, ...headers, 'content-length': body.byteLength });
    response.end(body);
  });
  const { port, close } = await listen(server);
  return { url: `http://127.0.0.1:${port}`, [Symbol.asyncDispose]: close };
};

const serve = async (request: AwsRequest, requestId: string, around: Surroundings): Promise<RawAnswer> => {
  const service = around.services.find((each) => speaksTo(each, request));
  try {
    if (!service) throw new Fault('unknownOperation', 'This machine has no such service.');
    const now = Date.now();
    const { key, region } = verifyRequest(request, service.name, around.registry, now);
    around.throttle(`${key.accessKeyId} ${service.name}`, now);
    return await run(service, request, callerOf(key, region), requestId);
  } catch (error) {
    return refusal(error, service?.protocol ?? (request.target ? 'json' : 'query'), service, requestId);
  }
};

const speaksTo = (service: Service, { target, parameters }: AwsRequest): boolean =>
  service.protocol === 'json'
    ? target?.service === service.target
    : target === undefined && parameters.get('Version') === service.version;

const run = async (
  service: Service,
  request: AwsRequest,
  caller: ReturnType<typeof callerOf>,
  requestId: string,
): Promise<RawAnswer> => {
  if (service.protocol === 'json') {
    const answer = service.answer(request.target?.operation ?? '', request.body, caller);
    if (!answer) throw new Fault('unknownOperation', 'The requested operation is not recognized.');
    return answer;
  }
  const action = request.parameters.get('Action') ?? '';
  const operation = Object.hasOwn(service.operations, action) ? service.operations[action] : undefined;
  if (!operation) {
    throw new Fault('unknownOperation', `Could not find operation ${action} for version ${service.version}`);
  }
  const result = { [`${action}Result`]: operation(request.parameters, caller) };
  return xml(service, 200, `${action}Response`, { ...result, ResponseMetadata: { RequestId: requestId } });
};

const refusal = (error: unknown, protocol: Protocol, service: Service | undefined, requestId: string): RawAnswer => {
  const fault = error instanceof Fault ? error : new Fault('unavailable', 'The local account failed at this call.');
  const { code, status } = fault.in(protocol);
  if (protocol === 'query') {
    const Type = status < 500 ? 'Sender' : 'Receiver';
    const content = { Error: { Type, Code: code, Message: fault.message }, RequestId: requestId };
    return xml(service?.protocol === 'query' ? service : undefined, status, 'ErrorResponse', content);
  }
  const contentType = service?.protocol === 'json' ? service.contentType : 'application/x-amz-json-1.1';
  const body = Buffer.from(JSON.stringify({ __type: code, message: fault.message }));
  return { status, headers: { 'content-type': contentType }, body };
};

const xml = (service: QueryService | undefined, status: number, root: string, content: XmlElement): RawAnswer => {
  const namespace = service ? ` xmlns="${service.namespace}"` : '';
  const body = Buffer.from(`<?xml version="1.0"?>\n<${root}${namespace}>${toXml(content)}</${root}>\n`);
  return { status, headers: { 'content-type': 'text/xml' }, body };
};
