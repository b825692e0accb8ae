import { Buffer } from 'node:buffer';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { PRINCIPALS } from '#core/local/account/principals.ts';
import { lambda } from '#core/local/aws/lambda.ts';
import { endpointWith, refusal, registry } from './sdk.ts';

const NAME = 'lodge-run-script';
const calls: unknown[] = [];
let ended = Promise.withResolvers<void>();
const endpoint = endpointWith(
  lambda({
    streaming: {},
    whole: {
      [NAME]: async (event) => {
        calls.push(event);
        await ended.promise;
        throw Object.assign(new Error('No.'), { name: 'Lodge.StatementFailed' });
      },
    },
  }),
);
beforeEach(() => {
  calls.length = 0;
  ended = Promise.withResolvers<void>();
});

const invoke = (asked: object) => {
  const client = new LambdaClient(endpoint(registry.longTerm('service')));
  return client.send(new InvokeCommand({ FunctionName: NAME, Payload: Buffer.from('{"a":1}'), ...asked }));
};

test('a call waits for its function, and hears how it failed', async () => {
  ended.resolve();
  const { StatusCode, FunctionError, Payload } = await invoke({});
  expect([StatusCode, FunctionError]).toEqual([200, 'Unhandled']);
  expect(JSON.parse(Buffer.from(Payload ?? []).toString())).toMatchObject({ errorType: 'Lodge.StatementFailed' });
});

test('an event is taken at once, its function runs on, and nobody hears how it ends', async () => {
  const { StatusCode, FunctionError, Payload } = await invoke({ InvocationType: 'Event' });
  expect([StatusCode, FunctionError, Payload?.length ?? 0]).toEqual([202, undefined, 0]);
  while (calls.length === 0) await new Promise(setImmediate);
  expect(calls).toEqual([{ a: 1 }]);
  ended.resolve();
});

test('a function that is not there takes no events', async () => {
  const name = `arn:aws:lambda:eu-central-1:${PRINCIPALS.service.accountId}:function:another`;
  const refused = refusal(invoke({ FunctionName: 'another', InvocationType: 'Event' }));
  expect(await refused).toEqual(['AccessDeniedException', 403, expect.stringContaining(name)]);
  expect(calls).toEqual([]);
});
