import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { AppError } from '#contract/errors.ts';
import { openConnection, sealConnection } from '#core/session/connection-token.ts';
import { seal } from '#core/session/sealed.ts';
import { sealSession } from '#core/session/session-token.ts';
import { shopClaims, tableClaims } from '../../support/databases.ts';
import { sessionOf } from '../../support/people.ts';
import { ownDataKeys } from '../../support/ports.ts';

const session = { ...sessionOf('reader'), key: randomBytes(32) };

const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'opened',
    (error: unknown) => (error instanceof AppError ? error.code : `not ours: ${error}`),
  );

test('a connection opens in the session that sealed it', async () => {
  const claims = { ...shopClaims, login: { method: 'password' as const, user: 'app', password: 'pass of a test' } };
  expect(await openConnection(session, await sealConnection(session, claims))).toEqual(claims);
});

test("a connection with the session's own keys opens too, and holds none of them", async () => {
  const { credentials } = session;
  const token = await sealConnection(session, { ...tableClaims, ...{ credentials } });
  expect(await openConnection(session, token)).toEqual(tableClaims);
});

test('a password does not show in the token', async () => {
  const claims = { ...shopClaims, login: { method: 'password' as const, user: 'app', password: 'pass-of-a-test' } };
  const token = await sealConnection(session, claims);
  for (const part of token.split('.'))
    expect(Buffer.from(part, 'base64url').toString('latin1')).not.toContain('pass-of');
});

test('the token names its session and ends with it', async () => {
  const [head = ''] = (await sealConnection(session, shopClaims)).split('.');
  const header = JSON.parse(Buffer.from(head, 'base64url').toString());
  expect(header).toMatchObject({ typ: 'lodge-connection', sid: session.id, exp: session.expiresAt.getTime() });
});

test('another session does not open it', async () => {
  const token = await sealConnection(session, shopClaims);
  expect(await codeOf(openConnection({ ...session, id: 'another' }, token))).toBe('CONNECTION_INVALID');
  expect(await codeOf(openConnection({ ...session, key: randomBytes(32) }, token))).toBe('CONNECTION_INVALID');
});

test('a session token is not a connection', async () => {
  const { issuedAt, expiresAt, user, account } = session;
  const credentials = {
    accessKeyId: 'ASIATESTONLY00000001',
    secretAccessKey: 'secret-of-a-test',
    sessionToken: 'token',
  };
  const sealed = await sealSession(ownDataKeys(), { issuedAt, expiresAt, user, account, credentials });
  expect(await codeOf(openConnection(sealed.session, sealed.token))).toBe('CONNECTION_INVALID');
});

test('claims of another shape are refused, even when sealed with the right key', async () => {
  const header = { typ: 'lodge-connection', sid: session.id, exp: session.expiresAt.getTime() } as const;
  const wrong = [null, {}, { ...shopClaims, engine: 'abacus' }, { ...shopClaims, target: { host: 'h' } }];
  for (const claims of wrong)
    expect(await codeOf(openConnection(session, await seal(header, claims, session.key)))).toBe('CONNECTION_INVALID');
});

test('a token altered or cut anywhere is refused', async () => {
  const token = await sealConnection(session, shopClaims);
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.constantFrom(...'Aa0-_.'), fc.boolean(), async (at, character, cut) => {
      const place = at % token.length;
      const altered = cut ? token.slice(0, place) : token.slice(0, place) + character + token.slice(place + 1);
      if (altered !== token) expect(await codeOf(openConnection(session, altered))).toBe('CONNECTION_INVALID');
    }),
    { numRuns: 300 },
  );
});

test('any text at all is refused', () =>
  fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
      expect(await codeOf(openConnection(session, text))).toBe('CONNECTION_INVALID');
    }),
  ));
