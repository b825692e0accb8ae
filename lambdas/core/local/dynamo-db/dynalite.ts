/** Stands in for DynamoDB Local where there is no Java: npm `dynalite`, in this process. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import dynalite from 'dynalite';
import { type Listening, listen } from '../listen.ts';
import { type Backend, type Forward, type Place, post } from './backend.ts';
import { withTransactions } from './transactions.ts';

export const startDynalite = async (folder: string): Promise<Backend> => {
  // One store for each account and region: dynalite itself has one for all.
  const stores = new Map<string, Promise<Listening>>();
  const storeOf = ({ accountId, region }: Place): Promise<Listening> => {
    const name = `${accountId}-${region}`;
    const store = stores.get(name) ?? startStore(join(folder, 'dynalite', name));
    stores.set(name, store);
    return store;
  };
  const forward: Forward = async (to, operation, body) => {
    const { port } = await storeOf(to);
    return post({ port, accessKeyId: 'local' }, to.region, operation, body);
  };
  return {
    bulk: 'batch',
    title: 'dynalite',
    forward: withTransactions(forward),
    async [Symbol.asyncDispose]() {
      for (const store of stores.values()) await store.then(({ close }) => close());
    },
  };
};

const startStore = async (path: string): Promise<Listening> => {
  await mkdir(path, { recursive: true });
  return listen(dynalite({ path, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 }));
};
