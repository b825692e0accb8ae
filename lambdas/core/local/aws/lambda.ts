/** Lambda: functions whose answer streams, called by `InvokeWithResponseStream` (Lambda API Reference). */
import type { Readable } from 'node:stream';
import { eventMessage } from './event-stream.ts';
import { Fault } from './fault.ts';
import type { RestService } from './service.ts';

/** Calls a function with what it is handed; its answer fails where the function ends without one. */
export type LocalFunction = (event: Buffer) => Promise<Readable>;

export const lambda = (functions: Readonly<Record<string, LocalFunction>>): RestService => ({
  protocol: 'rest',
  name: 'lambda',
  operations: [
    {
      method: 'POST',
      path: '/2021-11-15/functions/{name}/response-streaming-invocations',
      async answer({ path, body }, { region, key, authorize }) {
        const name = path.get('name') ?? '';
        const arn = `arn:aws:lambda:${region}:${key.principal.accountId}:function:${name}`;
        authorize('lambda:InvokeFunction', arn);
        const invoke = Object.hasOwn(functions, name) ? functions[name] : undefined;
        if (!invoke) throw new Fault('noResource', `Function not found: ${arn}`);
        return {
          status: 200,
          headers: { 'content-type': 'application/vnd.amazon.eventstream', 'x-amz-executed-version': '$LATEST' },
          body: events(invoke, body),
        };
      },
    },
  ],
});

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
