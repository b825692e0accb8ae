import type { Client } from 'pg';
import { namedType } from '#core/engines/pg-wire/type-names.ts';
import { BUILT_IN_TYPES } from '#core/engines/pg-wire/types.ts';
import { type PostgresServer, startPostgres } from '../../../support/postgres-server.ts';

const TYPES = [
  ...['numeric', 'numeric(5)', 'numeric(12,2)', 'numeric(1000,0)', 'varchar', 'varchar(7)', 'char(3)', 'bit(4)'],
  ...['varbit(9)', 'time', 'time(3)', 'timetz(0)', 'timestamp(6)', 'timestamptz', 'timestamptz(2)', 'int', 'text'],
  ...['date', 'interval', 'uuid', 'jsonb', 'boolean', 'real', 'double precision', 'bytea'],
];

describe('the name of a type', () => {
  let server: PostgresServer;
  let client: Client;

  beforeAll(async () => {
    server = await startPostgres();
    client = await server.client();
  }, 60_000);
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
  });

  it('is what the server would call it, its modifier included', async () => {
    const columns = TYPES.map((type, index) => `c${index} ${type}`).join(', ');
    await client.query(`create table every (${columns})`);
    const { rows } = await client.query(
      `select atttypid::int as id, atttypmod as modifier, format_type(atttypid, atttypmod) as name
       from pg_attribute where attrelid = 'every'::regclass and attnum > 0 order by attnum`,
    );
    const ours = rows.map(({ id, modifier }) =>
      namedType(BUILT_IN_TYPES, { dataTypeID: id, dataTypeModifier: modifier }),
    );
    expect(ours.map(({ name }) => name)).toEqual(rows.map(({ name }) => name));
  });

  it('is unknown where no server brings it along', () => {
    expect(namedType(BUILT_IN_TYPES, { dataTypeID: 99_999, dataTypeModifier: -1 })).toEqual({
      name: 'unknown',
      kind: 'other',
    });
  });
});
