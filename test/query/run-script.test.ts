import { AppError } from '#contract/errors.ts';
import type { Connection, ResultEvent, RunOptions } from '#core/engines/engine.ts';
import type { Audit } from '#core/ports/audit.ts';
import type { Standing } from '#core/ports/store.ts';
import { sealConnection } from '#core/session/connection-token.ts';
import { runScript } from '../../lambdas/query/run-script.ts';
import { failingDatabases, fakeDatabases, shopClaims, tableClaims } from '../support/databases.ts';
import { sessionOf } from '../support/people.ts';
import { claimedInstance, memoryAudit, memorySlots, standing } from '../support/ports.ts';

const session = sessionOf('reader');
const signal = new AbortController().signal;

const limits = { rows: 1_000, seconds: 60, statements: 2, scanItems: 5, scanMegabytes: 7 };
const limited: Standing = { ...standing, instance: { ...claimedInstance, limits } };

type Changes = Partial<Parameters<typeof runScript>[0]> & { readonly standing?: Standing };

async function setup(run: Connection['run'], { standing = limited, ...changes }: Changes = {}) {
  const { databases, seen } = fakeDatabases({ run });
  const { slots, seen: held } = memorySlots();
  const { audit, entries } = memoryAudit();
  const connection = await sealConnection(session, shopClaims);
  const start = (body: object = {}, during = signal) =>
    runScript({ databases, slots, audit, ...changes })(
      { params: undefined, query: undefined, body: { connection, statement: 'select 1', ...body } },
      { session, standing, requestId: 'r-1', address: '192.0.2.1', signal: during },
    );
  return { start, seen, held, entries };
}

const done: ResultEvent = { type: 'done', statement: 0, command: 'SELECT', rows: 0, truncated: false, elapsedMs: 1 };

describe('running a script', () => {
  it("passes the engine's records on and ends with an end record", async () => {
    const line = new TextEncoder().encode('{"type":"rows","count":0,"values":[]}\n');
    const { start } = await setup(async function* () {
      yield line;
      yield done;
    });
    const records = await Array.fromAsync(await start());
    expect(records).toEqual([line, done, { type: 'end', elapsedMs: expect.any(Number) }]);
    expect(records[0]).toBe(line);
  });

  it("hands the statement to the engine as it was typed, with the caller's limits", async () => {
    const asked: { script: string; options: RunOptions }[] = [];
    const { start } = await setup(async function* (script, options) {
      asked.push({ script, options });
      yield done;
    });
    await Array.fromAsync(await start({ statement: ' select 1 -- x\n', maxRows: 5, timeoutSeconds: 7 }));
    const options = { maxRows: 5, timeoutSeconds: 7, signal: expect.any(AbortSignal) };
    expect(asked).toEqual([{ script: ' select 1 -- x\n', options }]);
  });

  it("is held to the instance's limits, whatever the caller asks for", async () => {
    const asked: RunOptions[] = [];
    const { start, seen } = await setup(async function* (_script, options) {
      asked.push(options);
      yield done;
    });
    await Array.fromAsync(await start());
    await Array.fromAsync(await start({ maxRows: 10_000_000, timeoutSeconds: 840 }));
    const held = { maxRows: limits.rows, timeoutSeconds: limits.seconds, signal: expect.any(AbortSignal) };
    expect(asked).toEqual([held, held]);
    expect(seen.asked[0]).toMatchObject({ limits });
  });

  it("hands on the values of the script's parameters by their types, and no value in its text", async () => {
    const asked: { script: string; options: RunOptions }[] = [];
    const { start, entries } = await setup(async function* (script, options) {
      asked.push({ script, options });
      yield done;
    });
    const declared = [
      { name: 'since', type: 'date', required: true },
      { name: 'most', type: 'integer', required: false, default: '10' },
    ] as const;
    const statement = 'select * from orders where at > :since limit :most';
    await Array.fromAsync(await start({ statement, parameters: { declared, values: { since: '2026-11-24' } } }));
    expect(asked).toMatchObject([
      {
        script: statement,
        options: {
          parameters: [
            { name: 'since', type: 'date', value: '2026-11-24' },
            { name: 'most', type: 'integer', value: '10' },
          ],
        },
      },
    ]);
    expect(entries).toMatchObject([{ statement }]);
  });

  it('does not run where a parameter has no value, or one that its type has not', async () => {
    const { start, seen, entries } = await setup(async function* () {});
    const declared = [{ name: 'since', type: 'date', required: true }];
    for (const values of [{}, { since: 'tomorrow' }, { since: '2026-11-24', other: '1' }])
      await expect(start({ parameters: { declared, values } })).rejects.toMatchObject({ code: 'PARAMETER_INVALID' });
    expect([seen.opened, entries]).toEqual([0, []]);
  });

  it('is refused before the claim', async () => {
    const { start, seen } = await setup(async function* () {}, { standing: { ...standing, instance: undefined } });
    await expect(start()).rejects.toMatchObject({ code: 'NOT_CLAIMED' });
    expect(seen.opened).toBe(0);
  });

  it('closes the connection at the end', async () => {
    const { start, seen } = await setup(async function* () {});
    await Array.fromAsync(await start());
    expect(seen).toMatchObject({ opened: 1, closed: 1 });
  });

  it('closes the connection when the reader leaves early', async () => {
    const { start, seen } = await setup(async function* () {
      yield done;
      yield done;
    });
    for await (const _record of await start()) break;
    expect(seen.closed).toBe(1);
  });

  it('closes the connection when the reader has left before the first record', async () => {
    const { start, seen } = await setup(async function* () {
      yield done;
    });
    const records = (await start())[Symbol.asyncIterator]();
    expect(seen).toMatchObject({ opened: 1, closed: 0 });
    await records.return?.();
    expect(seen.closed).toBe(1);
    expect(await records.next()).toMatchObject({ done: true });
  });

  it('closes the connection when the statement fails, and passes its error on', async () => {
    const failed = new AppError('STATEMENT_FAILED', { details: { statement: 0 } });
    // biome-ignore lint/correctness/useYield: it fails before its first record
    const { start, seen } = await setup(async function* () {
      throw failed;
    });
    await expect(Array.fromAsync(await start())).rejects.toBe(failed);
    expect(seen.closed).toBe(1);
  });

  it('refuses a connection of another session before the stream begins', async () => {
    const { start, seen } = await setup(async function* () {});
    const connection = await sealConnection({ ...session, id: 'another' }, shopClaims);
    await expect(start({ connection })).rejects.toMatchObject({ code: 'CONNECTION_INVALID' });
    expect(seen.opened).toBe(0);
  });
});

describe('so many scripts of a user at once', () => {
  it('take a slot each until they end; of one too many the database hears nothing but a login', async () => {
    let ran = 0;
    const { start, seen, held } = await setup(async function* () {
      ran += 1;
      yield done;
    });
    const [first, second] = await Promise.all([start(), start()]);
    expect(held.taken).toBe(2);
    expect(held.asked[0]).toEqual([session.user.id, limits.statements, 900]);
    await expect(start()).rejects.toMatchObject({ code: 'TOO_MANY_STATEMENTS' });
    expect(seen).toMatchObject({ opened: 3, closed: 1 });
    await second?.[Symbol.asyncIterator]().next();
    expect(ran).toBe(1);
    await Array.fromAsync(first ?? []);
    expect(held.taken).toBe(1);
    await Array.fromAsync(await start());
    expect(held.taken).toBe(1);
  });

  it('are heard when they are refused before the record is written: unheard, that would end the process', async () => {
    const { audit } = memoryAudit();
    const { start } = await setup(async function* () {}, {
      slots: { take: () => Promise.reject(new AppError('TOO_MANY_STATEMENTS')) },
      // Node looks for rejections that nobody hears after each turn.
      audit: { begin: (...asked) => new Promise((resolve) => setImmediate(() => resolve(audit.begin(...asked)))) },
    });
    await expect(start()).rejects.toMatchObject({ code: 'TOO_MANY_STATEMENTS' });
  });

  it('give it back when the login fails', async () => {
    const refused = new AppError('LOGIN_FAILED');
    const { start, held } = await setup(async function* () {}, { databases: failingDatabases(refused) });
    await expect(start()).rejects.toBe(refused);
    expect(held.taken).toBe(0);
  });

  it('give it back when a statement fails or is cancelled', async () => {
    // biome-ignore lint/correctness/useYield: it fails before its first record
    const { start, held } = await setup(async function* () {
      throw new AppError('STATEMENT_CANCELLED');
    });
    await expect(Array.fromAsync(await start())).rejects.toMatchObject({ code: 'STATEMENT_CANCELLED' });
    expect(held.taken).toBe(0);
  });

  it('give it back once, when the reader leaves', async () => {
    const { start, held } = await setup(async function* () {
      yield done;
      yield done;
    });
    const records = (await start())[Symbol.asyncIterator]();
    await records.next();
    await records.return?.();
    await records.return?.();
    expect(held.taken).toBe(0);
  });

  it('end as they would where the slot cannot be given back: it frees itself', async () => {
    const slots = { take: async () => ({ release: () => Promise.reject(new AppError('AWS_UNAVAILABLE')) }) };
    const { start } = await setup(async function* () {}, { slots });
    expect(await Array.fromAsync(await start())).toMatchObject([{ type: 'end' }]);
  });
});

describe('the rules of the instance', () => {
  const use = async (revision: number, claims = shopClaims, narrowings: object[] = []) => {
    const access = { rules: [], narrowings: narrowings as never, revision };
    const { start, seen } = await setup(async function* () {}, { standing: { ...limited, access } });
    const connection = await sealConnection(session, claims);
    await Array.fromAsync(await start({ connection }));
    return seen.asked[0];
  };

  it('count at once: a connection that was allowed under others is stale', async () => {
    await expect(use(1)).rejects.toMatchObject({ code: 'CONNECTION_STALE', status: 409 });
  });

  it('are asked for a role: one that has changed since makes a connection stale', async () => {
    const claims = { ...shopClaims, allowed: { revision: 0, role: 'editor' as const } };
    await expect(use(0, claims)).rejects.toMatchObject({ code: 'CONNECTION_STALE' });
  });

  it('narrow single tables of DynamoDB', async () => {
    const arn = 'arn:aws:dynamodb:*:table/pay*';
    const at = await use(0, tableClaims as never, [{ role: 'reader', where: { arn }, effect: 'hidden' }]);
    expect(at?.tableAccess?.('payroll', {})).toBe('hidden');
    expect(at?.tableAccess?.('orders', {})).toBeUndefined();
    expect((await use(0, tableClaims as never))?.tableAccess).toBeUndefined();
  });
});

describe('the record of a script', () => {
  const rows = new TextEncoder().encode('{"type":"rows","count":3,"values":[["1","2","3"]]}\n');
  const ended: ResultEvent = { ...done, rows: 3, affected: 2, consumed: { kind: 'read', units: 1.5 } };

  it('is written before the database hears anything of it, while the login is made', async () => {
    const order: string[] = [];
    const loggedIn = Promise.withResolvers<void>();
    const { audit: writing } = memoryAudit();
    const audit: Audit = {
      async begin(deed, days) {
        order.push(`record ${deed.statement}`);
        await loggedIn.promise;
        const record = await writing.begin(deed, days);
        order.push('written');
        return record;
      },
    };
    const { databases } = fakeDatabases({
      run: async function* () {
        order.push('run');
        yield done;
      },
    });
    const noting: typeof databases = {
      ...databases,
      run: (at, script, options, starting) =>
        databases.run(at, script, options, {
          ...starting,
          opened() {
            order.push('logged in');
            loggedIn.resolve();
          },
        }),
    };
    const { start } = await setup(async function* () {}, { audit, databases: noting });
    await Array.fromAsync(await start());
    expect(order).toEqual(['record select 1', 'logged in', 'written', 'run']);
  });

  it('says who ran what, where and as whom, and what came of it', async () => {
    const { start, entries } = await setup(async function* () {
      yield rows;
      yield rows;
      yield ended;
      yield { ...ended, statement: 1 };
    });
    await Array.fromAsync(await start({ statement: 'select 1; UPDATE t SET a = 1' }));
    expect(entries).toEqual([
      {
        id: expect.any(String),
        at: expect.any(String),
        kind: 'statement',
        outcome: 'succeeded',
        requestId: 'r-1',
        user: session.user,
        session: session.id,
        role: 'reader',
        address: '192.0.2.1',
        resource: { id: shopClaims.resourceId, engine: 'postgres', region: 'eu-central-1' },
        database: 'shop',
        databaseUser: 'app_iam',
        login: 'iam',
        statement: 'select 1; UPDATE t SET a = 1',
        commands: ['SELECT', 'UPDATE'],
        rows: 6,
        affected: 4,
        bytes: 2 * rows.length,
        consumed: [{ kind: 'read', units: 3 }],
        elapsedMs: 1,
      },
    ]);
  });

  it('is complete before the reader is told that the script has ended', async () => {
    const { start, entries } = await setup(async function* () {
      yield done;
    });
    for await (const record of await start())
      if (!(record instanceof Uint8Array) && record.type === 'end') expect(entries[0]?.outcome).toBe('succeeded');
      else expect(entries[0]?.outcome).toBe('begun');
  });

  it('names the code of what failed, and keeps what was read until then', async () => {
    const { start, entries } = await setup(async function* () {
      yield rows;
      throw new AppError('STATEMENT_FAILED');
    });
    await expect(Array.fromAsync(await start())).rejects.toMatchObject({ code: 'STATEMENT_FAILED' });
    expect(entries).toMatchObject([{ outcome: 'failed', code: 'STATEMENT_FAILED', rows: 3, bytes: rows.length }]);
  });

  it.each([
    ['STATEMENT_CANCELLED', 'cancelled'],
    ['STATEMENT_TIMEOUT', 'failed'],
    ['DATABASE_LOST', 'failed'],
    ['READ_ONLY', 'refused'],
  ] as const)('of a script that ended with %s says %s', async (code, outcome) => {
    // biome-ignore lint/correctness/useYield: it fails before its first record
    const { start, entries } = await setup(async function* () {
      throw new AppError(code);
    });
    await expect(Array.fromAsync(await start())).rejects.toMatchObject({ code });
    expect(entries).toMatchObject([{ outcome, code }]);
  });

  it('of what nobody meant says INTERNAL', async () => {
    const { start, entries } = await setup(async function* () {}, { databases: failingDatabases(new TypeError('x')) });
    await expect(start()).rejects.toThrow('x');
    expect(entries).toMatchObject([{ outcome: 'failed', code: 'INTERNAL' }]);
  });

  it('of a login that was refused says so', async () => {
    const refused = failingDatabases(new AppError('AWS_DENIED'));
    const { start, entries } = await setup(async function* () {}, { databases: refused });
    await expect(start()).rejects.toMatchObject({ code: 'AWS_DENIED' });
    expect(entries).toMatchObject([{ outcome: 'refused', code: 'AWS_DENIED', statement: 'select 1' }]);
  });

  it('of one too many at once says that it was refused', async () => {
    const { start, entries } = await setup(async function* () {
      yield done;
    });
    await Promise.all([start(), start()]);
    await expect(start()).rejects.toMatchObject({ code: 'TOO_MANY_STATEMENTS' });
    expect(entries[2]).toMatchObject({ outcome: 'refused', code: 'TOO_MANY_STATEMENTS' });
  });

  it('is cut where the reader leaves, be it before the first record', async () => {
    const { start, entries } = await setup(async function* () {
      yield rows;
      yield done;
    });
    for await (const _record of await start()) break;
    await (await start())[Symbol.asyncIterator]().return?.();
    expect(entries).toMatchObject([
      { outcome: 'cut', rows: 3 },
      { outcome: 'cut', rows: 0 },
    ]);
  });

  it('is cut at once where the time of the function is over, though the database hangs', async () => {
    const time = new AbortController();
    const { promise } = Promise.withResolvers<never>();
    const { start, entries } = await setup(async function* () {
      yield rows;
      await promise;
    });
    const records = (await start({}, time.signal))[Symbol.asyncIterator]();
    await records.next();
    void records.next();
    time.abort(new AppError('STATEMENT_TIMEOUT'));
    await new Promise(setImmediate);
    expect(entries).toMatchObject([{ outcome: 'cut', code: 'STATEMENT_TIMEOUT', rows: 3 }]);
  });

  it('that cannot be written lets nothing happen: no statement, no connection left, and no slot taken', async () => {
    let ran = 0;
    const { audit } = memoryAudit({ failing: true });
    const { start, seen, held } = await setup(
      async function* () {
        ran += 1;
        yield done;
      },
      { audit },
    );
    await expect(start()).rejects.toMatchObject({ code: 'AUDIT_FAILED' });
    expect([ran, seen.opened - seen.closed, held.taken]).toEqual([0, 0, 0]);
  });

  it('is kept and redacted as the instance says', async () => {
    const { audit, entries, days } = memoryAudit();
    const kept = { ...claimedInstance, limits, audit: { days: 7, redactLiterals: true } };
    const { start } = await setup(async function* () {}, { audit, standing: { ...standing, instance: kept } });
    await Array.fromAsync(await start({ statement: "select * from t where name = 'Maria' and age > 40" }));
    expect(days).toEqual([7]);
    expect(entries).toMatchObject([{ statement: 'select * from t where name = ? and age > ?', redacted: true }]);
  });
});
