import { randomBytes } from 'node:crypto';
import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { AppError } from '#contract/errors.ts';
import { localDataKeys } from '#core/aws/local-keys.ts';
import { ENV } from '#core/env.ts';
import type { DataKeys } from '#core/ports/data-keys.ts';
import { sessionCookies } from '#core/session/cookies.ts';
import { guard } from '#core/session/guard.ts';
import { sealSession } from '#core/session/session-token.ts';
import { NOBODY, tenantOf } from '#core/session/tenant.ts';
import { nameTenant } from '../../lambdas/authorizer/name-tenant.ts';
import { sessionOf } from '../support/people.ts';
import { memoryStore, ownDataKeys, stoppedClock } from '../support/ports.ts';
import { cookieHeader } from '../support/requests.ts';

const { user, account } = sessionOf('reader');
const credentials = { accessKeyId: 'ASIATESTONLY00000001', secretAccessKey: 'secret-of-a-test', sessionToken: 'token' };

async function house(keys: DataKeys = ownDataKeys(), id = user.id, now = '2026-11-23T10:00:00Z') {
  const { clock, pass } = stoppedClock(now);
  const span = { issuedAt: clock(), expiresAt: new Date(clock().getTime() + 3_600_000) };
  const made = { user: { ...user, id }, account, credentials, ...span };
  const { token } = await sealSession(keys, made);
  const cookie = cookieHeader({ cookies: sessionCookies(token, span) });
  const tenant = nameTenant({ dataKeys: keys, clock });
  const door = guard({ dataKeys: keys, clock, store: memoryStore().store });
  return { token, cookie, tenant, pass, door };
}

test('a request with a session goes to its user’s tenant, by cookie and by header', async () => {
  const { token, cookie, tenant } = await house();
  expect(await tenant({ cookie })).toBe(tenantOf(user.id));
  expect(await tenant({ authorization: `Bearer ${token}` })).toBe(tenantOf(user.id));
});

test('what a client says of tenants counts for nothing', async () => {
  const { cookie, tenant } = await house();
  const said = { 'x-amz-tenant-id': 'mine', 'x-amzn-tenant-id': 'mine', 'x-tenant-id': 'mine' };
  expect(await tenant({ cookie, ...said })).toBe(tenantOf(user.id));
  expect(await tenant(said)).toBe(NOBODY);
});

test('two users have two tenants, which say nothing of who they are', async () => {
  const other = 'aws:111122223333:AROATESTONLY:maria@example.com';
  expect(tenantOf(other)).not.toBe(tenantOf(user.id));
  for (const id of [user.id, other]) expect(tenantOf(id)).toMatch(/^[0-9a-f]{64}$/);
});

test('whoever has no session, an expired one or a forged one goes to nobody’s', async () => {
  const { token, tenant, pass } = await house();
  expect(await tenant({})).toBe(NOBODY);
  expect(await tenant({ authorization: 'Bearer not-a-token' })).toBe(NOBODY);
  const [header = '', ...rest] = token.split('.');
  const named = JSON.parse(Buffer.from(header, 'base64url').toString());
  const forged = Buffer.from(JSON.stringify({ ...named, uid: 'aws:111122223333:AIDASOMEBODYELSE' })).toString(
    'base64url',
  );
  expect(await tenant({ authorization: `Bearer ${[forged, ...rest].join('.')}` })).toBe(NOBODY);
  pass(3_600);
  expect(await tenant({ authorization: `Bearer ${token}` })).toBe(NOBODY);
});

test('where the key cannot be asked for, it says nothing: a session it has not looked at is not nobody’s', async () => {
  const { cookie } = await house();
  const { clock } = stoppedClock();
  const unwrap = () => Promise.reject(new AppError('AWS_UNAVAILABLE'));
  await expect(nameTenant({ dataKeys: { ...ownDataKeys(), unwrap }, clock })({ cookie })).rejects.toMatchObject({
    code: 'AWS_UNAVAILABLE',
  });
});

test('a function opens no session of another tenant than its own', async () => {
  const { cookie, door } = await house();
  const opened = (tenant?: string) => door.open({ method: 'GET', headers: { cookie }, ...(tenant && { tenant }) });
  expect((await opened()).user.id).toBe(user.id);
  expect((await opened(tenantOf(user.id))).user.id).toBe(user.id);
  for (const tenant of [NOBODY, tenantOf('aws:111122223333:AIDABOB')])
    await expect(opened(tenant)).rejects.toMatchObject({ code: 'SESSION_INVALID' });
});

test('as a function it lets the one method be called, and names the tenant', async () => {
  const secret = randomBytes(32).toString('base64');
  process.env[ENV.sessionSecret] = secret;
  const { handler } = await import('../../lambdas/authorizer/handler.ts');
  const { cookie } = await house(localDataKeys(secret), user.id, new Date().toISOString());
  const event = (headers: Record<string, string>) =>
    ({
      headers,
      multiValueHeaders: null,
      methodArn: 'arn:of/GET/api/session',
    }) as unknown as APIGatewayRequestAuthorizerEvent;
  expect(await handler(event({ Cookie: cookie }))).toEqual({
    principalId: tenantOf(user.id),
    policyDocument: {
      Version: '2012-10-17',
      Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: 'arn:of/GET/api/session' }],
    },
    context: { tenant: tenantOf(user.id) },
  });
  expect((await handler(event({}))).context).toEqual({ tenant: NOBODY });
});
