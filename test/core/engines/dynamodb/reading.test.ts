import { AppError } from '#contract/errors.ts';
import type { Connection } from '#core/engines/engine.ts';
import { describeWith } from '../../../support/machine.ts';
import { all, collect, eventually, first, options, rowsFrom } from '../collect.ts';
import { type DynamoServer, startServer } from './server.ts';

const customer = `SELECT * FROM "shop-orders" WHERE pk = 'CUSTOMER#00007'`;
const orders = 'SELECT * FROM "shop-orders"';
const drain = async (events: AsyncIterator<unknown>): Promise<void> => {
  for (let next = await events.next(); !next.done; next = await events.next());
};
const notices = (collected: Awaited<ReturnType<typeof collect>>) =>
  all(collected, 'notice').map(({ message }) => message);

describeWith('java', 'DynamoDB Local', () => {
  let server: DynamoServer;
  let connection: Connection;
  beforeAll(async () => {
    server = await startServer();
    connection = await server.connect();
  }, 60_000);
  afterAll(async () => {
    await connection[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    server.letGo();
    await eventually(async () => server.seen.open === 0);
    server.seen.operations = [];
  });

  describe('running a script', () => {
    it('connects without asking DynamoDB anything', async () => {
      await using other = await server.connect();
      expect(other.about).toEqual({ version: '2012-08-10', user: 'ada', database: 'eu-central-1' });
      expect(server.seen.operations).toEqual([]);
    });

    it('gives the records of each statement in their order', async () => {
      const script = `${customer};\n -- both\nQUERY {"table": "shop-orders", "key": {"pk": "CUSTOMER#00007"}}`;
      const collected = await collect(connection, script);
      expect(collected.error).toBeUndefined();
      const one = ['statement', 'notice', 'columns', 'done'];
      expect(collected.records.map(({ type }) => type)).toEqual(['started', ...one, ...one]);
      expect(collected.results[0]).toHaveLength(4);
      expect(collected.results[1]).toHaveLength(4);
      expect(all(collected, 'done')[1]).toEqual({
        type: 'done',
        statement: 1,
        command: 'QUERY',
        rows: 4,
        truncated: false,
        elapsedMs: expect.any(Number),
        consumed: { kind: 'read', units: 0.5 },
      });
    });

    it('gives columns also where there are no items', async () => {
      const collected = await collect(connection, `SELECT * FROM "shop-orders" WHERE pk = 'nobody'`);
      expect(first(collected, 'columns').columns.map(({ name }) => name)).toEqual(['pk', 'sk', '{item}']);
      expect(collected.results).toEqual([[]]);
    });

    it('refuses a script without a statement', async () => {
      for (const script of ['', ' ;; ', '-- nothing'])
        expect((await collect(connection, script)).error).toMatchObject({ code: 'INPUT_INVALID' });
    });

    it('keeps the results before a statement that fails, and names it', async () => {
      const collected = await collect(connection, `${customer}; SELECT * FROM "shop-orders" WHERE; ${customer}`);
      expect(collected.results).toHaveLength(1);
      expect(all(collected, 'statement')).toHaveLength(2);
      expect(collected.error).toMatchObject({
        code: 'STATEMENT_FAILED',
        details: { statement: 1, native: { code: 'ValidationException' } },
      });
      expect(await rowsFrom(connection, customer)).toHaveLength(4);
    });

    it('names a table and an index that are not there', async () => {
      expect((await collect(connection, 'SELECT * FROM nowhere')).error).toMatchObject({
        code: 'OBJECT_NOT_FOUND',
        message: 'There is no table nowhere in eu-central-1.',
      });
      expect((await collect(connection, 'SELECT * FROM "shop-orders"."gsi9"')).error).toMatchObject({
        code: 'OBJECT_NOT_FOUND',
        details: { hint: 'It has: gsi1.', statement: 0 },
      });
    });

    it('runs one script at a time', async () => {
      const events = connection.run(customer, options())[Symbol.asyncIterator]();
      await events.next();
      expect((await collect(connection, customer)).error).toBeInstanceOf(AppError);
      await events.return?.();
    });

    it('writes, changes and deletes items, and says what came of it', async () => {
      const insert = `INSERT INTO "things" VALUE {'id': 'w', 'at': 1, 'colour': 'red'}`;
      const made = await collect(connection, insert);
      expect(first(made, 'done')).toMatchObject({
        command: 'INSERT',
        rows: 0,
        affected: 1,
      });
      // DynamoDB Local answers no capacity of PartiQL.
      expect(first(made, 'done')).not.toHaveProperty('consumed');
      expect(made.results).toEqual([]);
      expect((await collect(connection, insert)).error).toMatchObject({ code: 'STATEMENT_FAILED' });
      const changed = await collect(
        connection,
        `UPDATE "things" SET colour = 'blue' WHERE id = 'w' AND "at" = 1 RETURNING ALL NEW *`,
      );
      expect(changed.results[0]?.[0]?.slice(0, 3)).toEqual(['w', '1', 'blue']);
      const gone = await collect(connection, `DELETE FROM "things" WHERE id = 'w' AND "at" = 1`);
      expect(first(gone, 'done')).not.toHaveProperty('affected');
      expect(await rowsFrom(connection, `SELECT * FROM "things" WHERE id = 'w'`)).toEqual([]);
    });
  });

  describe('values', () => {
    it('keep every digit, every byte and every type', async () => {
      const digits = '12345678901234567890123456789.012345678';
      await server.put('things', {
        id: { S: 'v' },
        at: { N: digits },
        bytes: { B: new Uint8Array([0, 1, 255]) },
        numbers: { NS: [digits] },
        texts: { SS: ['a', 'é"\\'] },
        nested: { M: { list: { L: [{ N: '1' }, { NULL: true }, { BOOL: true }] } } },
        none: { NULL: true },
      });
      for (const script of [`SELECT * FROM "things" WHERE id = 'v'`, 'QUERY {"table": "things", "key": {"id": "v"}}']) {
        const collected = await collect(connection, script);
        const names = first(collected, 'columns').columns.map(({ name }) => name);
        expect(names).toEqual(['id', 'at', 'bytes', 'nested', 'none', 'numbers', 'texts', '{item}']);
        const [row = []] = collected.results[0] ?? [];
        expect(row.slice(0, 7)).toEqual([
          'v',
          digits,
          'AAH/',
          '{"M":{"list":{"L":[{"N":"1"},{"NULL":true},{"BOOL":true}]}}}',
          'null',
          `{"NS":["${digits}"]}`,
          '{"SS":["a","é\\"\\\\"]}',
        ]);
        expect(JSON.parse(row[7] ?? '')).toMatchObject({
          at: { N: digits },
          bytes: { B: 'AAH/' },
          none: { NULL: true },
        });
      }
    });

    it('find an item again by a number of 38 digits', async () => {
      const at = '98765432109876543210.987654321098765432';
      await server.put('things', { id: { S: 'n' }, at: { N: at } });
      for (const script of [
        `SELECT * FROM "things" WHERE id = 'n' AND "at" = ${at}`,
        `QUERY {"table": "things", "key": {"id": "n", "at": ${at}}}`,
      ])
        expect((await rowsFrom(connection, script))[0]?.[1]).toBe(at);
    });
  });

  describe('pages', () => {
    /** Three pages of DynamoDB's megabyte. */
    const large = 'SELECT * FROM "things" WHERE id = \'large\'';
    beforeAll(async () => {
      const text = 'x'.repeat(300_000);
      for (let at = 0; at < 8; at += 1)
        await server.put('things', { id: { S: 'large' }, at: { N: String(at) }, text: { S: text } });
      await server.put('things', { id: { S: 'large' }, at: { N: '8' }, late: { S: 'only here' } });
    });

    it('are followed to the end, and what came late is in the last column and named', async () => {
      const collected = await collect(connection, large);
      expect(collected.results[0]?.map((row) => row[1])).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8']);
      expect(server.seen.operations.filter((operation) => operation === 'ExecuteStatement').length).toBeGreaterThan(2);
      expect(collected.results[0]?.at(-1)?.at(-1)).toContain('only here');
      expect(notices(collected).at(-1)).toContain('late');
      expect(first(collected, 'done')).toMatchObject({ rows: 9, truncated: false });
    });

    it('hold a thousand small items, for more would only fill memory', async () => {
      const items = Array.from({ length: 1_100 }, (_, at) => ({ id: { S: 'small' }, at: { N: String(at) } }));
      await server.fill('things', items);
      const script = 'QUERY {"table": "things", "key": {"id": "small"}}';
      expect(await rowsFrom(connection, script)).toHaveLength(1_100);
      expect(server.seen.operations.filter((operation) => operation === 'Query')).toHaveLength(2);
    });

    it('are asked for when the rows before have been taken', async () => {
      const events = connection.run(large, options())[Symbol.asyncIterator]();
      for (let next = await events.next(); !(next.value instanceof Uint8Array); ) next = await events.next();
      const asked = server.seen.operations.length;
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(server.seen.operations).toHaveLength(asked);
      await drain(events);
      expect(server.seen.operations.length).toBeGreaterThan(asked);
    });

    it('end when the rows are left early', async () => {
      for await (const event of connection.run(large, options())) if ('type' in event && event.type === 'rows') break;
      const asked = server.seen.operations.length;
      expect(await rowsFrom(connection, customer)).toHaveLength(4);
      expect(server.seen.operations.slice(asked)).toEqual(['ExecuteStatement']);
    });

    it('end at the limit of rows, which says so only where there was more', async () => {
      const cut = await collect(connection, `${orders}; SCAN {"table": "shop-orders", "limit": 3}`, { maxRows: 10 });
      expect(all(cut, 'done').map(({ rows, truncated }) => [rows, truncated])).toEqual([
        [10, true],
        [3, false],
      ]);
      const whole = await collect(connection, customer, { maxRows: 4 });
      expect(first(whole, 'done')).toMatchObject({ rows: 4, truncated: false });
    });

    it('give all two thousand items of the demo, by a scan of each kind', async () => {
      for (const script of [orders, 'SCAN {"table": "shop-orders", "projection": ["pk", "sk"]}'])
        expect(await rowsFrom(connection, script)).toHaveLength(2_000);
    });

    it('come backwards, filtered and through an index where a QUERY says so', async () => {
      const script = `QUERY {"table": "shop-orders", "index": "gsi1", "forward": false,
        "key": {"gsi1pk": "STATUS#paid", "gsi1sk": {"begins_with": "2026-0"}}, "filter": {"total": {">": 100}},
        "projection": ["gsi1sk", "total"]}`;
      const collected = await collect(connection, script);
      expect(first(collected, 'columns').columns.map(({ name }) => name)).toEqual(['gsi1sk', 'total', '{item}']);
      const days = (collected.results[0] ?? []).map(([day]) => day ?? '');
      expect(days.length).toBeGreaterThan(10);
      expect(days).toEqual(days.toSorted().reverse());
      expect(first(collected, 'done').consumed).toMatchObject({ indexes: { gsi1: expect.any(Number) } });
    });
  });

  describe('before it reads', () => {
    it('says whether it reads by a key, by an index or the whole table', async () => {
      const said = async (script: string) => notices(await collect(connection, script))[0];
      expect(await said(customer)).toContain('Reads the table shop-orders by its key pk, out of about 2,000 items');
      expect(await said(`SELECT * FROM "shop-orders"."gsi1" WHERE gsi1pk = 'STATUS#paid'`)).toContain('the index gsi1');
      expect(await said(orders)).toContain('Scans the whole of the table shop-orders: about 2,000 items (');
      expect(await said(`SELECT * FROM "shop-orders" WHERE gsi1pk = 'STATUS#paid'`)).toContain('Scans the whole');
      expect(await said(`SELECT * FROM "shop-orders" WHERE pk = 'a' OR sk = 'b'`)).toContain('cannot tell');
    });

    it('stops a reader from scanning more than the limit, and reads nothing', async () => {
      await using reader = await server.connect({ readOnly: true, limits: { items: 1_000 } });
      for (const script of [orders, 'SCAN {"table": "shop-orders"}', `${orders} WHERE total > 5`]) {
        const { error, results } = await collect(reader, script);
        expect(error).toMatchObject({
          code: 'STATEMENT_FAILED',
          message: expect.stringContaining('at most 1,000 items'),
        });
        expect(results).toEqual([]);
      }
      expect(server.seen.operations).toEqual(['DescribeTable']);
      expect(await rowsFrom(reader, customer)).toHaveLength(4);
      expect(await rowsFrom(reader, orders, { maxRows: 10 })).toHaveLength(10);
      expect(await rowsFrom(connection, orders)).toHaveLength(2_000);
    });
  });

  describe('where nobody looks on', () => {
    it('stops a scan above the limit as a reader’s, and still writes', async () => {
      await using unattended = await server.connect({ scans: 'limited', limits: { items: 1_000 } });
      expect((await collect(unattended, orders)).error).toMatchObject({
        code: 'STATEMENT_FAILED',
        message: expect.stringContaining('unattended runs may scan at most 1,000 items'),
      });
      expect(server.seen.operations).toEqual(['DescribeTable']);
      expect(await rowsFrom(unattended, customer)).toHaveLength(4);
      const insert = `INSERT INTO "things" VALUE {'id': 'unattended', 'at': 1}`;
      expect(first(await collect(unattended, insert), 'done')).toMatchObject({ affected: 1 });
      await collect(unattended, `DELETE FROM "things" WHERE id = 'unattended' AND "at" = 1`);
    });

    it('and frees a reader whom somebody has let scan', async () => {
      await using free = await server.connect({ readOnly: true, scans: 'free', limits: { items: 1_000 } });
      expect(await rowsFrom(free, orders)).toHaveLength(2_000);
    });
  });

  describe('reading only', () => {
    it('changes nothing, whatever is sent', async () => {
      await using reader = await server.connect({ readOnly: true });
      for (const script of [
        `INSERT INTO "things" VALUE {'id': 'r', 'at': 1}`,
        `UPDATE "shop-orders" SET a = 1 WHERE pk = 'CUSTOMER#00007' AND sk = 'PROFILE'`,
        `DELETE FROM "shop-orders" WHERE pk = 'CUSTOMER#00007' AND sk = 'PROFILE'`,
        `/* SELECT */ DELETE FROM "shop-orders" WHERE pk = 'CUSTOMER#00007' AND sk = 'PROFILE'`,
        `EXISTS(SELECT * FROM "shop-orders" WHERE pk = 'a' AND sk = 'b')`,
      ])
        expect((await collect(reader, script)).error).toMatchObject({ code: 'READ_ONLY', details: { statement: 0 } });
      expect(server.seen.operations).toEqual([]);
      expect(await rowsFrom(reader, customer)).toHaveLength(4);
    });
  });

  describe('permissions', () => {
    it('that are missing are named with the ARN, and what may be read is read', async () => {
      await using cleo = await server.connect({ keys: server.keysOf('cleo') });
      expect((await collect(cleo, customer)).error).toMatchObject({
        code: 'AWS_DENIED',
        details: {
          action: 'dynamodb:PartiQLSelect',
          resource: 'arn:aws:dynamodb:eu-central-1:111122223333:table/shop-orders',
        },
      });
      expect(await rowsFrom(cleo, 'QUERY {"table": "shop-orders", "key": {"pk": "CUSTOMER#00007"}}')).toHaveLength(4);
    });

    it('to describe a table are asked of readers, whose scans could not be told otherwise', async () => {
      const keys = server.keysOf('service');
      await using editor = await server.connect({ keys });
      await using reader = await server.connect({ keys, readOnly: true });
      const denied = { code: 'AWS_DENIED', details: { action: 'dynamodb:DescribeTable' } };
      expect((await collect(reader, customer)).error).toMatchObject(denied);
      const said = await collect(editor, customer);
      expect(all(said, 'notice')[0]).toMatchObject({ hint: expect.stringContaining('dynamodb:DescribeTable') });
      expect(said.error).toMatchObject({ details: { action: 'dynamodb:PartiQLSelect' } });
    });

    it('are those of the keys: others are refused without a word of them', async () => {
      const keys = { ...server.keysOf('ada'), secretAccessKey: 'not-the-secret-of-ada' };
      await using wrong = await server.connect({ keys });
      const { error } = await collect(wrong, customer);
      expect(error).toMatchObject({ code: 'SESSION_INVALID' });
      expect(JSON.stringify((error as AppError).body('id'))).not.toContain('not-the-secret');
    });
  });

  describe('stopping', () => {
    const begun = async (script: string) => {
      server.hold();
      const events = connection.run(script, options())[Symbol.asyncIterator]();
      const { value } = await events.next();
      const ended = drain(events);
      ended.catch(() => undefined);
      await eventually(async () => server.seen.open > 0);
      return { handle: (value as { handle: string }).handle, ended };
    };

    it('cancels by handle from another connection, and knows when nothing runs', async () => {
      await using other = await server.connect();
      const { handle, ended } = await begun(customer);
      expect(await other.cancel(handle)).toBe(true);
      await expect(ended).rejects.toMatchObject({ code: 'STATEMENT_CANCELLED', details: { statement: 0 } });
      expect(await other.cancel(handle)).toBe(false);
      expect(await other.cancel('nonsense')).toBe(false);
      const elsewhere = other.cancel('00000000-0000-4000-8000-000000000000.00000000-0000-4000-8000-000000000000');
      await expect(elsewhere).rejects.toMatchObject({ code: 'DATABASE_UNREACHABLE' });
    });

    it('stops when its signal aborts, and tells why where the signal does', async () => {
      server.hold();
      const abort = new AbortController();
      const running = collect(connection, customer, { signal: abort.signal });
      await eventually(async () => server.seen.open > 0);
      abort.abort();
      expect((await running).error).toMatchObject({ code: 'STATEMENT_CANCELLED' });
      const reason = new AppError('STATEMENT_TIMEOUT', { message: 'The function has no time left.' });
      const { error } = await collect(connection, customer, { signal: AbortSignal.abort(reason) });
      expect(error).toMatchObject({ code: 'STATEMENT_TIMEOUT', message: 'The function has no time left.' });
    });

    it('stops a statement that runs longer than it may', async () => {
      server.hold();
      const { error } = await collect(connection, `${customer}; ${customer}`, { timeoutSeconds: 1 });
      expect(error).toMatchObject({ code: 'STATEMENT_TIMEOUT', details: { statement: 0 } });
    });

    it('leaves nothing waiting when it is closed in the middle', async () => {
      server.hold();
      const busy = await server.connect();
      const ended = collect(busy, customer);
      await eventually(async () => server.seen.open > 0);
      await busy[Symbol.asyncDispose]();
      expect((await ended).error).toMatchObject({ code: 'STATEMENT_CANCELLED' });
    });
  });
});
