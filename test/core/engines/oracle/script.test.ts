import { all, collect, eventually, first, options } from '../collect.ts';
import { column, oracleError, scripted } from './scripted-line.ts';

const ROWS = {
  columns: [column('N', 'NUMBER', { precision: 38, scale: 0 }), column('T')],
  rows: [
    ['1', 'é'],
    [null, null],
  ],
};
const ENDLESS = { columns: [column('N')], rows: 'endless' } as const;

describe('a script of Oracle', () => {
  it('runs statement by statement, and asks for all values as the text that they are shown as', async () => {
    const { connection, script } = await scripted([
      ['select 1', ROWS],
      ['GET_LINES', { out: { lines: [], count: 0 } }],
    ]);
    const collected = await collect(connection, 'select 1 from t;\nbegin null; end;\n/\n');
    expect(collected.error).toBeUndefined();
    expect(script.texts().slice(0, 2)).toEqual(['select 1 from t', 'begin null; end;']);
    expect(first(collected, 'columns').columns).toEqual([
      { name: 'N', type: 'NUMBER(38)', kind: 'number' },
      { name: 'T', type: 'VARCHAR2(10)', kind: 'text' },
    ]);
    expect(collected.results).toEqual([
      [
        ['1', 'é'],
        [null, null],
      ],
    ]);
    expect(all(collected, 'done').map(({ command, rows }) => [command, rows])).toEqual([
      ['SELECT', 2],
      ['BEGIN', 0],
    ]);
  });

  it('says how many rows a statement changed, and that a procedure does not compile', async () => {
    const { connection } = await scripted([
      ['update', { affected: 3 }],
      ['create', { affected: 0, warning: 'NJS-700: creation succeeded with compilation errors' }],
    ]);
    const collected = await collect(connection, 'update t set a = 1; create procedure p as x;');
    expect(all(collected, 'done')[0]).toMatchObject({ command: 'UPDATE', affected: 3 });
    expect(all(collected, 'done')[1]).not.toHaveProperty('affected');
    expect(first(collected, 'notice')).toMatchObject({
      severity: 'WARNING',
      hint: expect.stringContaining('USER_ERRORS'),
    });
  });

  it('tells what a block prints', async () => {
    const { connection } = await scripted([['GET_LINES', { out: { lines: ['one', null], count: 2 } }]]);
    const collected = await collect(connection, 'begin p; end;');
    expect(all(collected, 'notice').map(({ severity, message }) => [severity, message])).toEqual([
      ['INFO', 'one'],
      ['INFO', ''],
    ]);
  });

  it('shows nothing that is printed where the user may not run DBMS_OUTPUT', async () => {
    const { connection, script } = await scripted([
      ['ENABLE', { fails: oracleError('ORA-06550', 'no such identifier') }],
    ]);
    expect((await collect(connection, 'begin p; end;')).error).toBeUndefined();
    expect(script.texts()).toEqual(['begin p; end;']);
  });

  it('stops pulling rows at the limit', async () => {
    const { connection, script } = await scripted([['select', ENDLESS]]);
    const collected = await collect(connection, 'select n from t', { maxRows: 1_200 });
    expect(collected.results[0]).toHaveLength(1_200);
    expect(first(collected, 'done')).toMatchObject({ rows: 1_200, truncated: true });
    expect(script.fetched).toBe(1_500);
  });

  it('pulls rows no faster than they are taken, and stops when nobody takes them', async () => {
    const { connection, script } = await scripted([['select', ENDLESS]]);
    for await (const event of connection.run('select n from t', options())) {
      if (!(event instanceof Uint8Array)) continue;
      let before = -1;
      await eventually(async () => {
        const same = script.fetched === before;
        before = script.fetched;
        return same;
      });
      break;
    }
    expect(script.fetched).toBeLessThan(1_000_000);
  });

  it('ends with the first error, and says where it is in the statement', async () => {
    const fails = oracleError('ORA-00942', 'table or view does not exist', 16);
    const { connection, script } = await scripted([['select', { fails }]]);
    const { error } = await collect(connection, `select 'é' from x; select 2 from dual`);
    expect(error).toMatchObject({
      code: 'STATEMENT_FAILED',
      message: 'ORA-00942: table or view does not exist',
      details: { statement: 0, native: { code: 'ORA-00942', position: 16 } },
    });
    expect(script.texts()).toHaveLength(1);
  });

  it.each([
    ['NJS-500', 'DATABASE_LOST'],
    ['ORA-01456', 'READ_ONLY'],
    ['ORA-01013', 'STATEMENT_CANCELLED'],
    ['NJS-123', 'STATEMENT_TIMEOUT'],
  ])('knows what %s means', async (code, ours) => {
    const { connection } = await scripted([['x', { fails: oracleError(code, 'secret row') }]]);
    const { error } = await collect(connection, 'x');
    expect(error).toMatchObject({ code: ours, details: { native: { code } } });
    expect(JSON.stringify((error as Error).cause)).not.toContain('secret');
  });

  it('is stopped in the database by whoever asked for it, and by its time', async () => {
    const { connection, script } = await scripted([['sleep', { waits: true }]]);
    const controller = new AbortController();
    const run = collect(connection, 'sleep', { signal: controller.signal });
    await eventually(async () => script.texts().includes('sleep'));
    controller.abort();
    expect((await run).error).toMatchObject({ code: 'STATEMENT_CANCELLED' });
    expect((await collect(connection, 'sleep', { timeoutSeconds: -0.9 })).error).toMatchObject({
      code: 'STATEMENT_TIMEOUT',
    });
    expect(script.broken).toBe(2);
  });

  it('rolls back what it leaves open, and says so', async () => {
    const { connection, script } = await scripted([['insert', { affected: 1, begins: true }]]);
    const collected = await collect(connection, 'insert into t values (1)');
    expect(script.rolledBack).toBe(1);
    expect(first(collected, 'notice').message).toContain('rolled back');
  });

  it('is left and gone on with between two statements, but not inside of a transaction nor after a block', async () => {
    const { connection, script } = await scripted([
      ['insert', { affected: 1, begins: true }],
      ['GET_LINES', { out: { lines: [], count: 0 } }],
    ]);
    const due = { pauseAfterMs: 0 };
    const text = 'truncate table t; insert into t values (1); select 1 from t';
    const left = await collect(connection, text, due);
    expect(all(left, 'pause')).toEqual([{ type: 'pause', statement: 1 }]);
    const held = await collect(connection, text, { ...due, from: 1 });
    expect(all(held, 'pause')).toEqual([{ type: 'pause', statement: 2, heldBy: 1 }]);
    expect(script.texts().filter((text) => /^(truncate|insert|select)/.test(text))).toEqual([
      'truncate table t',
      'insert into t values (1)',
      'select 1 from t',
    ]);
    const block = await collect(connection, 'begin p; end;\n/\nselect 1 from t', due);
    expect(all(block, 'pause')).toEqual([{ type: 'pause', statement: 1, heldBy: 0 }]);
  });

  it('says of a column what cannot be shown whole', async () => {
    const { connection } = await scripted([['select', { columns: [column('J', 'JSON')], rows: [['{}']] }]]);
    expect(first(await collect(connection, 'select j from t'), 'notice').message).toContain(
      'J: Numbers of more than 15',
    );
  });
});

describe("a reader's user at Oracle", () => {
  it('runs nothing where the user may change things, and says what stands in the way', async () => {
    const { connection, script } = await scripted(
      [['session_privs', { rows: [['INSERT on SHOP.ORDERS'], ['CREATE TABLE']] }]],
      {
        readOnly: true,
      },
    );
    const { error } = await collect(connection, 'select secret from dual');
    expect(error).toMatchObject({
      code: 'READ_ONLY',
      message: expect.stringContaining('“APP”, for it may change things: INSERT on SHOP.ORDERS, and 1 more.'),
      details: { hint: expect.stringContaining('CREATE SESSION') },
    });
    expect(script.texts().join()).not.toContain('select secret');
  });

  it('runs inside of a read-only transaction where the user may only read', async () => {
    const { connection, script } = await scripted([], { readOnly: true });
    expect((await collect(connection, 'select 1 from dual')).error).toBeUndefined();
    expect(script.texts().slice(1)).toEqual(['SET TRANSACTION READ ONLY', 'select 1 from dual']);
  });

  it('runs nothing where the question itself fails', async () => {
    const { connection, script } = await scripted([['session_privs', { fails: oracleError('ORA-00942', 'x') }]], {
      readOnly: true,
    });
    expect((await collect(connection, 'select secret from dual')).error).toMatchObject({ code: 'STATEMENT_FAILED' });
    expect(script.texts().join()).not.toContain('select secret');
  });
});

describe('cancelling at Oracle from another connection', () => {
  const RUNNING = ['v$session', { rows: [['123', '77', 'ACTIVE']] }] as const;
  const MISSING = { fails: oracleError('ORA-06550', "PLS-00201: identifier 'RDSADMIN' must be declared") };

  it('asks as RDS lets it', async () => {
    const { connection, script } = await scripted([RUNNING]);
    expect(await connection.cancel('123.4567')).toBe(true);
    expect(script.asked.at(-2)?.binds).toEqual({ id: '123', audit: '4567' });
    expect(script.texts().at(-1)).toBe('BEGIN rdsadmin.rdsadmin_util.cancel(sid => 123, serial => 77); END;');
  });

  it('asks as Oracle does where RDS is not there', async () => {
    const { connection, script } = await scripted([RUNNING, ['rdsadmin', MISSING]]);
    expect(await connection.cancel('123.4567')).toBe(true);
    expect(script.texts().at(-1)).toBe("ALTER SYSTEM CANCEL SQL '123, 77'");
  });

  it('says what the user lacks', async () => {
    const forbidden = { fails: oracleError('ORA-01031', 'insufficient privileges') };
    const { connection } = await scripted([RUNNING, ['rdsadmin', MISSING], ['ALTER SYSTEM', forbidden]]);
    await expect(connection.cancel('123.4567')).rejects.toMatchObject({
      code: 'STATEMENT_FAILED',
      details: { hint: expect.stringContaining('RDSADMIN_UTIL') },
    });
  });

  it.each([
    ['123.4567', [['123', '77', 'INACTIVE']]],
    ['123.4567', []],
    ["1'; DROP", [['123', '77', 'ACTIVE']]],
  ])('stops nothing by %s where %j runs', async (handle, rows) => {
    const { connection, script } = await scripted([['v$session', { rows }]]);
    expect(await connection.cancel(handle)).toBe(false);
    expect(script.texts().join()).not.toContain('cancel(');
  });

  it('closes its connection', async () => {
    const { connection, script } = await scripted([]);
    expect(connection.about).toEqual({ version: '19.24.0.0.0', user: 'APP', database: 'ORCL' });
    await connection[Symbol.asyncDispose]();
    expect(script.closed).toBe(true);
  });
});
