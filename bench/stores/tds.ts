/** The scripted server of SQL Server's protocol: it sends the same thousand rows again and again, as fast as they are taken. */

import { columns, DONE, done, row, TYPES } from '../../test/core/engines/sqlserver/tds-tokens.ts';
import { LOGIN, start, targetOf } from '../../test/core/engines/sqlserver/with-server.ts';
import type { DatabaseDoor, Sizes } from '../readers/reader.ts';
import type { Store } from './store.ts';

const AT_ONCE = 1_000;
const COLUMNS = [
  { name: 'id', type: TYPES.bigint },
  { name: 'visitor', type: TYPES.intn },
  { name: 'kind', type: TYPES.varchar(20) },
  { name: 'page', type: TYPES.nvarchar(80) },
  { name: 'ratio', type: TYPES.float },
  { name: 'bought', type: TYPES.bit },
  { name: 'note', type: TYPES.nvarchar(200) },
];

function values(id: number): (Buffer | null)[] {
  const [whole, int, ratio] = [Buffer.alloc(8), Buffer.alloc(4), Buffer.alloc(8)];
  whole.writeBigInt64LE(BigInt(id) * 1_000_003n);
  int.writeInt32LE((id * 7_919) % 100_003);
  ratio.writeDoubleLE(id / 7);
  const page = Buffer.from(`/products/${id}/details`, 'utf16le');
  const note = id % 10 === 0 ? Buffer.from('A longer note, with “quotes”', 'utf16le') : null;
  return [whole, int, Buffer.from(id % 2 ? 'view' : 'search'), page, ratio, Buffer.from([id % 2]), note];
}

export async function startTdsStore({ few, many }: Sizes): Promise<Store<DatabaseDoor>> {
  const rows = Buffer.concat(Array.from({ length: AT_ONCE }, (_, id) => row(COLUMNS, values(id))));
  const server = await start({
    answers: [few, many].map((count) => [
      `(${count})`,
      async ({ send }) => {
        await send(columns(...COLUMNS));
        for (let sent = 0; sent < count; sent += AT_ONCE) await send(rows);
        await send(done(DONE.count | DONE.more, count));
      },
    ]),
  });
  return {
    door: { target: targetOf(server), login: LOGIN },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
