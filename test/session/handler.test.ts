import { randomBytes } from 'node:crypto';
import { ENV } from '#core/env.ts';
import { gatewayEvent, installRuntime, invoke } from '../support/lambda-runtime.ts';

test('the function starts from its environment, knows nobody without a session, and signs anybody out', async () => {
  installRuntime();
  process.env[ENV.sessionSecret] = randomBytes(32).toString('base64');
  const { handler } = await import('../../lambdas/session/handler.ts');
  const quiet = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  const nobody = await invoke(handler, gatewayEvent());
  const out = await invoke(handler, gatewayEvent({ httpMethod: 'DELETE' }));
  quiet.mockRestore();
  expect([nobody.prelude?.statusCode, JSON.parse(String(nobody.body)).code]).toEqual([401, 'SESSION_MISSING']);
  expect(out.prelude?.statusCode).toBe(204);
  expect(out.prelude?.multiValueHeaders?.['Set-Cookie']).toHaveLength(2);
});
