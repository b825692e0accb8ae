/** A token bucket for each key and service, as AWS throttles calls of an account. */
import { Fault } from './fault.ts';

export interface Rate {
  readonly burst: number;
  readonly perSecond: number;
}

/** Takes one token. Faults: throttled. */
export type Throttle = (bucket: string, now: number) => void;

export const createThrottle = ({ burst, perSecond }: Rate): Throttle => {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return (name, now) => {
    const bucket = buckets.get(name) ?? { tokens: burst, at: now };
    const tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) / 1000) * perSecond);
    if (tokens < 1) throw new Fault('throttled', 'Rate exceeded');
    buckets.set(name, { tokens: tokens - 1, at: now });
  };
};
