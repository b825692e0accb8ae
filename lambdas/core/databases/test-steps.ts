import type { TestRecord } from '#contract/connecting.ts';
import type { Work } from '#contract/connector.ts';
import { AppError } from '#contract/errors.ts';
import type { ConnectorEvent } from '../connectors/connector.ts';
import type { DatabaseLogins, Roles } from '../ports.ts';
import type { At } from './databases.ts';

type Step = Extract<TestRecord, { type: 'step' }>;

/** The credentials first, then what the connector sees on its way. A service has no way: its login is one call. */
export async function* testSteps(
  at: At,
  events: (at: At, work: Work) => AsyncIterable<ConnectorEvent>,
  { logins, roles }: { logins: DatabaseLogins; roles: Roles },
): AsyncGenerator<Step> {
  const { claims, session, signal } = at;
  const begun = performance.now();
  const elapsedMs = () => Math.round(performance.now() - begun);
  try {
    const credentials = await roles.credentials(session, claims.assume, signal);
    if ('target' in claims) await logins.make(claims, credentials, signal);
  } catch (error) {
    yield { type: 'step', step: 'credentials', state: 'failed', elapsedMs: elapsedMs(), error: bodyOf(error) };
    return;
  }
  yield { type: 'step', step: 'credentials', state: 'passed', elapsedMs: elapsedMs() };
  if ('target' in claims) {
    for await (const event of events(at, { do: 'probe' })) if ('type' in event && event.type === 'step') yield event;
    return;
  }
  try {
    for await (const _ of events(at, { do: 'children', path: [] }));
    yield { type: 'step', step: 'login', state: 'passed', elapsedMs: elapsedMs() };
  } catch (error) {
    yield { type: 'step', step: 'login', state: 'failed', elapsedMs: elapsedMs(), error: bodyOf(error) };
  }
}

/** The stream's own request id leads to the log. */
const bodyOf = (error: unknown) =>
  (error instanceof AppError ? error : new AppError('INTERNAL', { cause: error })).body('');
