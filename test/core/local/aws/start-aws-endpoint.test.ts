import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { IAMClient, ListAccountAliasesCommand } from '@aws-sdk/client-iam';
import { KMSClient, ListKeysCommand } from '@aws-sdk/client-kms';
import { GetAccessKeyInfoCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { PRINCIPALS } from '#core/local/account/principals.ts';
import { dynamoDb } from '#core/local/aws/dynamo-db.ts';
import { iam } from '#core/local/aws/iam.ts';
import { kms } from '#core/local/aws/kms.ts';
import { startAwsEndpoint } from '#core/local/aws/start-aws-endpoint.ts';
import { sts } from '#core/local/aws/sts.ts';
import type { Credentials } from '#core/ports/identity.ts';
import { ada, endpointWith, refusal, registry, seed, temporary } from './sdk.ts';

const nowhere = dynamoDb(() => Promise.reject(new Error('Nothing is passed on here.')));
const config = endpointWith(sts(registry), kms(seed), nowhere);
const whoIs = (credentials: Credentials, more = {}) =>
  new STSClient({ ...config(credentials), ...more }).send(new GetCallerIdentityCommand({}));

describe('a signature', () => {
  test('with a wrong secret is refused', async () => {
    const wrong = { ...ada, secretAccessKey: 'x'.repeat(40) };
    expect(await refusal(whoIs(wrong))).toEqual(['SignatureDoesNotMatch', 403, expect.any(String)]);
    expect(await refusal(new KMSClient(config(wrong)).send(new ListKeysCommand({})))).toEqual([
      'InvalidSignatureException',
      400,
      expect.any(String),
    ]);
  });

  test('with an unknown key is refused', async () => {
    const unknown = { ...ada, accessKeyId: `AKIA${'X'.repeat(16)}` };
    expect(await refusal(whoIs(unknown))).toEqual(['InvalidClientTokenId', 403, expect.any(String)]);
    expect(await refusal(new DynamoDBClient(config(unknown)).send(new ListTablesCommand({})))).toEqual([
      'UnrecognizedClientException',
      400,
      expect.any(String),
    ]);
  });

  test('with expired temporary keys is refused', async () => {
    const expired = temporary(registry.issue('dana', 'assumed-role', -60));
    expect(await refusal(whoIs(expired))).toEqual(['ExpiredToken', 403, expect.any(String)]);
    expect(await refusal(new DynamoDBClient(config(expired)).send(new ListTablesCommand({})))).toEqual([
      'ExpiredTokenException',
      400,
      expect.any(String),
    ]);
  });

  test('by a clock that is an hour off is refused, and says by how much', async () => {
    const late = await refusal(whoIs(ada, { systemClockOffset: -3_600_000 }));
    expect(late).toEqual(['SignatureDoesNotMatch', 403, expect.stringContaining('Signature expired: ')]);
    const early = await refusal(whoIs(ada, { systemClockOffset: 3_600_000 }));
    expect(early).toEqual(['SignatureDoesNotMatch', 403, expect.stringContaining('Signature not yet current: ')]);
  });

  test('that is missing is asked for, in the words of each protocol', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const body = 'Action=GetCallerIdentity&Version=2011-06-15';
    const query = await fetch(config(ada).endpoint, { method: 'POST', headers: form, body });
    expect(query.status).toBe(403);
    expect(await query.text()).toContain('<Code>MissingAuthenticationToken</Code>');
    const target = { 'x-amz-target': 'TrentService.Decrypt', 'content-type': 'application/x-amz-json-1.1' };
    const json = await fetch(config(ada).endpoint, { method: 'POST', headers: target, body: '{}' });
    expect(json.status).toBe(400);
    expect(await json.json()).toMatchObject({ __type: 'MissingAuthenticationTokenException' });
  });

  test('is of no use at another path, nor for a service that is not here', async () => {
    const nowhere = await fetch(`${config(ada).endpoint}/latest/meta-data`);
    expect([nowhere.status, nowhere.headers.get('x-amzn-errortype')]).toEqual([404, 'UnknownOperationException']);
    const answer = await fetch(`${config(ada).endpoint}/?Action=RunInstances&Version=2016-11-15`);
    expect(await answer.text()).toContain('<Code>InvalidAction</Code>');
  });

  test('does not open an operation that is not here', async () => {
    const client = new STSClient(config(ada));
    const AccessKeyId = ada.accessKeyId;
    expect(await refusal(client.send(new GetAccessKeyInfoCommand({ AccessKeyId })))).toEqual([
      'InvalidAction',
      400,
      expect.any(String),
    ]);
    expect(await refusal(new KMSClient(config(ada)).send(new ListKeysCommand({})))).toEqual([
      'UnknownOperationException',
      400,
      expect.any(String),
    ]);
  });
});

test('whoever calls too fast is throttled, and others are not', async () => {
  await using slow = await startAwsEndpoint({ registry, services: [sts(registry)], rate: { burst: 2, perSecond: 0 } });
  const call = (credentials: Credentials) => whoIs(credentials, { endpoint: slow.url });
  await call(ada);
  await call(ada);
  expect(await refusal(call(ada))).toEqual(['Throttling', 400, 'Rate exceeded']);
  expect((await call(registry.longTerm('ben'))).Arn).toBe(PRINCIPALS.ben.arn);
});

test('an operation that breaks is a fault of the service, and shows nothing', async () => {
  const breaks = () => {
    throw new Error('the inside');
  };
  const broken = { ...iam, operations: { ListAccountAliases: breaks } };
  await using failing = await startAwsEndpoint({ registry, services: [broken] });
  const client = new IAMClient({ ...config(ada), endpoint: failing.url });
  const [code, status, message] = await refusal(client.send(new ListAccountAliasesCommand({})));
  expect([code, status]).toEqual(['ServiceUnavailable', 503]);
  expect(message).not.toContain('the inside');
});
