import { readRecord } from '../../../../frontend/src/features/explorer/read-record.ts';
import { resource } from '../workbench/demo.ts';

const answer = { type: 'resources', service: 'rds', region: 'eu-central-1', status: 'ok', resources: [] as unknown[] };
const { signal } = new AbortController();
const read = (record: object) => readRecord(new TextEncoder().encode(JSON.stringify(record)), signal);
const namesIn = async (...resources: unknown[]) => {
  const record = await read({ ...answer, resources });
  return record?.type === 'resources' ? record.resources.map(({ name }) => name) : undefined;
};

describe('a line of the stream', () => {
  it('is read as the record that it is', async () => {
    expect(await read({ type: 'end', elapsedMs: 3 })).toEqual({ type: 'end', elapsedMs: 3 });
    expect(await read({ ...answer, status: 'denied', action: 'rds:X' })).toMatchObject({ action: 'rds:X' });
  });

  it('has its resources in the order of their names, and counts in those', async () => {
    expect(await namesIn(resource('db-10'), resource('db-2'), resource('api'))).toEqual(['api', 'db-2', 'db-10']);
  });

  it('is passed over where nobody here knows it, and so is a resource', async () => {
    expect(await read({ type: 'weather', sunny: true })).toBeUndefined();
    expect(await namesIn(resource('shop'), { ...resource('moon'), service: 'lunar' })).toEqual(['shop']);
  });

  it('is not read to its end once nobody wants it', async () => {
    const line = new TextEncoder().encode(JSON.stringify({ ...answer, resources: [resource('shop')] }));
    await expect(readRecord(line, AbortSignal.abort(new Error('left')))).rejects.toThrow('left');
  });
});
