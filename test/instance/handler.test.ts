import { randomBytes } from 'node:crypto';
import { tenantHere } from '#core/aws/own-tenant.ts';
import { ENV } from '#core/env.ts';
import { startDynamo } from '../support/dynamo.ts';
import { gatewayEvent, installRuntime, invoke } from '../support/lambda-runtime.ts';

test('the function starts from its environment, and reads its table', async () => {
  await using dynamo = await startDynamo('table-of-a-test');
  installRuntime();
  process.env[ENV.sessionSecret] = randomBytes(32).toString('base64');
  process.env[ENV.table] = 'table-of-a-test';
  process.env[ENV.tableEndpoint] = dynamo.endpoint;
  const { handler } = await import('../../lambdas/instance/handler.ts');
  const quiet = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  const { prelude, body } = await invoke(handler, gatewayEvent({ path: '/api/instance' }));
  await invoke(handler, gatewayEvent({ path: '/api/instance' }), 60_000, 'tenant-of-a-test');
  quiet.mockRestore();
  expect(tenantHere()).toBe('tenant-of-a-test');
  expect(prelude?.statusCode).toBe(200);
  expect(JSON.parse(String(body))).toEqual({ claimed: false, name: 'Lodge' });
});
