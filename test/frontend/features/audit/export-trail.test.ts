import { ENTRY_FORMATS } from '../../../../frontend/src/features/audit/entry-files.ts';
import { exportTrail } from '../../../../frontend/src/features/audit/export-trail.ts';
import { endScript, entry, scriptFetch, trailOf } from './entries.ts';

function memorySink(refuse?: Error) {
  const pieces: string[] = [];
  const ended: string[] = [];
  const sink = {
    async write(text: string) {
      if (refuse) throw refuse;
      pieces.push(text);
    },
    async close() {
      ended.push('closed');
    },
    async abort() {
      ended.push('aborted');
    },
  };
  return { sink, ended, text: () => pieces.join('') };
}

afterEach(endScript);

describe('an export', () => {
  it('asks for everything, and goes on where the time of a function was over', async () => {
    const asked = scriptFetch(
      () => trailOf({ type: 'entry', entry: entry({ id: 'a' }) }, { type: 'end', elapsedMs: 1, next: 'further' }),
      () => trailOf({ type: 'entry', entry: entry({ id: 'b' }) }, { type: 'end', elapsedMs: 1 }),
    );
    const { sink, ended, text } = memorySink();
    const exporting = exportTrail({ kind: 'statement' }, ENTRY_FORMATS.jsonl, sink);
    await exporting.ended;
    expect(asked).toEqual([{ kind: 'statement' }, { kind: 'statement', cursor: 'further' }]);
    expect(
      text()
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).id),
    ).toEqual(['a', 'b']);
    expect(exporting.state.get()).toMatchObject({ phase: 'done', entries: 2, bytes: Buffer.byteLength(text()) });
    expect(ended).toEqual(['closed']);
  });

  it('of nothing is a file with its head', async () => {
    scriptFetch(() => trailOf({ type: 'end', elapsedMs: 1 }));
    const { sink, text } = memorySink();
    await exportTrail({}, ENTRY_FORMATS.csv, sink).ended;
    expect(text()).toBe(ENTRY_FORMATS.csv.head);
  });

  it('that fails leaves no half of a file', async () => {
    scriptFetch(() => trailOf({ type: 'entry', entry: entry() }));
    const { sink, ended } = memorySink();
    const exporting = exportTrail({}, ENTRY_FORMATS.csv, sink);
    await exporting.ended;
    expect(exporting.state.get()).toMatchObject({ phase: 'failed', failure: { code: 'STREAM_CUT' } });
    expect(ended).toEqual(['aborted']);
  });

  it('fails with the disk', async () => {
    scriptFetch(() => trailOf({ type: 'end', elapsedMs: 1 }));
    const full = new Error('The disk is full.');
    const { sink, ended } = memorySink(full);
    const exporting = exportTrail({}, ENTRY_FORMATS.csv, sink);
    await exporting.ended;
    expect(exporting.state.get()).toMatchObject({ phase: 'failed', failure: full });
    expect(ended).toEqual(['aborted']);
  });

  it('that is cancelled keeps nothing', async () => {
    const { sink, ended } = memorySink();
    scriptFetch(
      (_, signal) => new Promise((__, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
    );
    const exporting = exportTrail({}, ENTRY_FORMATS.jsonl, sink);
    exporting.cancel();
    await exporting.ended;
    expect([exporting.state.get().phase, ended]).toEqual(['cancelled', ['aborted']]);
  });
});
