import { Buffer } from 'node:buffer';
import { finished, Readable } from 'node:stream';
import middy from '@middy/core';
import { executionModeStreamifyResponse } from '@middy/core/StreamifyResponse';
import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import { deadline } from '../deadline.ts';
import { addressOf } from './address.ts';
import { pack } from './compress.ts';
import type { HttpRequest, Serve } from './message.ts';

/**
 * Serves as a Lambda function behind a streaming method of an API Gateway REST API (proxy events): status and headers
 * leave as soon as the handler has decided on them, the body follows piece by piece. `siteProof`: see `address.ts`.
 */
export const lambda = (serve: Serve, siteProof?: string) =>
  middy<APIGatewayProxyEvent>({ executionMode: executionModeStreamifyResponse }).handler(
    async (event: APIGatewayProxyEvent, context: Context) => {
      const time = deadline(context.getRemainingTimeInMillis());
      const request = toRequest(event, context, { siteProof, signal: time.signal });
      const answer = await serve(request);
      const packed = await pack(answer, request.headers['accept-encoding']);
      const body = Buffer.isBuffer(packed.body) ? Readable.from([packed.body]) : packed.body;
      finished(body, time.clear);
      const cookies = answer.cookies.length > 0 ? { multiValueHeaders: { 'Set-Cookie': [...answer.cookies] } } : {};
      return { statusCode: answer.status, headers: packed.headers, ...cookies, body };
    },
  );

interface Around {
  readonly siteProof: string | undefined;
  readonly signal: AbortSignal;
}

function toRequest(event: APIGatewayProxyEvent, context: Context, { siteProof, signal }: Around): HttpRequest {
  const headers = readHeaders(event);
  // The identity is absent where a test, or a person, calls the function with an event of their own.
  const sourceIp = event.requestContext.identity?.sourceIp ?? '';
  return {
    method: event.httpMethod,
    path: event.path,
    query: defined(event.queryStringParameters),
    headers,
    body:
      event.body && event.isBase64Encoded
        ? Buffer.from(event.body, 'base64').toString('utf8')
        : (event.body ?? undefined),
    requestId: event.requestContext.requestId ?? context.awsRequestId,
    address: addressOf({ headers, sourceIp }, siteProof),
    signal,
  };
}

/** Several headers of one name are joined as HTTP allows: cookies by semicolons (RFC 6265bis), others by commas. */
function readHeaders({ headers, multiValueHeaders }: APIGatewayProxyEvent): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const [name, value] of Object.entries(defined(headers))) joined[name.toLowerCase()] = value;
  for (const [name, values] of Object.entries(multiValueHeaders ?? {})) {
    const lower = name.toLowerCase();
    if (values && values.length > 0) joined[lower] = values.join(lower === 'cookie' ? '; ' : ', ');
  }
  return joined;
}

const defined = (values: Record<string, string | undefined> | null): Record<string, string> =>
  Object.fromEntries(Object.entries(values ?? {}).filter((pair): pair is [string, string] => pair[1] !== undefined));
