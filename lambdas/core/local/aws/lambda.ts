/** Lambda: functions whose answer streams, functions that answer once they have ended, and events (Lambda API Reference). */
import type { Readable } from 'node:stream';
import { eventMessage } from './event-stream.ts';
import { Fault } from './fault.ts';
import { json } from './json.ts';
import type { Caller, RestService } from './service.ts';

/** Calls a function with what it is handed; its answer fails where the function ends without one. */
export type LocalFunction = (event: Buffer) => Promise<Readable>;

/** One that answers once it has ended. */
export type WholeFunction = (event: unknown) => Promise<unknown>;

interface Functions {
  readonly streaming: Readonly<Record<string, LocalFunction>>;
  readonly whole: Readonly<Record<string, WholeFunction>>;
}

export const lambda = ({ streaming, whole }: Functions): RestService => ({
  protocol: 'rest',
  name: 'lambda',
  operations: [
    {
      method: 'POST',
      path: '/2021-11-15/functions/{name}/response-streaming-invocations',
      async answer({ path, body }, caller) {
        const invoke = called(streaming, path, caller);
        return {
          status: 200,
          headers: { 'content-type': 'application/vnd.amazon.eventstream', 'x-amz-executed-version': '$LATEST' },
          body: events(invoke, body),
        };
      },
    },
    {
      method: 'POST',
      path: '/2015-03-31/functions/{name}/invocations',
      async answer({ path, headers, body }, caller) {
        const invoke = called(whole, path, caller);
        const event = json(body);
        if (headers.get('x-amz-invocation-type') === 'Event') {
          // Nobody hears how it ends, and with no retries it is not called again.
          setImmediate(() => void invoke(event).catch(() => undefined));
          return { status: 202, headers: { 'content-type': 'application/json' }, body: Buffer.alloc(0) };
        }
        const answered = (value: unknown, headers = {}) => ({
          status: 200,
          headers: { 'content-type': 'application/json', 'x-amz-executed-version': '$LATEST', ...headers },
          body: Buffer.from(JSON.stringify(value ?? null)),
        });
        return invoke(event).then(answered, ({ name: errorType, message: errorMessage }: Error) =>
          answered({ errorType, errorMessage, trace: [] }, { 'x-amz-function-error': 'Unhandled' }),
        );
      },
    },
  ],
});

/** The function that a path names. Faults: denied; noResource. */
const called = <F>(functions: Readonly<Record<string, F>>, path: ReadonlyMap<string, string>, caller: Caller): F => {
  const name = path.get('name') ?? '';
  const arn = `arn:aws:lambda:${caller.region}:${caller.key.principal.accountId}:function:${name}`;
  caller.authorize('lambda:InvokeFunction', arn);
  const found = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (!found) throw new Fault('noResource', `Function not found: ${arn}`);
  return found;
};

/** The payload's chunks, and how it ended. A function goes on when its caller has left, as in AWS. */
async function* events(invoke: LocalFunction, event: Buffer): AsyncGenerator<Uint8Array> {
  let answer: Readable | undefined;
  try {
    answer = await invoke(event);
    for await (const chunk of answer.iterator({ destroyOnReturn: false }))
      yield eventMessage('PayloadChunk', 'application/octet-stream', chunk);
    yield complete({});
  } catch {
    yield complete({ ErrorCode: 'Runtime.ExitError', ErrorDetails: 'The process of the function ended.' });
  } finally {
    answer?.resume();
  }
}

const complete = (content: object): Uint8Array =>
  eventMessage('InvokeComplete', 'application/json', Buffer.from(JSON.stringify(content)));
