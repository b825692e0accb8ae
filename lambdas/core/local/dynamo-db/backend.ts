/** What the DynamoDB of this machine is to the rest of the local account. */
import { Agent, request } from 'node:http';
import type { WholeAnswer } from '../aws/service.ts';

/** Whose tables: each account has its own in each region. */
export interface Place {
  readonly accountId: string;
  readonly region: string;
}

/** Sends one call, whose permission was checked before, to the tables of a place. */
export type Forward = (to: Place, operation: string, body: Buffer) => Promise<WholeAnswer>;

export interface Backend extends AsyncDisposable {
  readonly title: string;
  readonly forward: Forward;
  /** What is faster for many items: DynamoDB Local waits for its disk once a transaction, and once an item of a batch. */
  readonly bulk: 'batch' | 'transaction';
}

export interface DynamoDbServer {
  readonly port: number;
  /** Only tells callers apart: a DynamoDB on one's own machine does not verify signatures. */
  readonly accessKeyId: string;
}

const agent = new Agent({ keepAlive: true, maxSockets: 32 });
const HEADERS_KEPT = ['content-type', 'x-amz-crc32'];

/** One call over the DynamoDB protocol. Rejects where the server does not answer. */
export const post = (server: DynamoDbServer, region: string, operation: string, body: Buffer): Promise<WholeAnswer> =>
  new Promise((resolve, reject) => {
    const scope = `${server.accessKeyId}/20260101/${region}/dynamodb/aws4_request`;
    const headers = {
      'content-type': 'application/x-amz-json-1.0',
      'content-length': body.byteLength,
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      'x-amz-date': '20260101T000000Z',
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`,
    };
    const call = request({ agent, host: '127.0.0.1', port: server.port, method: 'POST', path: '/', headers });
    call.once('error', reject);
    call.once('response', async (response) => {
      const chunks = await Array.fromAsync(response as AsyncIterable<Buffer>).catch(reject);
      if (!chunks) return;
      const kept = HEADERS_KEPT.map((name) => [name, response.headers[name]]).filter(
        ([, value]) => value !== undefined,
      );
      resolve({ status: response.statusCode ?? 500, headers: Object.fromEntries(kept), body: Buffer.concat(chunks) });
    });
    call.end(body);
  });

/** One call with objects instead of bytes. The error's name is DynamoDB's, such as `ResourceNotFoundException`. */
export const call = async <T = Record<string, unknown>>(
  forward: Forward,
  to: Place,
  operation: string,
  input: object,
): Promise<T> => {
  const { status, body } = await forward(to, operation, Buffer.from(JSON.stringify(input)));
  const answer = JSON.parse(Buffer.from(body).toString('utf8'));
  if (status === 200) return answer;
  const refusal = new Error(answer.message ?? answer.Message ?? operation);
  refusal.name =
    String(answer.__type ?? '')
      .split('#')
      .at(-1) ?? 'Error';
  throw refusal;
};
