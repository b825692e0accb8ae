/** Each way in which a run ends, as the record has it: once, with all that tells which run it was. */
import { AppError } from '#contract/errors.ts';
import type { ResultEvent } from '#core/engines/engine.ts';
import { executionOf, memoryRunner, ROLE, twoRows } from '../support/runner.ts';

type Wanted = Parameters<typeof memoryRunner>[0];
type Runner = Awaited<ReturnType<typeof memoryRunner>>;

/** Fails after its rows. */
const failingWith = (code: 'STATEMENT_FAILED' | 'DATABASE_LOST') =>
  async function* (): AsyncGenerator<ResultEvent> {
    for await (const event of twoRows()) {
      if (!(event instanceof Uint8Array) && event.type === 'done') throw new AppError(code);
      yield event;
    }
  };

/** Gives its rows, and goes on until it is stopped. */
async function* endless(_script: string, { signal }: { signal: AbortSignal }): AsyncGenerator<ResultEvent> {
  for await (const event of twoRows()) {
    if (event instanceof Uint8Array || event.type !== 'done') yield event;
    else
      await new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(new AppError('DATABASE_LOST')));
      });
  }
}

const execution = executionOf('nightly');
const inputOf = ({ automation }: Runner) => ({ automationId: automation.id, execution });

/** One call, whatever comes of it. */
const once = async (runner: Runner, remainingMs?: number): Promise<void> => {
  await runner.call(inputOf(runner), remainingMs).catch(() => undefined);
};

const stopped = async (runner: Runner): Promise<void> => {
  const running = once(runner);
  while (runner.opened.opened === 0) await new Promise(setImmediate);
  for (const run of (await runner.runs.list({ automationId: runner.automation.id, limit: 1 })).runs)
    await runner.runs.stop(run);
  await running;
};

const twice = async (runner: Runner): Promise<void> => {
  await once(runner);
  await once(runner);
};

const atOnce = async (runner: Runner): Promise<void> => {
  await Promise.all([once(runner), once(runner)]);
};

const AGAIN = { change: expect.stringContaining('Delivered again') };
const done = { rows: 2, databaseUser: 'app_iam' };

interface Row {
  readonly wanted?: Wanted;
  act?(runner: Runner): Promise<void>;
  readonly entries: readonly object[];
}

const WAYS: Readonly<Record<string, Row>> = {
  'that succeeds': { entries: [{ outcome: 'succeeded', ...done }] },
  'that fails in the database': {
    wanted: { run: failingWith('STATEMENT_FAILED') },
    entries: [{ outcome: 'failed', code: 'STATEMENT_FAILED', ...done }],
  },
  'that loses its database while it may write': {
    wanted: { run: failingWith('DATABASE_LOST'), writing: true },
    entries: [{ outcome: 'failed', code: 'OUTCOME_UNKNOWN', ...done }],
  },
  'that somebody stops': {
    wanted: { run: endless },
    act: stopped,
    entries: [{ outcome: 'cancelled', code: 'STATEMENT_CANCELLED', ...done }],
  },
  'whose function has no time left': {
    wanted: { run: endless },
    act: (runner) => once(runner, 20_050),
    entries: [{ outcome: 'cut', code: 'STATEMENT_TIMEOUT', ...done }],
  },
  'of an automation that is paused': {
    wanted: { automation: { paused: true } },
    entries: [{ outcome: 'refused', code: 'AUTOMATION_PAUSED' }],
  },
  'without a parameter': {
    wanted: { script: { parameters: [{ name: 'day', type: 'date', required: true }] } },
    entries: [{ outcome: 'refused', code: 'PARAMETER_INVALID' }],
  },
  'that is delivered again when it is over': {
    act: twice,
    entries: [
      { outcome: 'succeeded', ...done },
      { outcome: 'succeeded', ...AGAIN },
    ],
  },
  'that is delivered again while it lasts': {
    act: atOnce,
    entries: [
      { outcome: 'succeeded', ...done },
      { outcome: 'refused', code: 'RUN_IN_PROGRESS', ...AGAIN },
    ],
  },
  'that is tried again after it has failed': {
    wanted: { run: failingWith('DATABASE_LOST') },
    act: twice,
    entries: [
      { outcome: 'failed', code: 'DATABASE_LOST', ...done },
      { outcome: 'failed', code: 'DATABASE_LOST', ...done },
    ],
  },
};

test.each(Object.entries(WAYS))('a run %s stands in the record once', async (_way, { wanted, act = once, entries }) => {
  const runner = await memoryRunner(wanted);
  await act(runner);
  const { automation, script, plan } = runner;
  expect(runner.entries).toEqual(
    entries.map((entry) =>
      expect.objectContaining({
        kind: 'run',
        script: { id: script.id, name: 'Late orders', version: 1 },
        automation: { id: automation.id, name: 'Nightly' },
        execution: execution.arn,
        resource: { id: plan.resourceId, engine: 'postgres', region: 'eu-central-1' },
        assumed: ROLE,
        statement: 'select 1',
        ...entry,
      }),
    ),
  );
  // What was not done has read nothing.
  for (const { change, rows } of runner.entries) if (change) expect(rows).toBeUndefined();
});
