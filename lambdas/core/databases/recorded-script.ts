import { recordedStream } from '../audit/recorded-stream.ts';
import { Tally } from '../audit/tally.ts';
import type { About, ResultEvent } from '../engines/engine.ts';
import type { Audit, Deed } from '../ports/audit.ts';
import type { Slots } from '../ports/slots.ts';
import type { At, Databases, RunLimits } from './databases.ts';

export interface ScriptPorts {
  readonly databases: Pick<Databases, 'run'>;
  readonly slots: Slots;
  readonly audit: Audit;
}

export interface RecordedScript {
  readonly at: At;
  readonly script: string;
  readonly limits: RunLimits;
  readonly deed: Deed;
  /** So long its record is kept. */
  readonly days: number;
  /** So many scripts this user may run at once, and so long one may hold its place, in seconds. */
  readonly places: { readonly most: number; readonly seconds: number };
}

/**
 * Runs a script between the two writes of its record. The slot is taken, the record is written and the login is made at the
 * same time; nothing of the script reaches the database before the first two are there. Where one of the three fails the
 * others are undone, and the connection is closed, before this rejects. `release` gives the slot back; it never rejects.
 */
export async function recordedScript(
  { databases, slots, audit }: ScriptPorts,
  { at, script, limits, deed, days, places }: RecordedScript,
): Promise<{ events: AsyncIterable<ResultEvent>; release(): Promise<void> }> {
  const written = Promise.withResolvers<void>();
  // What cannot be given back frees itself.
  const slot = slots.take(at.session.user.id, places.most, places.seconds);
  const release = (): Promise<void> => slot.then((taken) => taken.release()).catch(() => undefined);
  let about: About | undefined;
  const running = databases.run(at, script, limits, {
    allowed: Promise.all([slot, written.promise]),
    opened: (told) => {
      about = told;
    },
  });
  // What fails before the record is written nobody awaits yet: unheard, it would end the process.
  const settled = Promise.allSettled([running]);
  const tally = new Tally();
  const recording = {
    audit,
    deed,
    days,
    signal: at.signal,
    known: () => tally.end(),
    see: (event: ResultEvent) => tally.see(event),
  };
  try {
    const events = await recordedStream<ResultEvent>(recording, async (note) => {
      written.resolve();
      await settled;
      if (about) note({ databaseUser: about.user, database: about.database });
      return running;
    });
    return { events, release };
  } catch (error) {
    written.reject(error);
    await Promise.all([settled, release()]);
    throw error;
  }
}
