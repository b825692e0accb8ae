import { openPaged, type Paged, type Part } from '../../../../frontend/src/features/pages/paged.ts';

interface Asked {
  readonly cursor: string | undefined;
  readonly signal: AbortSignal;
  tell(part: Part<string>): void;
  end(next?: string): Promise<void>;
  fail(error: Error): Promise<void>;
}

/** A list whose pages the test answers. */
function scripted(): { list: Paged<string>; asked: Asked[]; last(): Asked } {
  const asked: Asked[] = [];
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
  const list = openPaged<string>({
    read: (cursor, tell, signal) =>
      new Promise((resolve, reject) => {
        const end = (next?: string) => {
          resolve(next);
          return settled();
        };
        const fail = (error: Error) => {
          reject(error);
          return settled();
        };
        asked.push({ cursor, signal, tell, end, fail });
      }),
    keyOf: (row) => row,
  });
  const last = () => {
    const one = asked.at(-1);
    if (!one) throw new Error('Nothing was asked.');
    return one;
  };
  return { list, asked, last };
}

describe('a list of pages', () => {
  it('shows rows as they come, and reads the next page when asked', async () => {
    const { list, asked, last } = scripted();
    list.begin();
    last().tell({ rows: ['a'] });
    expect(list.state.get()).toMatchObject({ rows: ['a'], phase: 'reading' });
    last().tell({ rows: ['b'], back: '2026-11-24T00:00:00.000Z' });
    await last().end('2');
    expect(list.state.get()).toMatchObject({ rows: ['a', 'b'], phase: 'more', back: '2026-11-24T00:00:00.000Z' });
    list.more();
    list.more();
    expect(asked.map(({ cursor }) => cursor)).toEqual([undefined, '2']);
    last().tell({ rows: ['c'] });
    await last().end();
    expect(list.state.get()).toMatchObject({ rows: ['a', 'b', 'c'], phase: 'end' });
    list.more();
    expect(asked).toHaveLength(2);
  });

  it('goes on after a failure where it was, and shows nothing twice', async () => {
    const { list, asked, last } = scripted();
    list.begin();
    last().tell({ rows: ['a'] });
    await last().end('2');
    list.more();
    last().tell({ rows: ['b'] });
    const failure = new Error('cut');
    await last().fail(failure);
    expect(list.state.get()).toMatchObject({ rows: ['a', 'b'], phase: 'failed', failure });
    list.goOn();
    expect(list.state.get().failure).toBeUndefined();
    last().tell({ rows: ['b', 'c'] });
    await last().end();
    expect(list.state.get().rows).toEqual(['a', 'b', 'c']);
    expect(asked.map(({ cursor }) => cursor)).toEqual([undefined, '2', '2']);
  });

  it('can be stopped, and hears nothing more of what it had asked', async () => {
    const { list, asked, last } = scripted();
    list.begin();
    const first = last();
    first.tell({ rows: ['a'] });
    list.stop();
    expect(first.signal.aborted).toBe(true);
    first.tell({ rows: ['late'] });
    await first.end('2');
    expect(list.state.get()).toMatchObject({ rows: ['a'], phase: 'stopped' });
    list.goOn();
    expect(asked).toHaveLength(2);
  });

  it('keeps what it shows until another search has found something, or nothing', async () => {
    const { list, asked, last } = scripted();
    list.begin();
    last().tell({ rows: ['a'] });
    await last().end();
    list.begin();
    expect(list.state.get()).toMatchObject({ rows: ['a'], phase: 'reading' });
    last().tell({ back: '2026-11-01T00:00:00.000Z' });
    expect(list.state.get().rows).toEqual(['a']);
    list.begin();
    expect(asked[1]?.signal.aborted).toBe(true);
    last().tell({ rows: ['b'] });
    expect(list.state.get().rows).toEqual(['b']);
    await last().end();
    list.begin();
    await last().end();
    expect(list.state.get()).toMatchObject({ rows: [], phase: 'end' });
  });

  it('puts a changed row where the old one was', async () => {
    const rows = [
      { id: 1, name: 'old' },
      { id: 2, name: 'two' },
    ];
    const list = openPaged<(typeof rows)[number]>({
      read: async (_, tell) => {
        tell({ rows });
        return undefined;
      },
      keyOf: ({ id }) => String(id),
    });
    list.begin();
    list.put({ id: 1, name: 'new' });
    expect(list.state.get().rows.map(({ name }) => name)).toEqual(['new', 'two']);
  });
});
