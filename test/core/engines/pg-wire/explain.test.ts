import { DatabaseError } from 'pg';
import { AppError } from '#contract/errors.ts';
import { explainConnect, explainStatement, type Wording } from '#core/engines/pg-wire/explain.ts';

const target = { host: 'shop.example', port: 5432, database: 'shop', ca: '' };
const login = { user: 'app', password: 'the very secret' };
const token = `shop.example:5432/?Action=connect&X-Amz-Signature=0123`;

/** An engine's own words: a hint for tokens, a state that others do not have, and a sentence that tells more. */
const wording: Wording = {
  states: { '0A000': { code: 'READ_ONLY', message: 'Not here.', hint: 'Do it elsewhere.' } },
  read: ({ message }) => (message.includes('rule') ? { code: 'STATEMENT_CANCELLED' } : undefined),
  loginHint: ({ password }) => (password === token ? 'Get a role.' : undefined),
};

function native(code: string, message = 'said so', more: Partial<DatabaseError> = {}): DatabaseError {
  return Object.assign(new DatabaseError(message, 0, 'error'), { code, severity: 'FATAL', ...more });
}
const failed = (code: string): Error => Object.assign(new Error(`${code} 10.0.0.1`), { code });

describe('an error of connecting', () => {
  const explain = (error: unknown, as = login) =>
    explainConnect(error, wording, { target, login: as, timedOut: false });

  it.each([
    ['ECONNREFUSED', 'DATABASE_UNREACHABLE', /Nothing answers/],
    ['EHOSTUNREACH', 'DATABASE_UNREACHABLE', /no route/],
    ['ENOTFOUND', 'DATABASE_UNREACHABLE', /cannot be resolved/],
    ['ETIMEDOUT', 'DATABASE_TIMEOUT', /in time/],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'DATABASE_UNREACHABLE', /authority/],
    ['CERT_HAS_EXPIRED', 'DATABASE_UNREACHABLE', /expired/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'DATABASE_UNREACHABLE', /another host/],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'DATABASE_UNREACHABLE', /TLS/],
    ['EPIPE', 'DATABASE_UNREACHABLE', /before the login/],
  ])('of the network or of TLS, %s, becomes %s', (code, ours, message) => {
    const explained = explain(failed(code));
    expect(explained).toMatchObject({ code: ours, message: expect.stringMatching(message) });
    expect(explained.details?.hint ?? '').not.toContain('undefined');
  });

  it('says that there is no TLS where the server has none', () => {
    expect(explain(new Error('The server does not support SSL connections'))).toMatchObject({
      code: 'DATABASE_UNREACHABLE',
      message: expect.stringContaining('TLS'),
    });
  });

  it.each([
    ['28P01', 'LOGIN_FAILED'],
    ['28000', 'LOGIN_FAILED'],
    ['3D000', 'LOGIN_FAILED'],
    ['42501', 'LOGIN_FAILED'],
    ['53300', 'DATABASE_UNREACHABLE'],
    ['57P03', 'DATABASE_UNREACHABLE'],
    ['XX000', 'STATEMENT_FAILED'],
  ])("of the database's, %s, becomes %s", (code, ours) => {
    expect(explain(native(code))).toMatchObject({ code: ours, details: { native: { code } } });
  });

  it('tells what the engine knows of this login, and only of it', () => {
    const pam = native('28000', 'PAM authentication failed for user "app"');
    expect(explain(pam, { user: 'app', password: token }).details?.hint).toBe('Get a role.');
    expect(explain(pam).details?.hint).toMatch(/password/);
  });

  it('is a timeout where Lodge itself stopped waiting', () => {
    const late = explainConnect(failed('ECONNRESET'), wording, { target, login, timedOut: true });
    expect(late).toMatchObject({ code: 'DATABASE_TIMEOUT' });
  });

  it('never holds the password', () => {
    for (const password of [login.password, token])
      for (const error of [native('28P01'), native('28000'), failed('EPIPE'), failed('ERR_SSL_X')]) {
        const explained = explain(error, { user: 'app', password });
        const written = [
          explained.message,
          explained.stack,
          JSON.stringify(explained.body('id')),
          JSON.stringify(explained.cause),
        ];
        expect(written.join('\n')).not.toContain(password);
      }
  });
});

describe('an error of a statement', () => {
  const explain = (error: unknown, text = '', more = {}) =>
    explainStatement(error, wording, { text, statement: 3, ...more });

  it.each([
    ['42601', 'STATEMENT_FAILED'],
    ['25006', 'READ_ONLY'],
    ['57P01', 'DATABASE_LOST'],
    ['08006', 'DATABASE_LOST'],
    ['25P03', 'DATABASE_LOST'],
    ['25P04', 'STATEMENT_TIMEOUT'],
  ])('%s becomes %s, with the place of the statement', (code, ours) => {
    expect(explain(native(code))).toMatchObject({ code: ours, details: { statement: 3, native: { code } } });
  });

  it("is told in the engine's own words where it has some", () => {
    expect(explain(native('0A000'))).toMatchObject({
      code: 'READ_ONLY',
      message: 'Not here.',
      details: { hint: 'Do it elsewhere.', native: { code: '0A000' } },
    });
    expect(explain(native('42601', 'cut by a rule')).code).toBe('STATEMENT_CANCELLED');
  });

  it('tells a cancel from a timeout, which have one code', () => {
    expect(explain(native('57014', 'canceling statement due to user request')).code).toBe('STATEMENT_CANCELLED');
    expect(explain(native('57014', 'canceling statement due to statement timeout')).code).toBe('STATEMENT_TIMEOUT');
  });

  it('is the reason why Lodge stopped it, where it did', () => {
    const stopped = new AppError('STATEMENT_TIMEOUT', { message: 'No time left.' });
    for (const error of [native('57014'), new Error('Connection terminated'), stopped])
      expect(explain(error, '', { stopped })).toMatchObject({
        code: 'STATEMENT_TIMEOUT',
        message: 'No time left.',
        details: { statement: 3 },
      });
  });

  it('is a lost connection where it is none of the database', () => {
    expect(explain(new Error('Connection terminated unexpectedly'))).toMatchObject({ code: 'DATABASE_LOST' });
  });

  it('counts the position in UTF-16 code units', () => {
    const at = (text: string, position: string) =>
      explain(native('42601', 'x', { position }), text).details?.native?.position;
    expect(at('select x', '8')).toBe(8);
    expect(at('😀é漢 x', '5')).toBe(6);
    expect(at('short', '50')).toBe(6);
    expect(at('short', '0')).toBeUndefined();
  });

  it('leaves out what the database has not said', () => {
    expect(explain(native('42601', 'x', { hint: 'do this' })).details?.native).toEqual({
      code: '42601',
      severity: 'FATAL',
      hint: 'do this',
    });
  });
});
