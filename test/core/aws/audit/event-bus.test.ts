import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { AuditEntry } from '#contract/audit.ts';
import { eventBus } from '#core/aws/audit/event-bus.ts';
import { eventBridge } from '#core/local/aws/event-bridge.ts';
import { blackHole } from '../../../support/black-hole.ts';
import { recordingLog } from '../../../support/ports.ts';
import { endpointWith, registry } from '../../local/aws/sdk.ts';

const { service, events } = eventBridge();
const config = endpointWith(service);

const entry: AuditEntry = {
  id: '2026-11-24T10:00:00.000Z#0123456789abcdef',
  at: '2026-11-24T10:00:00.000Z',
  kind: 'statement',
  outcome: 'begun',
  requestId: 'r-1',
  address: '192.0.2.1',
  statement: 'select 1',
};

test('an event says what kind of deed it is about, and holds its record', async () => {
  const { log, lines } = recordingLog();
  await eventBus('default', log, new EventBridgeClient(config(registry.longTerm('service'))))(entry);
  expect(events.at(-1)).toMatchObject({ source: 'lodge', detailType: 'Lodge Statement', detail: entry });
  expect(lines).toEqual([]);
});

test('the largest record fits into an event, cut', async () => {
  const { log, lines } = recordingLog();
  const tell = eventBus('default', log, new EventBridgeClient(config(registry.longTerm('service'))));
  await tell({ ...entry, statement: '\u0001'.repeat(50_000), change: '\u0001'.repeat(10_000) });
  expect(lines).toEqual([]);
  expect(events.at(-1)?.detail).toMatchObject({ statementLength: 50_000 });
});

test('a bus that refuses, or is not there, is told of in the log, and fails nothing', async () => {
  const { log, lines } = recordingLog();
  await eventBus('default', log, new EventBridgeClient(config(registry.longTerm('ben'))))(entry);
  await eventBus('another', log, new EventBridgeClient(config(registry.longTerm('ada'))))(entry);
  expect(lines).toMatchObject([
    {
      level: 'error',
      message: 'audit event not sent',
      fields: { requestId: 'r-1', cause: { name: 'AccessDeniedException' } },
    },
    { level: 'error', message: 'audit event not sent', fields: { cause: { code: 'InvalidArgument' } } },
  ]);
});

test('a bus that never answers is given up', async () => {
  await using hole = await blackHole();
  const { log, lines } = recordingLog();
  const client = new EventBridgeClient({
    ...config(registry.longTerm('service')),
    endpoint: `http://127.0.0.1:${hole.port}`,
  });
  await eventBus('default', log, client)(entry);
  expect(lines).toMatchObject([{ level: 'error', message: 'audit event not sent' }]);
});
