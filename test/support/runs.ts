import type { RunStart } from '#core/ports/runs.ts';

/** A run of no automation that begins, changed as a test needs it. */
export const runStart = (changes: Partial<RunStart> = {}): RunStart => ({
  id: '2026-11-24T03-00-00-000Z-nightly-1a2b3c4d',
  script: { id: 'abcdefghijkl', name: 'Late orders', version: 3 },
  resourceId: 'arn:aws:rds:eu-central-1:111122223333:db:shop',
  engine: 'postgres',
  roleArn: 'arn:aws:iam::111122223333:role/lodge-nightly',
  readOnly: true,
  format: 'csv',
  startedAt: '2026-11-24T03:00:01.000Z',
  ...changes,
});
