/** Reads the record as it is found: a page of it, or, without a limit, as far as it goes. */
import { type AuditEntry, AuditRecord, type AuditSearch } from '#contract/audit.ts';
import { ApiError, lines, streamCut } from '../../api.ts';
import { watchSilence } from '../../app/silence.ts';
import type { Part } from '../pages/paged.ts';

/** Entries are told together, so that a page of them is not drawn a row at a time. */
const TELL_EVERY_MS = 80;

/** The server says something at least every few seconds; after so long without a word it is gone. */
const SILENT_MS = 30_000;

export interface TrailReading {
  readonly route: 'audit' | 'history';
  readonly search: AuditSearch;
  tell(part: Part<AuditEntry>): void;
  readonly signal: AbortSignal;
  /** Waits before more is read, where whoever is told is slower than the network. */
  room?(): Promise<void>;
}

/** Resolves with what goes on after it; undefined at the end. Errors: those of the route, STREAM_CUT. */
export async function readTrail({ route, search, tell, signal, room }: TrailReading): Promise<string | undefined> {
  const silence = watchSilence(SILENT_MS);
  const decoder = new TextDecoder();
  let rows: AuditEntry[] = [];
  let back: string | undefined;
  let told = performance.now();
  const flush = () => {
    if (rows.length > 0 || back) tell({ rows, ...(back && { back }) });
    rows = [];
    back = undefined;
    told = performance.now();
  };
  try {
    for await (const line of lines(route, { body: search }, AbortSignal.any([signal, silence.signal]))) {
      silence.heard();
      const record = AuditRecord.parse(JSON.parse(decoder.decode(line)));
      if (record.type === 'error') throw new ApiError({ ...record.error, details: record.error.details });
      if (record.type === 'end') return record.next;
      if (record.type === 'entry') rows.push(record.entry);
      if (record.type === 'searched') back = record.back;
      if (performance.now() - told < TELL_EVERY_MS) continue;
      flush();
      await room?.();
      silence.heard();
    }
    throw streamCut();
  } catch (error) {
    if (silence.signal.aborted && !signal.aborted) throw streamCut();
    throw error;
  } finally {
    silence.stop();
    flush();
  }
}
