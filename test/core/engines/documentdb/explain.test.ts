import { MongoNetworkError, MongoServerError } from 'mongodb';
import { AppError } from '#contract/errors.ts';
import { explainConnect, explainStatement } from '#core/engines/documentdb/explain.ts';

const said = (code: number, codeName: string, errmsg = 'as the server says it') =>
  new MongoServerError({ ok: 0, code, codeName, errmsg });
const target = { host: 'catalog.example.com', port: 27_017, database: 'test', ca: '' };
const byPassword = { user: 'curator', password: 'not-a-secret' };

describe('a statement', () => {
  it.each([
    [2, 'BadValue', 'STATEMENT_FAILED'],
    [13, 'Unauthorized', 'STATEMENT_FAILED'],
    [50, 'MaxTimeMSExpired', 'STATEMENT_TIMEOUT'],
    [11_601, 'Interrupted', 'STATEMENT_CANCELLED'],
    [11_600, 'InterruptedAtShutdown', 'DATABASE_LOST'],
    [91, 'ShutdownInProgress', 'DATABASE_LOST'],
    [238, 'NotImplemented', 'STATEMENT_FAILED'],
  ])('that fails with %i (%s) is %s, in the server’s own words', (code, codeName, ours) => {
    expect(explainStatement(said(code, codeName))).toMatchObject({
      code: ours,
      message: 'as the server says it',
      details: { native: { code: `${code} (${codeName})` } },
    });
  });

  it('that writes where only reads are answered says where to connect', () => {
    expect(explainStatement(said(10_107, 'NotWritablePrimary'))).toMatchObject({
      code: 'READ_ONLY',
      message: expect.stringContaining('This endpoint only reads'),
      details: { hint: expect.stringContaining('writer') },
    });
  });

  it('whose socket breaks has lost its database, whatever the driver says of it', () => {
    const error = explainStatement(new MongoNetworkError('connection 1 to 10.0.0.1:27017 closed'));
    expect(error).toMatchObject({ code: 'DATABASE_LOST', details: { hint: expect.stringContaining('failing over') } });
  });

  it('that was stopped tells why it was stopped', () => {
    const why = new AppError('STATEMENT_TIMEOUT');
    expect(explainStatement(new Error('aborted'), AbortSignal.abort(why))).toBe(why);
  });

  it('leaves no document in what a log is told', () => {
    const { cause } = explainStatement(said(11_000, 'DuplicateKey', 'dup key: { email: "ada@example.com" }'));
    expect(JSON.stringify(cause)).not.toContain('ada@');
  });
});

describe('a connection', () => {
  it.each([18, 8_000, 11])('that is refused with %i names the login', (code) => {
    expect(explainConnect(said(code, 'AuthenticationFailed'), target, byPassword, false)).toMatchObject({
      code: 'LOGIN_FAILED',
      details: { step: 'login', hint: 'Check the user and the password.' },
    });
  });

  it('by an identity says which user the cluster needs', () => {
    const keys = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'none' };
    const login = { user: '', password: '', keys };
    expect(explainConnect(said(18, 'AuthenticationFailed'), target, login, false)).toMatchObject({
      code: 'LOGIN_FAILED',
      details: { hint: expect.stringContaining('$external') },
    });
  });

  it.each([
    ['ENOTFOUND', 'DATABASE_UNREACHABLE', 'name'],
    ['ECONNREFUSED', 'DATABASE_UNREACHABLE', 'port'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'DATABASE_UNREACHABLE', 'tls'],
  ])('that ends with %s, below all that the driver says, is %s at the step %s', (code, ours, step) => {
    const node = Object.assign(new Error('as Node says it'), { code });
    const error = new MongoNetworkError('as the driver says it', { cause: node });
    expect(explainConnect(error, target, byPassword, false)).toMatchObject({ code: ours, details: { step } });
  });

  it('that takes too long says so', () => {
    expect(explainConnect(new Error('no answer'), target, byPassword, true)).toMatchObject({
      code: 'DATABASE_TIMEOUT',
    });
  });
});
