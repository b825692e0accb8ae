import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { writeAhead } from '#core/local/dynamo-db/write-ahead.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const modeOf = (file: string) => {
  using database = new DatabaseSync(file);
  return database.prepare('PRAGMA journal_mode').get();
};

describe('a database of SQLite', () => {
  it('is made to log ahead, and stays so for whoever opens it later', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'new.db');
    writeAhead(file);
    expect(modeOf(file)).toEqual({ journal_mode: 'wal' });
  });

  it('that was there keeps what it holds', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'old.db');
    const before = new DatabaseSync(file);
    before.exec('create table t as select 7 as seven');
    before.close();
    writeAhead(file);
    expect(modeOf(file)).toEqual({ journal_mode: 'wal' });
    using database = new DatabaseSync(file);
    expect(database.prepare('select seven from t').get()).toEqual({ seven: 7 });
  });

  it('that another process holds stays as it is', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'held.db');
    using holder = new DatabaseSync(file);
    holder.exec('begin exclusive');
    writeAhead(file);
    holder.exec('rollback');
    expect(modeOf(file)).toEqual({ journal_mode: 'delete' });
  });
});
