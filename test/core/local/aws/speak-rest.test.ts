import { DocDBElasticClient, GetClusterCommand, ListClustersCommand } from '@aws-sdk/client-docdb-elastic';
import type { RestOperation, RestService } from '#core/local/aws/service.ts';
import { formatAmzDate, sha256, signatureOf } from '#core/local/aws/signature.ts';
import { restJson } from '#core/local/aws/speak-rest.ts';
import { startAwsEndpoint } from '#core/local/aws/start-aws-endpoint.ts';
import { ada, endpointWith, refusal, registry, temporary } from './sdk.ts';

const docDbElastic = (...operations: RestOperation[]): RestService => ({
  protocol: 'rest',
  name: 'docdb-elastic',
  operations,
});
const echo: RestOperation = {
  method: 'GET',
  path: '/cluster/{arn}',
  answer: ({ path }, { region }) => restJson({ cluster: { clusterArn: path.get('arn'), clusterName: region } }),
};
const breaks: RestOperation = {
  method: 'GET',
  path: '/clusters',
  answer() {
    throw new Error('the inside');
  },
};
const left = Promise.withResolvers<string>();
const endless: RestService = {
  protocol: 'rest',
  name: 'lambda',
  operations: [
    {
      method: 'POST',
      path: '/2021-11-15/functions/{name}/response-streaming-invocations',
      answer: ({ body }) => ({ status: 200, headers: { 'content-type': 'text/plain' }, body: repeat(body) }),
    },
  ],
};
async function* repeat(body: Buffer) {
  try {
    for (;;) yield body;
  } finally {
    left.resolve('The reader has left.');
  }
}

const config = endpointWith(docDbElastic(echo, breaks), endless);
const arn = 'arn:aws:docdb-elastic:eu-central-1:111122223333:cluster/5f0c 1b/é+%2F..';
const get = (credentials = ada, more = {}) =>
  new DocDBElasticClient({ ...config(credentials), ...more }).send(new GetClusterCommand({ clusterArn: arn }));

test('a segment of the path is read whole, whatever is encoded in it', async () => {
  expect((await get()).cluster).toMatchObject({ clusterArn: arn, clusterName: 'eu-central-1' });
});

test('refusals have the names and statuses of REST-JSON', async () => {
  const wrong = { ...ada, secretAccessKey: 'x'.repeat(40) };
  expect(await refusal(get(wrong))).toEqual(['InvalidSignatureException', 403, expect.any(String)]);
  const unknown = { ...ada, accessKeyId: `AKIA${'X'.repeat(16)}` };
  expect(await refusal(get(unknown))).toEqual(['UnrecognizedClientException', 403, expect.any(String)]);
  const expired = temporary(registry.issue('dana', 'assumed-role', -60));
  expect(await refusal(get(expired))).toEqual(['ExpiredTokenException', 403, expect.any(String)]);
});

test('a path that is not here, or not for this method, is no operation', async () => {
  await using other = await startAwsEndpoint({ registry, services: [docDbElastic({ ...echo, method: 'DELETE' })] });
  const refused = await refusal(get(ada, { endpoint: other.url }));
  expect(refused).toEqual(['UnknownOperationException', 404, expect.stringContaining('GET /cluster/arn%3Aaws')]);
});

test('an operation that breaks is a fault of the service, and shows nothing', async () => {
  const [code, status, message] = await refusal(new DocDBElasticClient(config(ada)).send(new ListClustersCommand({})));
  expect([code, status]).toEqual(['InternalServerException', 500]);
  expect(message).not.toContain('the inside');
});

test('who calls too fast is throttled', async () => {
  const rate = { burst: 0, perSecond: 0 };
  await using slow = await startAwsEndpoint({ registry, services: [docDbElastic(echo)], rate });
  expect(await refusal(get(ada, { endpoint: slow.url }))).toEqual(['ThrottlingException', 429, 'Rate exceeded']);
});

test('a body that streams is sent as it comes, and ends where its reader leaves', async () => {
  const url = new URL('/2021-11-15/functions/x/response-streaming-invocations', config(ada).endpoint);
  const { body } = await fetch(url, { method: 'POST', headers: signed(url, 'again '), body: 'again ' });
  const reader = (body as ReadableStream<Uint8Array>).getReader();
  const { value } = await reader.read();
  expect(Buffer.from(value ?? []).toString()).toMatch(/^again /);
  await reader.cancel();
  expect(await left.promise).toBe('The reader has left.');
});

/** What a client of Lambda would send; AWS's own expects a stream of events, which is not what is tried here. */
const signed = ({ host, pathname: path }: URL, body: string): Record<string, string> => {
  const date = formatAmzDate(Date.now());
  const scope = { accessKeyId: ada.accessKeyId, date: date.slice(0, 8), region: 'eu-central-1', service: 'lambda' };
  const headers = [['host', host] as const, ['x-amz-date', date] as const];
  const request = { method: 'POST', path, query: [], headers, payloadHash: sha256(body) };
  const signature = signatureOf(request, date, scope, ada.secretAccessKey);
  const credential = `${scope.accessKeyId}/${scope.date}/${scope.region}/lambda/aws4_request`;
  return {
    'x-amz-date': date,
    authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host;x-amz-date, Signature=${signature}`,
  };
};
