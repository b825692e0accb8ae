import fc from 'fast-check';
import { AppError } from '#contract/errors.ts';
import { clearedCookies, readToken, sessionCookies } from '#core/session/cookies.ts';

const span = { issuedAt: new Date('2026-11-23T10:00:00Z'), expiresAt: new Date('2026-11-23T11:00:00Z') };

/** What a browser keeps and sends of the cookies of an answer. */
function browser(answers: readonly string[][]): string {
  const kept = new Map<string, string>();
  for (const cookie of answers.flat()) {
    const [pair = '', ...attributes] = cookie.split('; ');
    const [name = '', value = ''] = pair.split('=');
    if (attributes.includes('Max-Age=0')) kept.delete(name);
    else kept.set(name, value);
  }
  return [...kept].map(([name, value]) => `${name}=${value}`).join('; ');
}

test('a short token fits into one cookie, and the second is cleared', () => {
  const [first, second] = sessionCookies('short', span);
  expect(first).toBe('__Host-lodge-session-0=short; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=3600');
  expect(second).toBe('__Host-lodge-session-1=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0');
});

test('every cookie is bound to the host, out of reach of scripts and of other sites', () => {
  for (const cookie of [...sessionCookies('x'.repeat(7_000), span), ...clearedCookies()]) {
    expect(cookie).toMatch(/^__Host-/);
    for (const attribute of ['Path=/', 'Secure', 'HttpOnly', 'SameSite=Strict'])
      expect(cookie.split('; ')).toContain(attribute);
    expect(cookie).not.toContain('Domain');
  }
});

test('no cookie is longer than browsers keep, and together they fit through API Gateway', () => {
  const cookies = sessionCookies('x'.repeat(8_000), span).map((cookie) => cookie.split(';')[0] ?? '');
  for (const cookie of cookies) expect(cookie.length).toBeLessThanOrEqual(4_096);
  expect(cookies.join('; ').length).toBeLessThan(10_240 - 1_500);
});

test('a token that two cookies do not hold is refused, naming the field that is too long', () => {
  const seal = () => sessionCookies('x'.repeat(8_001), span);
  expect(seal).toThrow(AppError);
  try {
    seal();
  } catch (error) {
    expect((error as AppError).details?.fields?.[0]?.path).toBe('body.sessionToken');
  }
});

test('a token of any length comes back as it was, whatever session was there before', () =>
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8_000 }), fc.integer({ min: 1, max: 8_000 }), (before, length) => {
      const token = Array.from({ length }, (_, at) => 'abcdefghij'[at % 10]).join('');
      const sent = browser([sessionCookies('y'.repeat(before), span), sessionCookies(token, span)]);
      expect(readToken({ cookie: sent })).toEqual({ token, by: 'cookie' });
    }),
  ));

test('after signing out nothing is left', () => {
  const sent = browser([sessionCookies('x'.repeat(7_000), span), clearedCookies()]);
  expect(readToken({ cookie: sent })).toBeUndefined();
});

test('a bearer token comes before cookies', () => {
  const headers = { authorization: 'Bearer from-a-tool', cookie: '__Host-lodge-session-0=from-a-page' };
  expect(readToken(headers)).toEqual({ token: 'from-a-tool', by: 'bearer' });
  expect(readToken({ authorization: 'bearer  spaced ' })).toEqual({ token: 'spaced', by: 'bearer' });
});

test('another scheme of authorization leaves the cookies to count', () => {
  const headers = { authorization: 'Basic dXNlcg==', cookie: '__Host-lodge-session-0=from-a-page' };
  expect(readToken(headers)).toEqual({ token: 'from-a-page', by: 'cookie' });
});

test('cookies of others, in any order, do not disturb', () => {
  const cookie =
    'theme=dark; __Host-lodge-session-1=two;a=b=c; =; __Host-lodge-session-0=one; __Host-lodge-session-0=late';
  expect(readToken({ cookie })).toEqual({ token: 'onetwo', by: 'cookie' });
});

test('a request without a token has none', () => {
  for (const headers of [{}, { cookie: '' }, { cookie: 'theme=dark' }, { authorization: 'Bearer' }])
    expect(readToken(headers)).toBeUndefined();
});
