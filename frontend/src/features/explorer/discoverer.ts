/** Asks the API for the resources of one account, and puts what it says where it is seen, frame by frame. */
import type { Assume, ResourcesRecord } from '#contract/resources.ts';
import { ApiError, lines } from '../../api.ts';
import { watchSilence } from '../../app/silence.ts';
import { nextFrame, oncePerFrame, type Schedule } from '../../grid/next-frame.ts';
import { breathe } from '../../grid/slices.ts';
import { type Discovery, endDiscovery, failDiscovery, receive, startDiscovery } from './discovery.ts';
import { readRecord } from './read-record.ts';

/** A server sends a heartbeat every ten seconds; after so long without a word the stream counts as cut. */
const SILENCE_MS = 45_000;

interface Place {
  put(change: (now: Discovery) => Discovery): void;
  /** The role to take on, as it is known when the look begins. */
  assume?(): Assume;
  /** When what has been heard is put; with the next frame unless said otherwise. */
  readonly schedule?: Schedule;
}

/** Asks so many regions; a second look waits for nobody and starts over. */
export type Discoverer = (regions: readonly string[]) => Promise<void>;

export function openDiscoverer({ put, assume, schedule = nextFrame }: Place): Discoverer {
  let stop = new AbortController();
  return async (regions) => {
    stop.abort();
    stop = new AbortController();
    const { signal } = stop;
    const silence = watchSilence(SILENCE_MS);
    const heard: ResourcesRecord[] = [];
    const putHeard = () => {
      const records = heard.splice(0);
      if (records.length > 0 && !signal.aborted) put((now) => records.reduce(receive, now));
    };
    const putSoon = oncePerFrame(putHeard, schedule);
    put((now) => startDiscovery(regions, now));
    try {
      const body = { regions: [...regions], ...(assume ? { assume: assume() } : {}) };
      for await (const line of lines('resources', { body }, AbortSignal.any([signal, silence.signal]))) {
        silence.heard();
        const record = await readRecord(line, signal);
        if (!record) continue;
        heard.push(record);
        putSoon();
        // Many lines may have come at once.
        await breathe();
      }
      putHeard();
      if (!signal.aborted) put(endDiscovery);
    } catch (error) {
      if (signal.aborted) return;
      putHeard();
      // A server that says nothing any more, not even a heartbeat, is as good as gone.
      if (silence.signal.aborted) put(endDiscovery);
      else put((now) => failDiscovery(now, asError(error)));
    } finally {
      silence.stop();
    }
  };
}

export const asError = (error: unknown): Error =>
  error instanceof Error ? error : new ApiError({ code: 'UNEXPECTED', message: 'Something went wrong on this page.' });
