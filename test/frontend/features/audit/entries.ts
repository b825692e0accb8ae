/** Entries of the record, and streams of them, for the tests of the frontend. */
import type { AuditEntry, AuditRecord } from '#contract/audit.ts';

export const entry = (more: Partial<AuditEntry> = {}): AuditEntry => ({
  id: '2026-11-24T12:00:00.000Z#1',
  at: '2026-11-24T12:00:00.000Z',
  kind: 'statement',
  outcome: 'succeeded',
  requestId: 'request-1',
  user: {
    id: 'aws:111122223333:AIDAMARIA',
    name: 'maria',
    arn: 'arn:aws:iam::111122223333:user/maria',
    kind: 'user',
  },
  address: '203.0.113.7',
  resource: { id: 'arn:aws:rds:eu-central-1:111122223333:db:shop', engine: 'postgres', region: 'eu-central-1' },
  database: 'shop',
  databaseUser: 'app_iam',
  login: 'iam',
  statement: 'select 1',
  ...more,
});

/** The answer of a route that streams. */
export const trailOf = (...records: readonly AuditRecord[]): Response =>
  new Response(records.map((record) => `${JSON.stringify(record)}\n`).join(''));

/** Answers each call by the next of these; tells what was asked. */
export function scriptFetch(
  ...answers: readonly ((body: unknown, signal: AbortSignal | null | undefined) => Response | Promise<Response>)[]
): unknown[] {
  const asked: unknown[] = [];
  const left = [...answers];
  Object.assign(globalThis, { location: { origin: 'http://localhost' } });
  jest.spyOn(globalThis, 'fetch').mockImplementation(async (_, init = {}) => {
    const body: unknown = JSON.parse(String(init.body));
    asked.push(body);
    const answer = left.shift();
    if (!answer) throw new TypeError('Failed to fetch');
    return answer(body, init.signal);
  });
  return asked;
}
export function endScript(): void {
  jest.restoreAllMocks();
  Reflect.deleteProperty(globalThis, 'location');
}
