/** Asks which of the optional permissions the own keys have, and puts each answer in its place as it comes. */
import { PermissionRecord } from '#contract/permissions.ts';
import { SERVICES } from '#contract/resources.ts';
import { lines, streamCut } from '../../api.ts';
import { watchSilence } from '../../app/silence.ts';
import { createStore, type Store } from '../../app/store.ts';

export type Permission = Omit<Extract<PermissionRecord, { type: 'permission' }>, 'type' | 'state'> & {
  readonly state: 'allowed' | 'denied' | 'unknown' | 'waiting';
};

export interface Probe {
  readonly state: 'asking' | 'done' | 'failed';
  /** Those that have not been answered stand in their places already: nothing moves. */
  readonly permissions: readonly Permission[];
  readonly error?: unknown;
}

/** A server sends a heartbeat every ten seconds; after so long without a word the stream counts as cut. */
const SILENCE_MS = 45_000;

const EXPECTED: readonly Permission[] = Object.values(SERVICES).map(({ title, actions }) => ({
  title,
  actions: [...actions],
  state: 'waiting',
  missing: [],
}));

export const NOT_ASKED: Probe = { state: 'asking', permissions: EXPECTED };

/** Takes one record in. */
export function receivePermission(probe: Probe, record: PermissionRecord): Probe {
  if (record.type === 'heartbeat') return probe;
  if (record.type === 'end') return endProbe(probe);
  if (record.type === 'error') return endProbe({ ...probe, error: new Error(record.error.message) });
  const { type: _type, ...permission } = record;
  const known = probe.permissions.some(({ title }) => title === permission.title);
  const permissions = known
    ? probe.permissions.map((one) => (one.title === permission.title ? permission : one))
    : [...probe.permissions, permission];
  return { ...probe, permissions };
}

/** What was not answered is not known. */
export function endProbe(probe: Probe): Probe {
  const permissions = probe.permissions.map((one) =>
    one.state === 'waiting' ? { ...one, state: 'unknown' as const, message: 'There was no answer.' } : one,
  );
  return { ...probe, state: probe.error === undefined ? 'done' : 'failed', permissions };
}

/** How many of each, as a sentence. */
export function sayProbe({ state, permissions }: Probe): string {
  const count = (wanted: Permission['state']) => permissions.filter((one) => one.state === wanted).length;
  if (state === 'asking') return `${permissions.length - count('waiting')} of ${permissions.length} answered…`;
  const parts = (['allowed', 'denied', 'unknown'] as const).flatMap((one) =>
    count(one) > 0 ? [`${count(one)} ${one}`] : [],
  );
  return `${parts.join(', ')}.`;
}

export interface Prober {
  readonly probe: Store<Probe>;
  /** Asks in a region; a second question ends the first. */
  ask(region: string): Promise<void>;
  stop(): void;
}

export function openProber(): Prober {
  const probe = createStore<Probe>(NOT_ASKED);
  let under = new AbortController();
  return {
    probe,
    stop: () => under.abort(),
    async ask(region) {
      under.abort();
      under = new AbortController();
      const { signal } = under;
      const silence = watchSilence(SILENCE_MS);
      probe.set(NOT_ASKED);
      try {
        const answer = lines('permissions', { body: { region } }, AbortSignal.any([signal, silence.signal]));
        for await (const line of answer) {
          silence.heard();
          // A record of a kind that this page does not know is from a newer server: it is passed over.
          const { data } = PermissionRecord.safeParse(JSON.parse(new TextDecoder().decode(line)));
          if (data) probe.set((now) => receivePermission(now, data));
        }
        if (probe.get().state === 'asking') throw streamCut();
      } catch (error) {
        if (!signal.aborted)
          probe.set((now) => endProbe({ ...now, error: silence.signal.aborted ? streamCut() : error }));
      } finally {
        silence.stop();
      }
    },
  };
}
