import type { AuditEntry } from '#contract/audit.ts';
import { fitsText } from '#core/aws/audit/fits-text.ts';

const run: AuditEntry = {
  ...{ id: '1', at: '2026-11-24T03:00:00.000Z', kind: 'run', outcome: 'succeeded', requestId: 'r', address: '' },
  script: { id: 'k3j4h5g6f7d8s9a0', name: 'Late orders', version: 3 },
  automation: { id: 'a1b2c3d4e5', name: 'Nightly' },
  execution: 'arn:aws:states:eu-central-1:111122223333:execution:lodge:e-4711',
};

test.each(['late ORDERS', 'nightly', 'e-4711'])('a run is found by “%s”', (text) => {
  expect(fitsText(run, text)).toBe(true);
});

test('and by nothing that is not of it', () => {
  expect(fitsText(run, 'weekly')).toBe(false);
});
