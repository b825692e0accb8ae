import { DsqlSigner } from '@aws-sdk/dsql-signer';
import { createRegistry } from '#core/local/account/registry.ts';
import { dsqlRefusal, dsqlTokens } from '#core/local/gateway/dsql-token.ts';
import type { Credentials } from '#core/ports/identity.ts';

const registry = createRegistry(Buffer.alloc(32, 9));
const ada = registry.longTerm('ada');
const audience = {
  accountId: '111122223333',
  region: 'eu-west-1',
  id: 'lodgedemoaccounts000000001',
  host: 'localhost',
};

/** A token as AWS's own signer makes it. */
const sign = (
  action: 'admin' | 'other',
  over: { hostname?: string; region?: string; credentials?: Credentials; expiresIn?: number } = {},
) => {
  const signer = new DsqlSigner({ hostname: 'localhost', region: 'eu-west-1', credentials: ada, ...over });
  return action === 'admin' ? signer.getDbConnectAdminAuthToken() : signer.getDbConnectAuthToken();
};
const refusal = (token: string, user = 'admin', now = Date.now()) => dsqlRefusal(token, user, audience, registry, now);

test('a token of AWS’s own signer lets its user in', async () => {
  expect(refusal(await sign('admin'))).toBeUndefined();
  expect(refusal(await sign('other'), 'bookkeeper')).toBeUndefined();
});

test('the administrator needs a token of its own, and nobody else may have that', async () => {
  expect(refusal(await sign('other'))).toMatch(/another action/);
  expect(refusal(await sign('admin'), 'bookkeeper')).toMatch(/another action/);
});

test.each([
  ['for another host', () => sign('admin', { hostname: 'elsewhere' }), /another host/],
  ['for another region', () => sign('admin', { region: 'eu-central-1' }), /another service or region/],
  ['of another account', () => sign('admin', { credentials: registry.longTerm('erin') }), /another account/],
  [
    'of somebody who may not',
    () => sign('admin', { credentials: registry.longTerm('ben') }),
    /dsql:DbConnectAdmin is not allowed on arn:aws:dsql:eu-west-1:111122223333:cluster\/lodgedemo/,
  ],
  ['that is a password', async () => 'a password', /no token at all/],
])('a token %s is refused', async (_title, make, why) => {
  expect(refusal(await make())).toMatch(why);
});

test('a token lives as long as it says', async () => {
  const token = await sign('admin', { expiresIn: 3_600 });
  expect(refusal(token, 'admin', Date.now() + 3_590_000)).toBeUndefined();
  expect(refusal(token, 'admin', Date.now() + 3_601_000)).toMatch(/expired/);
});

test('whoever comes is verified, and stays who it is', async () => {
  const verifier = dsqlTokens(audience, registry);
  const attempt = { user: 'admin', database: 'postgres', port: 1, now: Date.now() };
  expect(verifier.admit({ ...attempt, password: await sign('admin') })).toEqual({ role: 'admin' });
  expect(verifier.admit({ ...attempt, password: 'a password' })).toBeUndefined();
});
