import { Buffer } from 'node:buffer';
import { finished, Readable } from 'node:stream';
import middy from '@middy/core';
import { executionModeStreamifyResponse } from '@middy/core/StreamifyResponse';
import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import { deadline } from '../deadline.ts';
import { addressOf } from './address.ts';
import { pack } from './compress.ts';
import { defined, readHeaders } from './event-headers.ts';
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
    // Absent where nothing is isolated.
    ...(context.tenantId !== undefined && { tenant: context.tenantId }),
    signal,
  };
}
