/** How AWS fails, by the words of its protocols; and which of its calls do so now. */
import { Fault } from '#core/local/aws/fault.ts';
import type { RawAnswer } from '#core/local/aws/service.ts';
import type { VerifiedCall } from '#core/local/aws/start-aws-endpoint.ts';

type Around = (call: VerifiedCall, answer: () => Promise<RawAnswer>) => Promise<RawAnswer>;

export const AWS_FAULTS = {
  fails: async () => {
    throw new Fault('unavailable', 'It is down.');
  },
  throttles: async () => {
    throw new Fault('throttled', 'Rate exceeded');
  },
  'is slow': async (_call, answer) => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    return answer();
  },
  'is silent': ({ left }) =>
    new Promise((_, reject) => left.addEventListener('abort', () => reject(new Error('The caller left.')))),
  'breaks off': async (_call, answer) => {
    const { body, ...head } = await answer();
    return { ...head, body: half(body instanceof Uint8Array ? [body] : body) };
  },
} satisfies Record<string, Around>;
export type AwsFault = keyof typeof AWS_FAULTS;

async function* half(body: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const piece of body) {
    yield piece.subarray(0, Math.ceil(piece.length / 2));
    throw new Error('It died.');
  }
}

/** Stands around each call of AWS. */
export function awsTrouble() {
  let trouble: { readonly matches: (call: VerifiedCall) => boolean; readonly fault: Around } | undefined;
  let underWay = 0;
  const around: Around = async (call, answer) => {
    underWay += 1;
    try {
      return trouble?.matches(call) ? await trouble.fault(call, answer) : await answer();
    } finally {
      underWay -= 1;
    }
  };
  return {
    around,
    begin: (fault: AwsFault | Fault, matches: (call: VerifiedCall) => boolean) => {
      trouble = { fault: fault instanceof Fault ? () => Promise.reject(fault) : AWS_FAULTS[fault], matches };
    },
    end: () => {
      trouble = undefined;
    },
    /** Calls that have no answer yet. */
    underWay: () => underWay,
  };
}
