import { DatabaseError } from 'pg';
import { WORDING } from '#core/engines/dsql/wording.ts';
import { explainConnect, explainStatement } from '#core/engines/pg-wire/explain.ts';

const native = (code: string, message: string): DatabaseError =>
  Object.assign(new DatabaseError(message, 0, 'error'), { code });
const explain = (code: string, message: string) =>
  explainStatement(native(code, message), WORDING, { text: 'select 1', statement: 1 });

describe("Aurora DSQL's own words", () => {
  it.each([
    ['40001', 'change conflicts with another transaction, please retry: (OC000)', /same rows/, /again/],
    ['40001', 'schema has been updated by another transaction, please retry: (OC001)', /schema/, /again/],
    ['40001', 'could not serialize access', /serialize/, /again/],
    ['0A000', 'ddl and dml are not supported in the same transaction', /ddl/, /COMMIT between/],
    ['0A000', 'multiple ddl statements are not supported in a transaction', /multiple/, /one DDL/],
    ['54000', 'transaction row limit exceeded', /limit/, /3,000 rows/],
    ['54000', 'transaction size limit 10mb exceeded', /limit/, /10 MiB/],
    [
      '0A000',
      'setting configuration parameter "statement_timeout" not supported',
      /not supported/,
      /leave the SET out/,
    ],
  ])('%s, %s, is told with what to do', (code, said, message, hint) => {
    const explained = explain(code, said);
    expect(explained).toMatchObject({ code: 'STATEMENT_FAILED', details: { statement: 1, native: { code } } });
    expect([explained.message, explained.details?.hint]).toEqual([
      expect.stringMatching(message),
      expect.stringMatching(hint),
    ]);
  });

  it('tell that five minutes are over', () => {
    expect(explain('54000', 'transaction age limit of 300s exceeded')).toMatchObject({
      code: 'STATEMENT_TIMEOUT',
      message: expect.stringContaining('five minutes'),
    });
  });

  it('leave all else as it is said', () => {
    expect(explain('42601', 'syntax error')).toMatchObject({ code: 'STATEMENT_FAILED', message: 'syntax error' });
    expect(explain('25006', 'cannot execute INSERT in a read-only transaction').code).toBe('READ_ONLY');
  });

  it('tell what a refused login needs, as the role asks for', () => {
    const login = (user: string) =>
      explainConnect(native('08006', 'unable to accept connection, access denied'), WORDING, {
        target: { host: 'h', port: 5432, database: 'postgres', ca: '' },
        login: { user, password: 'p' },
        timedOut: false,
      });
    expect(login('admin')).toMatchObject({
      code: 'LOGIN_FAILED',
      details: { hint: expect.stringContaining('DbConnectAdmin') },
    });
    expect(login('app').details?.hint).toMatch(/dsql:DbConnect .*AWS IAM GRANT "app"/);
  });
});
