import { Buffer } from 'node:buffer';
import type { Clock } from '../ports/clock.ts';
import type { DataKeys } from '../ports/data-keys.ts';
import { Cache } from '../session/cache.ts';

/** How long an unwrapped key stays in a function's memory, in milliseconds, and how many of them. */
const KEY_MS = 5 * 60_000;
const KEYS = 500;

/** Unwraps each key once in a while: a session in use costs no call to KMS. Calls under way are shared, failures are not kept. */
export function rememberedKeys(dataKeys: DataKeys, clock: Clock): DataKeys {
  const keys = new Cache<Promise<Uint8Array>>({ size: KEYS, ttlMs: KEY_MS, clock });
  return {
    generate: (context) => dataKeys.generate(context),
    unwrap(wrapped, context) {
      const name = `${Buffer.from(wrapped).toString('base64')} ${JSON.stringify(context)}`;
      const held = keys.get(name);
      if (held) return held;
      const unwrapped = dataKeys.unwrap(wrapped, context);
      keys.set(name, unwrapped);
      unwrapped.catch(() => keys.delete(name));
      return unwrapped;
    },
  };
}
