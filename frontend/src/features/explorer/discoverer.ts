/** Asks the API for the resources of one account, and puts what it says where it is seen, record by record. */
import { type Assume, ResourcesRecord } from '#contract/resources.ts';
import { ApiError, lines } from '../../api.ts';
import { watchSilence } from '../../app/silence.ts';
import { type Discovery, endDiscovery, failDiscovery, receive, startDiscovery } from './discovery.ts';

/** A server sends a heartbeat every ten seconds; after so long without a word the stream counts as cut. */
const SILENCE_MS = 45_000;

interface Place {
  put(change: (now: Discovery) => Discovery): void;
  /** The role to take on, as it is known when the look begins. */
  assume?(): Assume;
}

/** Asks so many regions; a second look waits for nobody and starts over. */
export type Discoverer = (regions: readonly string[]) => Promise<void>;

export function openDiscoverer({ put, assume }: Place): Discoverer {
  let stop = new AbortController();
  return async (regions) => {
    stop.abort();
    stop = new AbortController();
    const { signal } = stop;
    const silence = watchSilence(SILENCE_MS);
    put((now) => startDiscovery(regions, now));
    try {
      const body = { regions: [...regions], ...(assume ? { assume: assume() } : {}) };
      for await (const line of lines('resources', { body }, AbortSignal.any([signal, silence.signal]))) {
        silence.heard();
        const record = ResourcesRecord.safeParse(JSON.parse(new TextDecoder().decode(line)));
        // A record of a kind that this page does not know is from a newer server: it is passed over.
        if (record.success && !signal.aborted) put((now) => receive(now, record.data));
      }
      if (!signal.aborted) put(endDiscovery);
    } catch (error) {
      if (signal.aborted) return;
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
