/** A test of a connection as it goes on: which step has passed, which is under way, and which has failed. */
import { CONNECT_STEPS, type ConnectStep, TestRecord } from '#contract/connecting.ts';
import type { ErrorBody } from '#contract/errors.ts';
import { ApiError, lines, streamCut } from '../../api.ts';
import { type ConnectRequest, connectBody } from '../workbench/connection-book.ts';

export interface StepView {
  readonly step: ConnectStep;
  /** `skipped`: a later one has passed, and this one was never spoken of: there was nothing to do. */
  readonly state: 'waiting' | 'running' | 'passed' | 'failed' | 'skipped';
  readonly elapsedMs?: number;
  readonly detail?: string;
  readonly error?: Error;
}

export interface ConnectionTest {
  readonly state: 'running' | 'passed' | 'failed';
  readonly steps: readonly StepView[];
  /** What ended the test, where no step did. */
  readonly error?: Error;
  readonly elapsedMs?: number;
}

const STEPS = Object.keys(CONNECT_STEPS) as ConnectStep[];

export const startTest = (): ConnectionTest => ({
  state: 'running',
  steps: STEPS.map((step, at) => ({ step, state: at === 0 ? 'running' : 'waiting' })),
});

/** Takes one record in. */
export function receiveStep(test: ConnectionTest, record: TestRecord): ConnectionTest {
  if (record.type === 'heartbeat') return test;
  if (record.type === 'error') return failTest(test, new ApiError(withDetails(record.error)));
  if (record.type === 'end') return endTest(test, record.elapsedMs);
  const { step, state, elapsedMs, detail, error } = record;
  const at = STEPS.indexOf(step);
  const now: StepView = {
    ...{ step, state, elapsedMs },
    ...(detail ? { detail } : {}),
    ...(error ? { error: new ApiError(withDetails(error)) } : {}),
  };
  const steps = test.steps.map((one, index): StepView => {
    if (index === at) return now;
    if (index < at) return isOpen(one) ? { step: one.step, state: 'skipped' } : one;
    return { step: one.step, state: index === at + 1 && state === 'passed' ? 'running' : 'waiting' };
  });
  return { ...test, steps };
}

/** The stream is over: with the step that failed, or with all of them passed. */
function endTest(test: ConnectionTest, elapsedMs: number): ConnectionTest {
  const failed = test.steps.some(({ state }) => state === 'failed');
  const skipped = (one: StepView): StepView => (isOpen(one) ? { step: one.step, state: 'skipped' } : one);
  if (!failed) return { ...test, state: 'passed', steps: test.steps.map(skipped), elapsedMs };
  return { ...test, state: 'failed', steps: settled(test.steps), elapsedMs };
}

const withDetails = (error: ErrorBody) => ({ ...error, details: error.details });

const isOpen = ({ state }: StepView): boolean => state === 'running' || state === 'waiting';

/** Nothing is under way any more. */
const settled = (steps: readonly StepView[]): StepView[] =>
  steps.map((one) => (one.state === 'running' ? { step: one.step, state: 'waiting' } : one));

/** The test could not go on: its answer says why, and no step does. */
const failTest = (test: ConnectionTest, error: Error): ConnectionTest => ({
  ...test,
  state: 'failed',
  error,
  steps: settled(test.steps),
});

/** Goes the steps; each record changes what is seen. Ends quietly when it is stopped. */
export async function testConnection(
  request: ConnectRequest,
  put: (change: (now: ConnectionTest) => ConnectionTest) => void,
  signal: AbortSignal,
): Promise<void> {
  let ended = false;
  try {
    for await (const line of lines('testConnection', { body: connectBody(request) }, signal)) {
      const record = TestRecord.safeParse(JSON.parse(new TextDecoder().decode(line)));
      if (!record.success || signal.aborted) continue;
      ended ||= record.data.type === 'end' || record.data.type === 'error';
      put((now) => receiveStep(now, record.data));
    }
    if (!ended) throw streamCut();
  } catch (error) {
    if (!signal.aborted) put((now) => failTest(now, error as Error));
  }
}
