/** A cursor of mongodb's as it is, document by document; and Lodge, which reads BSON itself. */
import { MongoClient } from 'mongodb';
import { documentdb } from '#core/engines/documentdb/documentdb.ts';
import type { DatabaseDoor, Reader } from './reader.ts';

export const documentdbReader: Reader<DatabaseDoor> = {
  async raw({ target: { host, port, database, ca }, login: { user, password } }, rows) {
    const auth = { username: user, password };
    await using client = new MongoClient(`mongodb://${host}:${port}/`, { tls: true, ca, directConnection: true, auth });
    let count = 0;
    for await (const _document of client.db(database).collection('events').find().limit(rows)) count += 1;
    return count;
  },
  connect: ({ target, login }, signal) => documentdb.connect(target, login, { readOnly: true, signal }),
  statement: (rows) => `db.events.find().limit(${rows})`,
};
