import { rdsToken } from '#core/aws/logins/rds-token.ts';
import { shopClaims } from '../../../support/databases.ts';
import { sessionOf } from '../../../support/people.ts';

const sign = async () => {
  const claims = { ...shopClaims, region: 'eu-west-1' };
  const { user, password } = await rdsToken(claims, sessionOf('reader').credentials, new AbortController().signal);
  expect(user).toBe('app_iam');
  return new URL(`https://${password}`);
};

describe('a database token', () => {
  it('is a presigned rds-db:connect for one host, port and user', async () => {
    const token = await sign();
    expect(token.host).toBe('shop.test:5432');
    expect(token.searchParams.get('Action')).toBe('connect');
    expect(token.searchParams.get('DBUser')).toBe('app_iam');
    expect(token.searchParams.get('X-Amz-Credential')).toMatch(
      /^ASIATESTONLY00000001\/\d{8}\/eu-west-1\/rds-db\/aws4_request$/,
    );
  });

  it('is valid for fifteen minutes', async () => {
    expect((await sign()).searchParams.get('X-Amz-Expires')).toBe('900');
  });

  it('carries the session token of temporary credentials, and never the secret', async () => {
    const token = await sign();
    expect(token.searchParams.get('X-Amz-Security-Token')).toBe('not-a-token');
    expect(token.href).not.toContain('not-a-secret');
  });
});
