/** What Lambda's run time gives to a streaming function, as little as middy needs, and what a function made of it. */
import { Buffer } from 'node:buffer';
import { Writable } from 'node:stream';
import type { APIGatewayProxyEvent, Context } from 'aws-lambda';

interface Prelude {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly multiValueHeaders?: Readonly<Record<string, string[]>>;
}

/** Keeps what is written: the prelude first, then the body. */
export class ResponseStream extends Writable {
  prelude: Prelude | undefined;
  readonly pieces: Buffer[] = [];
  override _write(piece: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.pieces.push(piece);
    done();
  }
  get body(): Buffer {
    return Buffer.concat(this.pieces);
  }
}

type Streaming = (event: APIGatewayProxyEvent, stream: ResponseStream, context: Context) => Promise<void>;

/** The global must be there before a handler is made, so a test imports its handler after this. */
export function installRuntime(): void {
  const awslambda = {
    streamifyResponse: (handler: Streaming) => handler,
    HttpResponseStream: { from: (stream: ResponseStream, prelude: Prelude) => Object.assign(stream, { prelude }) },
  };
  Object.assign(globalThis, { awslambda });
}

/** An event of a REST API. */
export const gatewayEvent = (changes: Partial<APIGatewayProxyEvent> = {}): APIGatewayProxyEvent =>
  ({
    httpMethod: 'GET',
    path: '/api/session',
    headers: {},
    multiValueHeaders: null,
    queryStringParameters: null,
    body: null,
    isBase64Encoded: false,
    requestContext: { requestId: 'gateway-1' },
    ...changes,
  }) as unknown as APIGatewayProxyEvent;

/** Invokes a function once, with so many milliseconds left. */
export async function invoke(
  handler: unknown,
  event: APIGatewayProxyEvent,
  remaining = 60_000,
  tenantId?: string,
): Promise<ResponseStream> {
  const stream = new ResponseStream();
  const context = { getRemainingTimeInMillis: () => remaining, awsRequestId: 'lambda-1', tenantId } as Context;
  await (handler as Streaming)(event, stream, context);
  return stream;
}
