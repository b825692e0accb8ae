/** A request of an SDK as it came over the wire, with nothing decided yet. */
import type { IncomingMessage } from 'node:http';
import { Fault } from './fault.ts';
import { type SignedRequest, serviceOf } from './verify-request.ts';

export interface AwsRequest extends SignedRequest {
  /** Empty for S3. */
  readonly body: Buffer;
  /** What has not been read: an object of S3 passes through, however large it is. */
  readonly unread: AsyncIterable<Buffer>;
  /** The parameters of the query protocol: of the address and of a form in the body. */
  readonly parameters: ReadonlyMap<string, string>;
  /** `X-Amz-Target` at its last dot: service and operation. */
  readonly target: { readonly service: string; readonly operation: string } | undefined;
}

/** DynamoDB takes up to 16 MB in one call. */
const BODY_LIMIT = 16 * 1024 * 1024;

export const readRequest = async (message: IncomingMessage): Promise<AwsRequest> => {
  const url = new URL(message.url ?? '/', 'http://local');
  const headers = headersOf(message.rawHeaders);
  const query = [...url.searchParams];
  const body = serviceOf(headers, query) === 's3' ? Buffer.alloc(0) : await readBody(message);
  const isForm = headers.get('content-type')?.startsWith('application/x-www-form-urlencoded') ?? false;
  const form = isForm ? [...new URLSearchParams(body.toString('utf8'))] : [];
  return {
    method: message.method ?? 'GET',
    // As it was sent: a URL's own path would have its dots resolved already.
    path: (message.url ?? '/').split('?', 1)[0] ?? '/',
    query,
    headers,
    body,
    // Whoever stops reading wants to answer still, on the same connection.
    unread: message.iterator({ destroyOnReturn: false }),
    parameters: new Map([...query, ...form]),
    target: targetOf(headers.get('x-amz-target')),
  };
};

const headersOf = (raw: readonly string[]): Map<string, string> => {
  const headers = new Map<string, string>();
  for (let index = 0; index < raw.length; index += 2) {
    const name = (raw[index] ?? '').toLowerCase();
    const value = raw[index + 1] ?? '';
    headers.set(name, headers.has(name) ? `${headers.get(name)},${value}` : value);
  }
  return headers;
};

const readBody = async (message: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    size += chunk.length;
    if (size > BODY_LIMIT) throw new Fault('invalid', 'Request body is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

const targetOf = (header: string | undefined): AwsRequest['target'] => {
  const dot = header?.lastIndexOf('.') ?? -1;
  return header && dot > 0 ? { service: header.slice(0, dot), operation: header.slice(dot + 1) } : undefined;
};
