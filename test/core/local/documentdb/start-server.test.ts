import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { findProgram } from '#core/local/documentdb/programs.ts';
import { startServer } from '#core/local/documentdb/start-server.ts';
import { describeWith } from '../../../support/machine.ts';
import { temporaryFolder } from '../temporary-folder.ts';

describeWith('documentdb', 'the server of documents', () => {
  const use = async <T>(uri: string, work: (client: MongoClient) => Promise<T>): Promise<T> => {
    const client = new MongoClient(uri);
    try {
      return await work(client);
    } finally {
      await client.close();
    }
  };

  it('keeps its data in its folder, and is gone when it is disposed of', async () => {
    await using folder = await temporaryFolder();
    const program = findProgram();
    if (!program) throw new Error('This machine lacks a server of documents.');
    const first = await startServer(program, join(folder.path, 'data'));
    await use(first.uri, (client) => client.db('shop').collection('things').insertOne({ name: 'lamp' }));
    await first[Symbol.asyncDispose]();
    await expect(use(`${first.uri}&serverSelectionTimeoutMS=200`, (client) => client.connect())).rejects.toThrow();

    await using second = await startServer(program, join(folder.path, 'data'));
    const found = await use(second.uri, (client) => client.db('shop').collection('things').findOne());
    expect(found).toMatchObject({ name: 'lamp' });
  });
});

test('a mongod on the path is taken first', async () => {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'mongod');
  await writeFile(file, '');
  await chmod(file, 0o755);
  expect(findProgram(folder.path)).toEqual({ kind: 'mongod', file });
});

test('a program that does not start says why', async () => {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'mongod');
  await writeFile(file, '#!/bin/sh\necho it cannot be >&2\nexit 3\n');
  await chmod(file, 0o755);
  await expect(startServer({ kind: 'mongod', file }, join(folder.path, 'data'))).rejects.toThrow('it cannot be');
});
