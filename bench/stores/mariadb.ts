/** A MariaDB with rows of ten columns of different types. */
import { startMariaDbServer } from '../../test/support/mariadb-server.ts';
import type { DatabaseDoor, Sizes } from '../readers/reader.ts';
import type { Store } from './store.ts';

const TABLE = `create table events (id bigint primary key, visitor int, kind varchar(20), at datetime(6), day date,
  amount decimal(12,2), ratio double, page varchar(80), note text, data json)`;
/** By the table that MariaDB's SEQUENCE engine makes up. */
const fill = (rows: number): string => `insert into events
  select seq, seq * 7919 % 100003, elt(1 + seq % 4, 'view', 'search', 'basket', 'order'),
    '2026-01-01' + interval seq second, date('2026-01-01') + interval seq % 365 day,
    if(seq % 3 = 0, null, seq % 100000 / 100), seq / 7, concat('/products/', seq % 5000, '/details'),
    if(seq % 10 = 0, 'A longer note, with “quotes” and a\\nline', null),
    json_object('source', elt(1 + seq % 3, 'mail', 'web', 'app'), 'score', seq % 100)
  from seq_1_to_${rows}`;

export async function startMariaDbStore({ many }: Sizes): Promise<Store<DatabaseDoor>> {
  const server = await startMariaDbServer();
  const { target, login } = server;
  const client = await server.client(login, target.database);
  await client.query(TABLE);
  await client.query(fill(many));
  return { door: { target, login }, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}
