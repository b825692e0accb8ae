import { DatabaseError } from 'pg';
import { explainConnect, explainStatement } from '#core/engines/pg-wire/explain.ts';
import { WORDING } from '#core/engines/redshift/wording.ts';

const native = (code: string, message: string, detail?: string): DatabaseError =>
  Object.assign(new DatabaseError(message, 0, 'error'), { code, detail });
const explain = (code: string, message: string, detail?: string) =>
  explainStatement(native(code, message, detail), WORDING, { text: 'select 1', statement: 2 });

/** As the compute nodes' errors come: "Load error reference" and the troubleshooting pages show such blocks. */
const block = (error: string): string => `
  -----------------------------------------------
  error:  ${error}
  code:      8001
  context:   Query cancelled
  query:     123
  location:  queryrunner.cpp:1
  process:   padbmaster [pid=7]
  -----------------------------------------------
`;

describe("Redshift's own words", () => {
  it.each([
    ['XX000', 'Query (12) cancelled by WLM abort action of Query Monitoring Rule "long".', 'STATEMENT_CANCELLED'],
    ['57014', "Query (12) cancelled on user's request", 'STATEMENT_CANCELLED'],
    ['57014', 'canceling statement due to user request', 'STATEMENT_CANCELLED'],
    ['57014', 'Query (12) cancelled: statement timeout', 'STATEMENT_TIMEOUT'],
    ['57014', 'canceling statement due to statement timeout', 'STATEMENT_TIMEOUT'],
    ['XX000', 'transaction is read-only', 'READ_ONLY'],
    ['25006', 'cannot execute DELETE in a read-only transaction', 'READ_ONLY'],
    [
      'XX000',
      '1023: Serializable isolation violation on table - 1, transactions forming the cycle are: 2, 3',
      'STATEMENT_FAILED',
    ],
    ['42601', 'syntax error at or near "selec"', 'STATEMENT_FAILED'],
    ['57P01', 'terminating connection due to administrator command', 'DATABASE_LOST'],
  ])('%s, %s, become %s', (code, message, ours) => {
    expect(explain(code, message)).toMatchObject({ code: ours, details: { statement: 2, native: { code } } });
  });

  it('say what to do about rules, conflicts and tables that lie outside', () => {
    expect(explain('XX000', 'cancelled by WLM').details?.hint).toMatch(/WLM/);
    expect(explain('XX000', 'Serializable isolation violation').details?.hint).toMatch(/again/);
    const outside = 'Failed to incorporate external table "s"."t" into local catalog. Error=transaction is read-only';
    expect(explain('XX000', outside)).toMatchObject({
      code: 'READ_ONLY',
      details: { hint: expect.stringMatching(/patch 204/) },
    });
  });

  it('are read from the block of a compute node', () => {
    expect(explain('XX000', 'Assert', block('Numeric data overflow\n  (result scale)'))).toMatchObject({
      code: 'STATEMENT_FAILED',
      message: 'Assert: Numeric data overflow (result scale)',
    });
    expect(explain('XX000', 'Divide by zero', block('Divide by zero')).message).toBe('Divide by zero');
    expect(explain('XX000', 'x', block('Query cancelled by Query Monitoring Rule')).code).toBe('STATEMENT_CANCELLED');
    expect(explain('XX000', 'x', 'a detail that is none').message).toBe('x');
  });

  it('tell what a login by IAM needs, and only of one', () => {
    const login = (user: string) =>
      explainConnect(native('28000', 'password authentication failed'), WORDING, {
        target: { host: 'h', port: 5439, database: 'dev', ca: '' },
        login: { user, password: 'p' },
        timedOut: false,
      });
    expect(login('IAMR:analyst').details?.hint).toMatch(/expired/);
    expect(login('IAM:anna').details?.hint).toMatch(/expired/);
    expect(login('anna').details?.hint).toMatch(/password/);
  });
});
