import { randomBytes } from 'node:crypto';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import { ENV } from '#core/env.ts';
import { startDynamo } from '../support/dynamo.ts';
import { gatewayEvent, installRuntime, invoke } from '../support/lambda-runtime.ts';

test('the function starts from its environment, and refuses keys as AWS does', async () => {
  await using dynamo = await startDynamo('table-of-a-test');
  installRuntime();
  process.env[ENV.sessionSecret] = randomBytes(32).toString('base64');
  process.env[ENV.table] = 'table-of-a-test';
  process.env[ENV.tableEndpoint] = dynamo.endpoint;
  const sts = mockClient(STSClient);
  sts.on(GetCallerIdentityCommand).rejects(Object.assign(new Error('no'), { name: 'InvalidClientTokenId' }));
  const { handler } = await import('../../lambdas/sign-in/handler.ts');
  const body = JSON.stringify({ accessKeyId: 'AKIATESTONLY00000001', secretAccessKey: 'secret-of-a-test' });
  const quiet = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  const { prelude, body: answer } = await invoke(handler, gatewayEvent({ httpMethod: 'POST', body }));
  quiet.mockRestore();
  expect(prelude?.statusCode).toBe(400);
  expect(JSON.parse(String(answer))).toMatchObject({ code: 'KEYS_INVALID', requestId: 'gateway-1' });
  expect(sts.calls()).toHaveLength(1);
  const items = await dynamo.items();
  expect(items.filter(({ pk }) => pk === 'ATTEMPTS')).toHaveLength(3);
  expect(items.filter(({ pk }) => pk !== 'ATTEMPTS')).toMatchObject([
    { kind: 'sign-in', outcome: 'refused', code: 'KEYS_INVALID' },
  ]);
});
