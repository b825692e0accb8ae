import { MongoClient } from 'mongodb';
import { sizesOf, startCatalog } from '#core/local/documentdb/catalog-data.ts';
import { findProgram } from '#core/local/documentdb/programs.ts';
import { describeWith } from '../../../support/machine.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const SIZES = { products: 50, reviews: 120, events: 200 };

test('a small account has few of them, and a large one no more than there are', () => {
  expect(sizesOf(100)).toEqual({ products: 10, reviews: 100, events: 100 });
  expect(sizesOf(1_000_000)).toEqual({ products: 1_000, reviews: 5_000, events: 14_000 });
});

describeWith('documentdb', 'the demo’s documents', () => {
  it('are made once, and the same each time', async () => {
    await using folder = await temporaryFolder();
    const program = findProgram();
    if (!program) throw new Error('This machine lacks a server of documents.');
    const read = async () => {
      await using server = await startCatalog(folder.path, program, SIZES);
      const client = new MongoClient(server.uri);
      const db = client.db('catalog');
      const counts = await Promise.all(Object.keys(SIZES).map((name) => db.collection(name).countDocuments()));
      const product = await db.collection('products').findOne({ sku: /-00007$/ });
      const reviewed = await db
        .collection('products')
        .countDocuments({ _id: (await db.collection('reviews').findOne())?.product });
      await client.close();
      return { counts, product, reviewed };
    };
    const first = await read();
    expect(first).toMatchObject({ counts: [50, 120, 200], reviewed: 1 });
    expect(await read()).toEqual(first);
  });
});
