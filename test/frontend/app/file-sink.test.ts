import { openFileSink } from '../../../frontend/src/app/file-sink.ts';

/** A browser that has the picker, and a disk that remembers. */
function disk(refusal?: Error) {
  const done: string[] = [];
  const picker = async ({ suggestedName }: { suggestedName: string }) => {
    if (refusal) throw refusal;
    done.push(`picked ${suggestedName}`);
    return {
      createWritable: async () => ({
        write: async (text: string) => void done.push(text),
        close: async () => void done.push('closed'),
        abort: async () => void done.push('aborted'),
      }),
    };
  };
  return { done, around: { showSaveFilePicker: picker } };
}

/** What a page without the picker downloads. */
async function downloads(act: () => Promise<void>): Promise<{ name: string; text: string }[]> {
  const made: { name: string; text: string }[] = [];
  const blobs: Blob[] = [];
  const link = { href: '', download: '', click: () => undefined };
  Object.assign(globalThis, { document: { createElement: () => link } });
  jest.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    blobs.push(blob as Blob);
    return 'blob:';
  });
  jest.useFakeTimers();
  await act();
  jest.runAllTimers();
  jest.useRealTimers();
  for (const blob of blobs) made.push({ name: link.download, text: await blob.text() });
  return made;
}
afterEach(() => {
  jest.restoreAllMocks();
  Reflect.deleteProperty(globalThis, 'document');
});

describe('a file that is written piece by piece', () => {
  it('goes straight to the disk where the browser can', async () => {
    const { done, around } = disk();
    const sink = await openFileSink('a.csv', 'text/csv', around);
    await sink?.write('one');
    await sink?.close();
    expect(done).toEqual(['picked a.csv', 'one', 'closed']);
  });

  it('is thrown away where it was not finished', async () => {
    const { done, around } = disk();
    const sink = await openFileSink('a.csv', 'text/csv', around);
    await sink?.abort();
    expect(done.at(-1)).toBe('aborted');
  });

  it('is none where its user has closed the question', async () => {
    const { around } = disk(new DOMException('No.', 'AbortError'));
    expect(await openFileSink('a.csv', 'text/csv', around)).toBeUndefined();
  });

  it.each([
    ['has no picker', {}],
    ['does not allow it', disk(new DOMException('No.', 'SecurityError')).around],
  ])('is gathered and downloaded where the browser %s', async (_, around) => {
    const long = 'x'.repeat(5_000_000);
    const made = await downloads(async () => {
      const sink = await openFileSink('a.csv', 'text/csv', around);
      for (const text of ['one', long, 'two']) await sink?.write(text);
      await sink?.close();
    });
    expect(made.map(({ name, text }) => [name, text === `one${long}two`])).toEqual([['a.csv', true]]);
  });

  it('that was gathered in vain is not downloaded', async () => {
    const made = await downloads(async () => {
      const sink = await openFileSink('a.csv', 'text/csv', {});
      await sink?.write('one');
      await sink?.abort();
    });
    expect(made).toEqual([]);
  });
});
