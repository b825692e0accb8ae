import fc from 'fast-check';
import { Keys } from '#contract/people.ts';
import { PRINCIPALS, type PrincipalName } from '#core/local/account/principals.ts';
import { createRegistry } from '#core/local/account/registry.ts';

const seed = Buffer.alloc(32, 1);
const registry = createRegistry(seed);
const withKeys: PrincipalName[] = ['ada', 'ben', 'cleo', 'erin', 'root', 'service'];

test.each(withKeys)('the long-term key of %s is found, and reads as a key to the sign-in form', (name) => {
  const keys = registry.longTerm(name);
  expect(Keys.safeParse(keys).success).toBe(true);
  expect(keys.accessKeyId).toHaveLength(20);
  expect(registry.find(keys.accessKeyId, undefined)).toMatchObject({
    ...keys,
    name,
    principal: PRINCIPALS[name],
    origin: 'long-term',
  });
});

test('nobody has a key that was not given', () => {
  expect(registry.find(`AKIA${'X'.repeat(16)}`, undefined)).toBeUndefined();
  expect(registry.find('', undefined)).toBeUndefined();
});

test('a role has no long-term key', () => {
  expect(registry.find(registry.longTerm('dana').accessKeyId, undefined)).toBeUndefined();
});

test('all secrets differ, and differ from those of another folder', () => {
  const other = createRegistry(Buffer.alloc(32, 2));
  const secrets = withKeys.flatMap((name) => [registry.longTerm(name), other.longTerm(name)]);
  expect(new Set(secrets.map(({ secretAccessKey }) => secretAccessKey)).size).toBe(secrets.length);
});

test('an issued key is found with its token, also by the next run of the same folder', () => {
  const issued = registry.issue('dana', 'assumed-role', 900);
  expect(Keys.safeParse(issued).success).toBe(true);
  const found = createRegistry(seed).find(issued.accessKeyId, issued.sessionToken);
  expect(found).toMatchObject({ name: 'dana', origin: 'assumed-role', secretAccessKey: issued.secretAccessKey });
  expect(found?.expiresAt).toEqual(issued.expiresAt);
});

test('a temporary key without its token is unknown, and so is a long-term key with one', () => {
  const issued = registry.issue('ben', 'session-token', 900);
  expect(registry.find(issued.accessKeyId, undefined)).toBeUndefined();
  expect(registry.find(registry.longTerm('ben').accessKeyId, issued.sessionToken)).toBeUndefined();
});

test('the token of one key does not serve another', () => {
  const one = registry.issue('ben', 'session-token', 900);
  const other = registry.issue('ben', 'session-token', 900);
  expect(registry.find(one.accessKeyId, other.sessionToken)).toBeUndefined();
});

test('no altered token is taken', () => {
  const { accessKeyId, sessionToken } = registry.issue('ada', 'session-token', 900);
  fc.assert(
    fc.property(fc.nat(sessionToken.length - 1), fc.string({ minLength: 1, maxLength: 1 }), (at, character) => {
      const altered = sessionToken.slice(0, at) + character + sessionToken.slice(at + 1);
      fc.pre(altered !== sessionToken);
      expect(registry.find(accessKeyId, altered)).toBeUndefined();
    }),
  );
});

test('a cut token and noise are not taken', () => {
  const { accessKeyId, sessionToken } = registry.issue('ada', 'session-token', 900);
  for (const token of ['', 'x', sessionToken.slice(0, 20), sessionToken.slice(4), `${sessionToken}AAAA`]) {
    expect(registry.find(accessKeyId, token)).toBeUndefined();
  }
});

test('an expired key is found, so that the refusal can say why', () => {
  const { accessKeyId, sessionToken } = registry.issue('ada', 'session-token', -1);
  expect(registry.find(accessKeyId, sessionToken)?.expiresAt?.getTime()).toBeLessThan(Date.now());
});
