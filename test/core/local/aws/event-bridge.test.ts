import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { eventBridge } from '#core/local/aws/event-bridge.ts';
import { ada, endpointWith, refusal, registry } from './sdk.ts';

const { service, events } = eventBridge();
const config = endpointWith(service);

const whole = { Source: 'lodge', DetailType: 'Statement', Detail: '{"a":1}' };
const put = (...Entries: PutEventsRequestEntry[]) =>
  new EventBridgeClient(config(ada)).send(new PutEventsCommand({ Entries }));

test('an event is taken, numbered and remembered', async () => {
  const { FailedEntryCount, Entries } = await put(whole, { ...whole, EventBusName: 'default', Detail: '{"a":2}' });
  expect(FailedEntryCount).toBe(0);
  expect(new Set(Entries?.map(({ EventId }) => EventId)).size).toBe(2);
  expect(events.slice(-2)).toMatchObject([
    { id: Entries?.[0]?.EventId, account: '111122223333', region: 'eu-central-1', source: 'lodge', detail: { a: 1 } },
    { detail: { a: 2 } },
  ]);
});

test('what is wrong with one entry is said in its place, and the others are taken', async () => {
  const before = events.length;
  const { FailedEntryCount, Entries } = await put(
    whole,
    { ...whole, Source: '' },
    { ...whole, Source: 'aws.rds' },
    { ...whole, Detail: '[]' },
    { ...whole, Detail: '{' },
    { ...whole, DetailType: 'x'.repeat(129) },
    { ...whole, EventBusName: 'another' },
  );
  expect(FailedEntryCount).toBe(6);
  expect(Entries?.map(({ ErrorCode }) => ErrorCode)).toEqual([
    undefined,
    'InvalidArgument',
    'NotAuthorizedForSourceException',
    'MalformedDetail',
    'MalformedDetail',
    'InvalidArgument',
    'InvalidArgument',
  ]);
  expect(events.length).toBe(before + 1);
});

test('a request is refused that holds nothing whole, too many entries, or too many bytes', async () => {
  const invalid = ['ValidationException', 400, expect.any(String)];
  expect(await refusal(put({ ...whole, Detail: '' }))).toEqual(invalid);
  expect(await refusal(put(...Array.from({ length: 11 }, () => whole)))).toEqual(invalid);
  const half = { ...whole, Detail: JSON.stringify({ text: 'x'.repeat(130 * 1024) }) };
  expect((await put(half)).FailedEntryCount).toBe(0);
  expect(await refusal(put(half, half))).toEqual(invalid);
});

test('only who may put events there, does', async () => {
  const client = new EventBridgeClient(config(registry.longTerm('ben')));
  expect(await refusal(client.send(new PutEventsCommand({ Entries: [whole] })))).toEqual([
    'AccessDeniedException',
    400,
    expect.stringContaining('events:PutEvents on resource: arn:aws:events:eu-central-1:111122223333:event-bus/default'),
  ]);
});

test('a signature for another service is refused', async () => {
  const client = new EventBridgeClient({ ...config({ ...ada, secretAccessKey: 'another' }) });
  const [name] = (await refusal(client.send(new PutEventsCommand({ Entries: [whole] })))) as string[];
  expect(name).toBe('InvalidSignatureException');
});

test('the last thousand events are remembered', async () => {
  for (let call = 0; call < 101; call += 1) await put(...Array.from({ length: 10 }, () => whole));
  expect(events.length).toBe(1_000);
});
