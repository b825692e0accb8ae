/** What every connector must do, whether the engines are in this process or behind a function: on a real PostgreSQL. */
import net from 'node:net';
import type { TestStep } from '#contract/connecting.ts';
import type { Operation, Work } from '#contract/connector.ts';
import { ENGINES, EngineName } from '#contract/engines.ts';
import { AppError } from '#contract/errors.ts';
import type { ResultRecord } from '#contract/results.ts';
import type { Connector, ConnectorEvent } from '#core/connectors/connector.ts';
import { READY_ENGINES } from '#core/engines/engines.ts';
import { makeCertificates } from '#core/local/gateway/certificates.ts';
import { listen } from '#core/local/listen.ts';
import { reservePort } from '#core/local/reserve-port.ts';
import { until } from '../../e2e/until.ts';
import { blackHole } from '../../support/black-hole.ts';
import { type PostgresServer, startPostgres } from '../../support/postgres-server.ts';

/** A statement that a test finds again by the name that stands in it. */
const running = (name: string) =>
  `select count(*)::int as count from pg_stat_activity where state = 'active' and query like '%${name}%' and pid <> pg_backend_pid()`;

export function connectorConformance(name: string, start: () => Promise<{ connector: Connector } & AsyncDisposable>) {
  describe(name, () => {
    let server: PostgresServer;
    let started: Awaited<ReturnType<typeof start>>;
    beforeAll(async () => {
      server = await startPostgres();
      started = await start();
    }, 60_000);
    afterAll(async () => {
      await started?.[Symbol.asyncDispose]();
      await server?.[Symbol.asyncDispose]();
    });

    const operation = (work: Work, changes: Partial<Operation> = {}): Operation => ({
      engine: 'postgres',
      target: server.target,
      login: server.login,
      readOnly: false,
      work,
      ...changes,
    });
    const run = (script: string, changes: Partial<Operation> = {}): Operation =>
      operation({ do: 'run', script, maxRows: 10_000_000, timeoutSeconds: 60 }, changes);
    const perform = (wanted: Operation, signal = new AbortController().signal) =>
      started.connector.perform(wanted, signal);
    const all = async (wanted: Operation): Promise<ConnectorEvent[]> => Array.fromAsync(perform(wanted));
    const answerOf = async (work: Work): Promise<unknown> => {
      const [opened, answer, ...more] = await all(operation(work));
      expect([opened, more]).toEqual([expect.objectContaining({ type: 'opened' }), []]);
      return (answer as { value: unknown }).value;
    };
    const refused = (wanted: Operation): Promise<AppError> =>
      all(wanted).then(() => Promise.reject(new Error('It was let through.')), asAppError);
    const count = async (text: string): Promise<number> => (await (await server.client()).query(text)).rows[0].count;

    it('opens a database, says what it is, and leaves nothing open', async () => {
      expect(await all(operation({ do: 'open' }))).toEqual([
        { type: 'opened', about: { version: expect.stringMatching(/^\d+/), user: 'postgres', database: 'postgres' } },
      ]);
      const left = `select count(*)::int as count from pg_stat_activity where application_name = 'Lodge'`;
      await until('the connection is closed', async () => (await count(left)) === 0);
    });

    it('streams what a script gives, its rows as the bytes of whole lines', async () => {
      const [opened, ...events] = await all(
        run(`select 1 as one, 'größe' as "Größe"; select * from generate_series(1, 3)`),
      );
      expect(opened).toMatchObject({ type: 'opened' });
      const records = events.map(recordOf);
      expect(records.map(({ type }) => type)).toEqual([
        'started',
        'statement',
        'columns',
        'rows',
        'done',
        'statement',
        'columns',
        'rows',
        'done',
      ]);
      expect(records.filter(({ type }) => type === 'rows')).toEqual([
        { type: 'rows', count: 1, values: [['1'], ['größe']] },
        { type: 'rows', count: 3, values: [['1', '2', '3']] },
      ]);
      const rows = events.filter((event) => event instanceof Uint8Array);
      expect(rows).toHaveLength(2);
      // Whoever sends them frees them, which bytes that share their memory forbid.
      for (const { buffer, byteLength } of rows) expect(buffer.byteLength).toBe(byteLength);
    });

    it('is told which stretch of a script to run, and says where it has left it', async () => {
      const stretch = { from: 1, pauseAfterMs: 0, maxRows: 10, timeoutSeconds: 60 };
      const script = 'select 1; select 2; select 3';
      const records = (await all(operation({ do: 'run', script, ...stretch }))).map(recordOf);
      expect(records.filter(({ type }) => type === 'statement')).toMatchObject([{ statement: 1 }]);
      expect(records.at(-1)).toEqual({ type: 'pause', statement: 2 });
    });

    it('carries values longer than any piece of a stream, and rows without number', async () => {
      const [, , , , long, , , , ...more] = (
        await all(run(`select repeat('ä', 3000000); select generate_series(1, 200000)`))
      ).map(recordOf);
      expect(long).toMatchObject({ type: 'rows', values: [['ä'.repeat(3_000_000)]] });
      const numbers = more.flatMap((record) => (record.type === 'rows' ? (record.values[0] ?? []) : []));
      expect([numbers.length, numbers[0], numbers.at(-1)]).toEqual([200_000, '1', '200000']);
    });

    it('answers what it is asked of the tree', async () => {
      const client = await server.client();
      await client.query('create table if not exists harbour (id int primary key, name text)');
      expect(await answerOf({ do: 'children', path: [] })).toEqual(
        expect.arrayContaining([expect.objectContaining({ name: 'public' })]),
      );
      expect(JSON.stringify(await answerOf({ do: 'names' }))).toContain('harbour');
      const path = [
        { kind: 'schema' as const, name: 'public' },
        { kind: 'table' as const, name: 'harbour' },
      ];
      expect(JSON.stringify(await answerOf({ do: 'describe', path }))).toContain('harbour');
    });

    it('says what the database said of a statement: where, and in its own words', async () => {
      const error = await refused(run('select 1; select * frm nowhere'));
      expect(error).toMatchObject({
        code: 'STATEMENT_FAILED',
        message: expect.stringContaining('frm'),
        details: { statement: 1, native: { code: '42601', position: expect.any(Number) } },
      });
    });

    it('keeps a reader from writing', async () => {
      expect(await refused(run('create table forbidden (id int)', { readOnly: true }))).toMatchObject({
        code: 'READ_ONLY',
      });
    });

    it('says of what is missing in the tree that it is missing', async () => {
      const path = [{ kind: 'schema' as const, name: 'nowhere' }];
      expect(await refused(operation({ do: 'describe', path }))).toMatchObject({ code: 'OBJECT_NOT_FOUND' });
    });

    it('refuses an engine whose code is not here, by its title', async () => {
      const missing = EngineName.options.find((engine) => !(engine in READY_ENGINES)) ?? 'dynamodb';
      expect(await refused(operation({ do: 'open' }, { engine: missing }))).toMatchObject({
        code: 'ENGINE_UNSUPPORTED',
        message: expect.stringContaining(ENGINES[missing].title),
      });
    });

    it('takes rows no faster than they are taken from it', async () => {
      const script = `select /* stalled */ md5(random()::text), generate_series(1, 20000000)`;
      const events = perform(run(script))[Symbol.asyncIterator]();
      for (let at = 0; at < 8; at += 1) await events.next();
      const stalled = `select count(*)::int as count from pg_stat_activity where wait_event = 'ClientWrite' and query like '%/* stalled */%'`;
      await until('the database waits for its reader', async () => (await count(stalled)) === 1);
      await events.return?.();
    });

    it('stops a statement whose reader leaves', async () => {
      for await (const event of perform(run(`select /* left */ 1, pg_sleep(300)`)))
        if (!(event instanceof Uint8Array) && event.type === 'statement') break;
      await until('nothing runs any more', async () => (await count(running('/* left */'))) === 0);
    });

    it('stops a statement on an abort, and says with its reason that it did', async () => {
      const reason = new AppError('STATEMENT_CANCELLED', { message: 'of this test' });
      const controller = new AbortController();
      const ended = Array.fromAsync(perform(run(`select /* aborted */ pg_sleep(300)`), controller.signal)).catch(
        asAppError,
      );
      await until('the statement runs', async () => (await count(running('/* aborted */'))) === 1);
      controller.abort(reason);
      expect(await ended).toMatchObject({ code: 'STATEMENT_CANCELLED', message: 'of this test' });
      await until('nothing runs any more', async () => (await count(running('/* aborted */'))) === 0);
    });

    it('does nothing where it was aborted before', async () => {
      const reason = new AppError('STATEMENT_CANCELLED');
      const ended = Array.fromAsync(perform(run('select 1'), AbortSignal.abort(reason))).catch(asAppError);
      expect(await ended).toMatchObject({ code: 'STATEMENT_CANCELLED' });
    });

    it('stops what another connection runs, by its handle', async () => {
      const events: ResultRecord[] = [];
      const ended = (async () => {
        for await (const event of perform(run(`select /* handled */ pg_sleep(300)`)))
          if (!(event instanceof Uint8Array) && event.type !== 'opened') events.push(event as ResultRecord);
      })().catch(asAppError);
      await until('the statement runs', async () => (await count(running('/* handled */'))) === 1);
      const handle = events[0]?.type === 'started' ? events[0].handle : '';
      expect(await answerOf({ do: 'cancel', handle })).toBe(true);
      expect(await ended).toMatchObject({ code: 'STATEMENT_CANCELLED' });
      expect(await answerOf({ do: 'cancel', handle })).toBe(false);
    });

    describe('going the steps', () => {
      const steps = async (changes: Partial<Operation> = {}): Promise<TestStep[]> =>
        (await all(operation({ do: 'probe' }, changes))) as TestStep[];
      const states = (all: readonly TestStep[]) => all.map(({ step, state }) => `${step} ${state}`);
      const at = (target: Partial<Operation['target']>) => ({ target: { ...server.target, ...target } });
      const hintOf = (all: readonly TestStep[]) => all.at(-1)?.error?.details?.hint;

      it('passes them all at an open database, and says what was seen', async () => {
        const passed = await steps();
        expect(states(passed)).toEqual(['name passed', 'route passed', 'port passed', 'tls passed', 'login passed']);
        expect(passed.map(({ detail }) => detail)).toEqual([
          '127.0.0.1',
          '127.0.0.1 answers',
          `something listens at ${server.target.port}`,
          'the certificate is trusted',
          expect.stringMatching(/^postgres at postgres, version \d+/),
        ]);
      });

      it('fails at a name that nobody knows', async () => {
        // RFC 6761, 6.4: a name that never exists.
        const failed = await steps(at({ host: 'database.invalid' }));
        expect(states(failed)).toEqual(['name failed']);
        expect(hintOf(failed)).toContain('its name is known in its VPC only');
      });

      it('fails at the way where packets are swallowed', async () => {
        await using hole = await blackHole();
        const failed = await steps(at({ port: hole.port }));
        expect(states(failed)).toEqual(['name passed', 'route failed']);
        expect(failed.at(-1)?.error?.code).toBe('DATABASE_TIMEOUT');
        expect(hintOf(failed)).toContain('security group');
      });

      it('fails at a port where nothing listens', async () => {
        using reserved = await reservePort();
        const failed = await steps(at({ port: reserved.port }));
        expect(states(failed)).toEqual(['name passed', 'route passed', 'port failed']);
        expect(hintOf(failed)).toContain('listens at this port');
      });

      it('fails at TLS where the authority is another', async () => {
        const failed = await steps(at({ ca: makeCertificates().ca }));
        expect(states(failed)).toEqual(['name passed', 'route passed', 'port passed', 'tls failed']);
        expect(hintOf(failed)).toContain('authorities');
      });

      it('fails at TLS where something listens that says nothing', async () => {
        const sockets: net.Socket[] = [];
        const { port, close } = await listen(net.createServer((socket) => void sockets.push(socket)));
        const failed = await steps(at({ port }));
        expect(states(failed)).toEqual(['name passed', 'route passed', 'port passed', 'tls failed']);
        expect(hintOf(failed)).toContain('port of the database itself');
        for (const socket of sockets) socket.destroy();
        await close();
      });

      it('fails at a login with the wrong password', async () => {
        const failed = await steps({ login: { ...server.login, password: 'another one' } });
        expect(states(failed)).toEqual(['name passed', 'route passed', 'port passed', 'tls passed', 'login failed']);
        expect(failed.at(-1)?.error?.code).toBe('LOGIN_FAILED');
        expect(hintOf(failed)).toContain('password');
      });

      it('stops at an abort, in the middle of a step', async () => {
        await using hole = await blackHole();
        const controller = new AbortController();
        const seen: ConnectorEvent[] = [];
        const ended = (async () => {
          for await (const event of perform(operation({ do: 'probe' }, at({ port: hole.port })), controller.signal)) {
            seen.push(event);
            controller.abort(new AppError('STATEMENT_CANCELLED'));
          }
        })().catch(asAppError);
        expect(await ended).toMatchObject({ code: 'STATEMENT_CANCELLED' });
        expect(states(seen as TestStep[])).toEqual(['name passed']);
      });
    });
  });
}

const recordOf = (
  event: ConnectorEvent,
): Exclude<ConnectorEvent, Uint8Array> | Extract<ResultRecord, { type: 'rows' }> =>
  event instanceof Uint8Array ? JSON.parse(Buffer.from(event).toString('utf8')) : event;

function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  throw error;
}
