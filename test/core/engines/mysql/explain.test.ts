import { AppError } from '#contract/errors.ts';
import { explainConnect, explainStatement } from '#core/engines/mysql/explain.ts';
import { ServerError } from '#core/engines/mysql/packets.ts';

const target = { host: 'db.test', port: 3306, database: 'shop', ca: '' };
const login = { user: 'app', password: 'a secret' };
const token = { user: 'app', password: 'db.test:3306/?Action=connect&X-Amz-Signature=0123' };

describe('an error of a login', () => {
  const explain = (error: object, who = login) =>
    explainConnect(Object.assign(new Error('said'), error), target, who, false);

  it.each([
    [{ errno: 1045 }, 'LOGIN_FAILED', 'password'],
    [{ errno: 1698 }, 'LOGIN_FAILED', 'password'],
    [{ errno: 1049 }, 'LOGIN_FAILED', 'name of the database'],
    [{ errno: 1044 }, 'LOGIN_FAILED', 'privilege'],
    [{ errno: 1130 }, 'LOGIN_FAILED', 'where Lodge runs'],
    [{ errno: 3118 }, 'LOGIN_FAILED', 'locked'],
    [{ errno: 4151 }, 'LOGIN_FAILED', 'locked'],
    [{ errno: 1862 }, 'LOGIN_FAILED', 'expired'],
    [{ errno: 1040 }, 'DATABASE_UNREACHABLE', 'max_connections'],
    [{ errno: 1203 }, 'DATABASE_UNREACHABLE', 'max_connections'],
    [{ code: 'ECONNREFUSED' }, 'DATABASE_UNREACHABLE', 'listens at this port'],
    [{ code: 'EHOSTUNREACH' }, 'DATABASE_UNREACHABLE', 'security group'],
    [{ code: 'ENOTFOUND' }, 'DATABASE_UNREACHABLE', 'VPC'],
    [{ code: 'ETIMEDOUT' }, 'DATABASE_TIMEOUT', 'security group'],
    [
      { code: 'HANDSHAKE_SSL_ERROR', message: 'self-signed certificate in certificate chain' },
      'DATABASE_UNREACHABLE',
      'PEM',
    ],
    [{ code: 'HANDSHAKE_SSL_ERROR', message: 'certificate has expired' }, 'DATABASE_UNREACHABLE', 'Renew'],
    [{ code: 'AUTH_SWITCH_PLUGIN_ERROR' }, 'LOGIN_FAILED', 'password'],
  ])('%j is %s', (error, code, hint) => {
    const explained = explain(error);
    expect(explained.code).toBe(code);
    expect(explained.details?.hint).toContain(hint);
  });

  it('by a token speaks of IAM, and never says the token or the password', () => {
    const explained = [explain({ errno: 1045 }, token), explain({ errno: 1045 })];
    expect(explained[0]?.details?.hint).toContain('rds-db:connect');
    expect(explained[1]?.details?.hint).not.toContain('rds-db');
    const written = JSON.stringify(explained.map((each) => [each.body('id'), each.cause, each.message]));
    expect(written).not.toMatch(/secret|Signature/);
  });

  it('of TLS says that both agree on none', () => {
    expect(explain({ code: 'HANDSHAKE_NO_SSL_SUPPORT' }).message).toContain('TLS');
    expect(explain({ code: 'HANDSHAKE_SSL_ERROR', message: 'wrong version number' }).message).toContain('TLS');
  });

  it('is a time-out where Lodge itself stopped waiting, and stays what it is where it is ours', () => {
    expect(explainConnect(new Error(), target, login, true).code).toBe('DATABASE_TIMEOUT');
    const ours = new AppError('STATEMENT_CANCELLED');
    expect(explainConnect(ours, target, login, false)).toBe(ours);
  });
});

describe('an error of a statement', () => {
  const explain = (errno: number, more = {}) =>
    explainStatement(new ServerError(errno, '42000', `what '1234' said`), { text: 'select 1', ...more });

  it.each([
    [1064, 'STATEMENT_FAILED'],
    [1146, 'STATEMENT_FAILED'],
    [1317, 'STATEMENT_CANCELLED'],
    [1969, 'STATEMENT_TIMEOUT'],
    [3024, 'STATEMENT_TIMEOUT'],
    [1792, 'READ_ONLY'],
    [1290, 'READ_ONLY'],
    [1927, 'DATABASE_LOST'],
    [1053, 'DATABASE_LOST'],
  ])('number %d is %s', (errno, code) => {
    const explained = explain(errno, { statement: 2 });
    expect(explained).toMatchObject({ code, details: { statement: 2, native: { code: `${errno} (42000)` } } });
  });

  it('says in a reader’s words what the transaction forbids, and to an editor what the server says', () => {
    expect(explain(1399, { reading: true })).toMatchObject({
      code: 'READ_ONLY',
      message: expect.stringContaining('only reads'),
    });
    expect(explain(1399)).toMatchObject({ code: 'STATEMENT_FAILED', message: `what '1234' said` });
  });

  it('keeps what the server says out of the log', () => {
    expect(JSON.stringify(explain(1062).cause)).toBe('{"name":"ServerError","code":"1062"}');
  });

  it('tells why Lodge has stopped it, and that a line was lost', () => {
    const stopped = new AppError('STATEMENT_TIMEOUT', { message: 'No time is left.' });
    expect(explain(1317, { stopped, statement: 0 })).toMatchObject({
      code: 'STATEMENT_TIMEOUT',
      message: 'No time is left.',
      details: { statement: 0 },
    });
    expect(explainStatement(new Error('closed'), { text: '' })).toMatchObject({ code: 'DATABASE_LOST' });
  });
});
