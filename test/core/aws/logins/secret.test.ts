import { secret } from '#core/aws/logins/secret.ts';
import { type PrincipalName, SECRETS_KEY_ARN } from '#core/local/account/principals.ts';
import { createRegistry } from '#core/local/account/registry.ts';
import { secretsManager } from '#core/local/aws/secrets-manager.ts';
import { shopClaims } from '../../../support/databases.ts';
import { keysOf } from '../../../support/local-databases.ts';
import { startLocalEndpoint } from '../../../support/local-endpoint.ts';

const registry = createRegistry(Buffer.alloc(32, 21));
const PASSWORD = 'p4ss-w0rd-of-a-test';

/** Of another region than the database, on purpose. */
const arnOf = (name: string) => `arn:aws:secretsmanager:us-west-2:111122223333:secret:${name}-AbCdEf`;
const kept = (name: string, value: string | Uint8Array, kmsKeyArn?: string) => ({
  accountId: '111122223333',
  region: 'us-west-2',
  arn: arnOf(name),
  name,
  tags: {},
  versions: [{ id: '0'.repeat(32), stages: ['AWSCURRENT'], value }],
  ...(kmsKeyArn && { kmsKeyArn }),
});
const rotated = { engine: 'postgres', host: 'elsewhere.test', port: 5432, username: 'main', password: PASSWORD };

let endpoint: AsyncDisposable;
beforeAll(async () => {
  const secrets = [
    kept('rds!db-1', JSON.stringify({ username: 'main', password: PASSWORD })),
    kept('rds!db-2', JSON.stringify({ username: 'main', password: PASSWORD }), SECRETS_KEY_ARN),
    kept('rotated', JSON.stringify(rotated)),
    kept('own', JSON.stringify({ user: 'ours', password: PASSWORD })),
    kept('text', PASSWORD),
    kept('half', JSON.stringify({ username: 'main', token: PASSWORD })),
    kept('numbers', JSON.stringify({ username: 7, password: PASSWORD })),
    kept('bytes', new TextEncoder().encode(JSON.stringify(rotated))),
    { ...kept('emptied', ''), versions: [{ id: '0'.repeat(32), stages: ['AWSPENDING'], value: '' }] },
  ];
  endpoint = await startLocalEndpoint(registry, [secretsManager(secrets)]);
});
afterAll(() => endpoint[Symbol.asyncDispose]());

const read = (name: string, as: PrincipalName = 'ada') =>
  secret(
    { ...shopClaims, login: { method: 'secret', user: '', secretArn: arnOf(name) } },
    keysOf(registry, as),
    new AbortController().signal,
  );
const refusal = (name: string, as?: PrincipalName) =>
  read(name, as).then(
    () => 'It was read.',
    (error: unknown) => error,
  );

describe('a secret', () => {
  it.each([
    ['as RDS manages it', 'rds!db-1', 'main'],
    ['as its rotation writes it, whatever host it names', 'rotated', 'main'],
    ['with the word “user”', 'own', 'ours'],
  ])('%s is a login', async (_title, name, user) => {
    expect(await read(name)).toEqual({ user, password: PASSWORD });
  });

  it('of a region that is not enabled, where AWS knows no keys, is a secret that is not there', async () => {
    const secretArn = arnOf('own').replace('us-west-2', 'af-south-1');
    const nobody = { accessKeyId: 'AKIAIOSFODNN7NOBODY1', secretAccessKey: 'x'.repeat(40) };
    const claims = { ...shopClaims, login: { method: 'secret' as const, user: '', secretArn } };
    await expect(secret(claims, nobody, new AbortController().signal)).rejects.toMatchObject({
      code: 'LOGIN_FAILED',
      message: 'There is no secret own: its region is not enabled.',
    });
  });

  it.each([
    ['text', 'holds no user and password that Lodge can read'],
    ['half', 'holds no user and password that Lodge can read'],
    ['numbers', 'holds no user and password that Lodge can read'],
    ['bytes', 'holds bytes'],
    ['emptied', 'or nothing is in it'],
    ['nothing', 'There is no secret nothing'],
  ])('“%s” is refused with a sentence, and without what is in it', async (name, sentence) => {
    const error = await refusal(name);
    expect(error).toMatchObject({
      code: 'LOGIN_FAILED',
      message: expect.stringContaining(sentence),
      details: { resource: arnOf(name), step: 'credentials' },
    });
    const { message, details, cause } = error as { message: string; details: object; cause: unknown };
    expect(`${message} ${JSON.stringify(details)} ${String(cause)} ${JSON.stringify(cause)}`).not.toContain(PASSWORD);
  });

  it('that may not be read names the action and the ARN', async () => {
    expect(await refusal('rds!db-1', 'ben')).toMatchObject({
      code: 'AWS_DENIED',
      details: { action: 'secretsmanager:GetSecretValue', resource: arnOf('rds!db-1') },
    });
  });

  it('that may be read and not be decrypted names the key', async () => {
    const denied = (resource: string) => ({ code: 'AWS_DENIED', details: { action: 'kms:Decrypt', resource } });
    expect(await refusal('rds!db-2', 'cleo')).toMatchObject(denied(SECRETS_KEY_ARN));
    // Who may not ask which key it is, is told of all keys there.
    expect(await refusal('rds!db-2', 'dana')).toMatchObject(denied('arn:aws:kms:us-west-2:111122223333:key/*'));
  });
});
