import type { TestRecord } from '#contract/connecting.ts';
import { AppError } from '#contract/errors.ts';
import type { ConnectionClaims } from '../session/connection-token.ts';
import type { Perform } from './databases.ts';

type Step = Extract<TestRecord, { type: 'step' }>;

/**
 * The credentials first, then what the connector sees on its way with these very ones: a secret is read once, and what was
 * tested is what has passed. A service has no way: its login is one call.
 */
export async function* testSteps(claims: ConnectionClaims, logIn: () => Promise<Perform>): AsyncGenerator<Step> {
  const begun = performance.now();
  const elapsedMs = () => Math.round(performance.now() - begun);
  let perform: Perform;
  try {
    perform = await logIn();
  } catch (error) {
    yield { type: 'step', step: 'credentials', state: 'failed', elapsedMs: elapsedMs(), error: bodyOf(error) };
    return;
  }
  yield { type: 'step', step: 'credentials', state: 'passed', elapsedMs: elapsedMs() };
  if ('target' in claims) {
    for await (const event of perform({ do: 'probe' })) if ('type' in event && event.type === 'step') yield event;
    return;
  }
  try {
    for await (const _ of perform({ do: 'children', path: [] }));
    yield { type: 'step', step: 'login', state: 'passed', elapsedMs: elapsedMs() };
  } catch (error) {
    yield { type: 'step', step: 'login', state: 'failed', elapsedMs: elapsedMs(), error: bodyOf(error) };
  }
}

/** The stream's own request id leads to the log. */
const bodyOf = (error: unknown) =>
  (error instanceof AppError ? error : new AppError('INTERNAL', { cause: error })).body('');
