/** Writes everything that fits a search into a file, as it arrives. */
import type { AuditSearch } from '#contract/audit.ts';
import type { FileSink } from '../../app/file-sink.ts';
import { createStore, type Store } from '../../app/store.ts';
import type { EntryFormat } from './entry-files.ts';
import { readTrail } from './read-trail.ts';

export interface ExportState {
  readonly phase: 'running' | 'done' | 'failed' | 'cancelled';
  readonly entries: number;
  readonly bytes: number;
  /** So far back was looked. */
  readonly back?: string | undefined;
  readonly failure?: unknown;
}

export interface Exporting {
  readonly state: Store<ExportState>;
  /** Resolves when it has ended, however it has. */
  readonly ended: Promise<void>;
  /** Nothing is kept of what was written. */
  cancel(): void;
}

/** The file is whole or it is not there: what fails or is cancelled is thrown away. */
export function exportTrail(search: AuditSearch, format: EntryFormat, sink: FileSink): Exporting {
  const state = createStore<ExportState>({ phase: 'running', entries: 0, bytes: 0 });
  const stop = new AbortController();
  // Writes go one after the other, and reading waits for them: what is on its way is one portion, whatever the disk does.
  let writing: Promise<void> = Promise.resolve();
  const write = (text: string) => {
    writing = writing.then(() => sink.write(text));
    // It is awaited before more is read; until then nobody else has to hear of a failure.
    writing.catch(() => undefined);
    state.set((now) => ({ ...now, bytes: now.bytes + new Blob([text]).size }));
  };

  async function run(): Promise<void> {
    if (format.head) write(format.head);
    let cursor: string | undefined;
    do {
      cursor = await readTrail({
        route: 'audit',
        // Without a limit it is an export: all of it, in one stream, or in several where a function's time is over.
        search: { ...search, ...(cursor && { cursor }) },
        signal: stop.signal,
        tell({ rows = [], back }) {
          if (rows.length > 0) write(rows.map((entry) => format.write(entry)).join(''));
          state.set((now) => ({ ...now, entries: now.entries + rows.length, back: back ?? now.back }));
        },
        room: () => writing,
      });
    } while (cursor !== undefined);
    await writing;
    await sink.close();
  }
  const ended = run().then(
    () => state.set((now) => ({ ...now, phase: 'done' })),
    async (failure: unknown) => {
      await sink.abort().catch(() => undefined);
      state.set((now) => ({
        ...now,
        ...(stop.signal.aborted ? { phase: 'cancelled' } : { phase: 'failed', failure }),
      }));
    },
  );
  return { state, ended, cancel: () => stop.abort() };
}
