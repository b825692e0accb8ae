/** Values come as the server prints them, each with its type: nothing passes through a float, a Date or a charset. */
import type { Connection } from '#core/engines/engine.ts';
import { mysql } from '#core/engines/mysql/mysql.ts';
import { describeWith } from '../../../support/machine.ts';
import { type MariaDbTestServer, startMariaDbServer } from '../../../support/mariadb-server.ts';
import { all, collect, first, rowsFrom, type Value } from '../collect.ts';

let server: MariaDbTestServer;
let connection: Connection;
const connect = (readOnly = false) =>
  mysql.connect(server.target, server.login, { readOnly, signal: new AbortController().signal });
describeWith('mariadb', 'values on a real MariaDB', () => {
  beforeAll(async () => {
    server = await startMariaDbServer();
    connection = await connect();
  }, 120_000);
  afterAll(async () => {
    await connection[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  /** The column's definition, what is put in, and how it comes out, as which type and kind. */
  const COLUMNS: readonly (readonly [
    definition: string,
    literal: string,
    printed: Value,
    type: string,
    kind: string,
  ])[] = [
    ['bigint', '-9223372036854775808', '-9223372036854775808', 'bigint', 'number'],
    ['bigint unsigned', '18446744073709551615', '18446744073709551615', 'bigint unsigned', 'number'],
    ['int zerofill', '7', '0000000007', 'int unsigned zerofill', 'number'],
    ['mediumint', '-8388608', '-8388608', 'mediumint', 'number'],
    ['smallint unsigned', '65535', '65535', 'smallint unsigned', 'number'],
    ['tinyint(1)', '1', '1', 'tinyint', 'number'],
    [
      'decimal(65,30)',
      `'12345678901234567890123456789012345.000000000000000000000000000001'`,
      '12345678901234567890123456789012345.000000000000000000000000000001',
      'decimal(65,30)',
      'number',
    ],
    ['decimal(10,0) unsigned', '42', '42', 'decimal(10,0) unsigned', 'number'],
    ['double', '1.7976931348623157e308', '1.7976931348623157e308', 'double', 'number'],
    ['float', '0.1', '0.1', 'float', 'number'],
    ['bit(1)', `b'1'`, '1', 'bit(1)', 'number'],
    ['bit(64)', `b'${'1'.repeat(64)}'`, '18446744073709551615', 'bit(64)', 'number'],
    ['date', `'9999-12-31'`, '9999-12-31', 'date', 'temporal'],
    ['date', `'0000-00-00'`, '0000-00-00', 'date', 'temporal'],
    ['datetime(6)', `'2024-02-29 23:59:59.000001'`, '2024-02-29 23:59:59.000001', 'datetime(6)', 'temporal'],
    ['datetime', `'0000-00-00 00:00:00'`, '0000-00-00 00:00:00', 'datetime', 'temporal'],
    ['timestamp(3) null', `'2024-02-29 23:59:59.120'`, '2024-02-29 23:59:59.120', 'timestamp(3)', 'temporal'],
    ['time(6)', `'-838:59:58.999999'`, '-838:59:58.999999', 'time(6)', 'temporal'],
    ['year', '1999', '1999', 'year', 'number'],
    ['char(3)', `'äö'`, 'äö', 'char(3)', 'text'],
    ['varchar(200)', `'😀 "\\\\'`, '😀 "\\', 'varchar(200)', 'text'],
    ['varchar(20) character set latin1', `'Möwe'`, 'Möwe', 'varchar(20)', 'text'],
    ['varchar(20) character set utf16', `'漢😀'`, '漢😀', 'varchar(20)', 'text'],
    ['tinytext', `''`, '', 'tinytext', 'text'],
    ['text', `'x'`, 'x', 'text', 'text'],
    ['mediumtext', `'x'`, 'x', 'mediumtext', 'text'],
    ['longtext', `'x'`, 'x', 'longtext', 'text'],
    ['binary(4)', `x'00ff'`, '0x00FF0000', 'binary(4)', 'bytes'],
    ['varbinary(9)', `x''`, '0x', 'varbinary(9)', 'bytes'],
    ['tinyblob', `x'0a'`, '0x0A', 'tinyblob', 'bytes'],
    ['blob', `x'deadbeef'`, '0xDEADBEEF', 'blob', 'bytes'],
    ['mediumblob', `'a'`, '0x61', 'mediumblob', 'bytes'],
    ['longblob', `'a'`, '0x61', 'longblob', 'bytes'],
    ['point', 'point(1, 2)', '0x000000000101000000000000000000F03F0000000000000040', 'geometry', 'bytes'],
    [`enum('a','b')`, `'b'`, 'b', 'enum', 'text'],
    [`set('a','b')`, `'a,b'`, 'a,b', 'set', 'text'],
    [
      'json',
      `'{"b": 12345678901234567890, "a": "é\\\\n"}'`,
      '{"b": 12345678901234567890, "a": "é\\n"}',
      'json',
      'json',
    ],
    ['uuid', `'123e4567-e89b-12d3-a456-426614174000'`, '123e4567-e89b-12d3-a456-426614174000', 'uuid', 'uuid'],
    ['inet6', `'::1'`, '::1', 'inet6', 'text'],
  ];

  const table = (sql: string): string => `set sql_mode = ''; ${sql}`;
  const named = COLUMNS.map(([definition], index) => `c${index} ${definition}`).join(', ');

  describe('the values of MariaDB', () => {
    beforeAll(async () => {
      const literals = COLUMNS.map(([, literal]) => literal).join(', ');
      const { error } = await collect(
        connection,
        table(`create table everything (${named}); insert into everything values (${literals})`),
      );
      if (error) throw error;
      await collect(connection, 'create table nothing like everything');
    });

    it('keep every digit and every byte, and have their types', async () => {
      const collected = await collect(connection, 'select * from everything');
      const { columns } = first(collected, 'columns');
      const seen = COLUMNS.map(([definition], index) => {
        const { type, kind } = columns[index] ?? {};
        return [definition, collected.results[0]?.[0]?.[index], type, kind];
      });
      expect(seen).toEqual(COLUMNS.map(([definition, , printed, type, kind]) => [definition, printed, type, kind]));
    });

    it('may be missing, each of them', async () => {
      await collect(connection, `insert into nothing values (${COLUMNS.map(() => 'null').join(', ')})`);
      const [row] = await rowsFrom(connection, 'select * from nothing');
      expect(row?.filter((value) => value !== null)).toEqual([]);
    });

    it('are of the lengths at which the protocol changes how it counts', async () => {
      const lengths = [0, 1, 250, 251, 252, 65_535, 65_536, 1_048_577, 16_777_214, 16_777_215];
      await using large = await connect();
      await collect(large, 'set global max_allowed_packet = 67108864');
      await using other = await connect();
      for (const length of lengths) {
        const [row] = await rowsFrom(
          other,
          `select repeat('x', ${length}) as a, 'end' as b, repeat('y', ${length % 300}) as c`,
        );
        expect([length, row?.[0]?.length, row?.[1], row?.[2]?.length]).toEqual([length, length, 'end', length % 300]);
      }
      const script = `select '${'z'.repeat(17_000_000)}' as a`;
      expect((await rowsFrom(other, script))[0]?.[0]?.length).toBe(17_000_000);
    }, 60_000);

    it('are text whatever a script says of character sets', async () => {
      const { results, error } = await collect(
        connection,
        `set names latin1; select 'Möwe' as bird; set character_set_results = utf16; select '漢'`,
      );
      expect([results, error]).toEqual([[[['Möwe']], [['漢']]], undefined]);
      const binary = await collect(connection, `set statement character_set_results = utf16 for select 'ab'`);
      expect(binary.results).toEqual([[['0x00610062']]]);
    });

    it('come with what the server warns of, and with what a statement has changed', async () => {
      const script = 'create table warned (a tinyint); insert into warned values (500), (1); drop table warned';
      const collected = await collect(connection, script);
      const message = expect.stringContaining('Out of range');
      expect(all(collected, 'notice')).toEqual([{ type: 'notice', severity: 'WARNING', message, code: '1264' }]);
      expect(all(collected, 'done').map(({ command, affected }) => [command, affected])).toEqual([
        ['CREATE', undefined],
        ['INSERT', 2],
        ['DROP', undefined],
      ]);
    });

    it('of an editor are kept though their result was cut', async () => {
      await collect(
        connection,
        table('create table kept (a int); create table source as select seq from seq_1_to_100'),
      );
      const insert = 'insert into kept select seq from source returning a';
      const cut = await collect(connection, insert, { maxRows: 5 });
      expect([cut.results[0]?.length, first(cut, 'done').truncated, cut.error]).toEqual([5, true, undefined]);
      await collect(connection, 'insert into kept select seq from source', { maxRows: 5 });
      await collect(connection, 'create table copied as select * from kept', { maxRows: 5 });
      expect(await rowsFrom(connection, 'select count(*) from copied')).toEqual([['200']]);
    });

    it('of a script that ends inside a transaction are rolled back, and it says so', async () => {
      const collected = await collect(connection, 'begin; delete from kept');
      expect(all(collected, 'notice')).toEqual([
        expect.objectContaining({ message: expect.stringContaining('rolled back') }),
      ]);
      expect(await rowsFrom(connection, 'select count(*) from kept')).toEqual([['200']]);
      expect((await collect(connection, 'begin; delete from kept; commit')).error).toBeUndefined();
      expect(await rowsFrom(connection, 'select count(*) from kept')).toEqual([['0']]);
    });

    it('are never a file of this machine, whatever a script asks for', async () => {
      const { error } = await collect(connection, `load data local infile '/etc/hostname' into table kept`);
      expect(error).toMatchObject({ code: 'STATEMENT_FAILED' });
    });
  });
});
