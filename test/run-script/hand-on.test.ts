/** Runs that take longer than one function lasts: here each statement is a part of its own. */
import { AppError } from '#contract/errors.ts';
import type { Connection, ResultEvent } from '#core/engines/engine.ts';
import { leaveTo, nextPart } from '../../lambdas/run-script/hand-on.ts';
import { memoryRuns } from '../support/ports.ts';
import { resource } from '../support/resources.ts';
import { executionOf, MARIA, memoryRunner } from '../support/runner.ts';
import { runStart } from '../support/runs.ts';

const consumed = { kind: 'write', units: 0.5 } as const;
const done = { type: 'done', rows: 0, truncated: false, elapsedMs: 1 } as const;
const columns = [{ name: 'n', type: 'text', kind: 'text' as const }];

/** A script of three statements; `failing` says by its text and index what befalls one of them. */
function threeStatements(failing: (text: string, index: number) => unknown = () => undefined) {
  const did: string[] = [];
  const run: Connection['run'] = async function* (text, { from = 0, pauseAfterMs }): AsyncGenerator<ResultEvent> {
    yield { type: 'started', handle: 'h', statements: 3 };
    for (let index = from; index < 3; index += 1) {
      if (index > from && pauseAfterMs === 0) {
        yield { type: 'pause', statement: index };
        return;
      }
      yield { type: 'statement', statement: index, from: 0, to: 1 };
      const error = failing(text, index);
      if (error) throw error;
      did.push(`${text} ${index}`);
      if (index === 2) {
        yield { type: 'columns', statement: index, columns };
        yield { type: 'rows', count: 1, values: [['last']] };
      }
      yield { ...done, statement: index, command: 'INSERT', consumed };
    }
  };
  return { run, did };
}

type Wanted = NonNullable<Parameters<typeof memoryRunner>[0]>;

async function runner({ ports, ...wanted }: Wanted = {}, script = threeStatements()) {
  const made = await memoryRunner({ run: script.run, ...wanted, ports: { pauseMs: 0, ...ports } });
  const input = { ...made.plan, readOnly: false, execution: executionOf('nightly'), taskToken: 'token' };
  /** What Lambda does with the events that wait, one after the other. */
  const deliver = async () => {
    for (let event = made.events.shift(); event; event = made.events.shift()) await made.call(event);
  };
  const history = async () => (await made.runs.list({ limit: 9 })).runs;
  return { ...made, did: script.did, input, deliver, history };
}

const failureOf = (made: Awaited<ReturnType<typeof runner>>) =>
  made.told.told.at(-1)?.[1] as { name: string; message: string };

describe('a run that takes longer than a function lasts', () => {
  it('goes on in another call with each statement that comes, and tells its token of one end', async () => {
    const made = await runner();
    expect(await made.call({ ...made.input, firstRows: 1 })).toBeUndefined();
    expect(await made.history()).toMatchObject([
      { state: 'running', part: { number: 2, from: 1, statements: 3, waiting: true } },
    ]);
    expect([made.told.told, made.events.length]).toEqual([[], 1]);
    await made.deliver();
    expect(made.did).toEqual(['select 1 0', 'select 1 1', 'select 1 2']);
    const [run] = await made.history();
    expect(run).toMatchObject({ state: 'succeeded', attempt: 1, part: { number: 3, from: 2, statements: 3 }, rows: 1 });
    const answer = { runId: run?.id, rows: 1, firstRows: [['last']], consumedCapacity: [{ ...consumed, units: 1.5 }] };
    expect(made.told.told).toEqual([['token', expect.objectContaining(answer)]]);
    expect([made.opened.opened, made.opened.closed, made.objects.size]).toEqual([3, 3, 1]);
  });

  it('has a record of each part, which says what it has done', async () => {
    const made = await runner();
    await made.call(made.input);
    await made.deliver();
    expect(made.entries).toMatchObject([
      { outcome: 'succeeded', change: 'Part 1, statements 1 to 1 of 3', consumed: [consumed] },
      { outcome: 'succeeded', change: 'Part 2, statements 2 to 2 of 3', consumed: [consumed] },
      { outcome: 'succeeded', change: 'Part 3, from statement 3 of 3', consumed: [consumed] },
    ]);
  });

  it('takes all of its time, from the first part on', async () => {
    const now = { ms: Date.parse('2026-11-24T03:00:00Z') };
    const made = await runner({ ports: { clock: () => new Date(now.ms) } });
    await made.call(made.input);
    now.ms += 3_600_000;
    await made.deliver();
    expect(made.told.told).toEqual([['token', expect.objectContaining({ elapsedMs: 3_600_000 })]]);
  });

  it('stays in its function where nobody holds a token, for its caller waits for that', async () => {
    const made = await runner();
    const { taskToken: _, ...input } = made.input;
    expect(await made.call(input)).toMatchObject({ rows: 1 });
    expect([made.did.length, made.events]).toEqual([3, []]);
  });

  it('does what it was begun with, whatever is saved meanwhile', async () => {
    const made = await runner();
    await made.call(made.input);
    const { id, revision, version: _, owner: __, createdAt: ___, changed: ____, ...draft } = made.script;
    await made.scripts.change(id, revision, { ...draft, text: 'select 2' }, MARIA);
    await made.deliver();
    expect(made.did).toEqual(['select 1 0', 'select 1 1', 'select 1 2']);
    expect(made.told.told).toEqual([['token', expect.objectContaining({ version: 1, newestVersion: 2 })]]);
  });

  it('is one of its automation as before', async () => {
    const made = await runner({ writing: true });
    const { id: automationId } = made.automation;
    await made.call({ automationId, execution: executionOf('nightly'), taskToken: 'token' });
    await made.deliver();
    expect((await made.runs.list({ automationId, limit: 9 })).runs).toMatchObject([{ state: 'succeeded' }]);
    expect(made.entries.map(({ automation }) => automation?.name)).toEqual(['Nightly', 'Nightly', 'Nightly']);
  });

  it('does nothing twice where an event is delivered twice, at once or when its part is over', async () => {
    const made = await runner();
    await made.call(made.input);
    const [second] = made.events.splice(0);
    await Promise.all([made.call(second), made.call(second)]);
    expect([made.did.length, made.events.length]).toEqual([2, 1]);
    await made.deliver();
    await made.call(second);
    expect([made.did.length, made.told.told.length, made.entries.length]).toEqual([3, 1, 3]);
  });

  it('asks a table that does not answer once more, for nobody else would go on', async () => {
    const { runs } = memoryRuns();
    let asked = 0;
    const takeOver: typeof runs.takeOver = async (...all) => {
      asked += 1;
      if (asked === 1) throw new AppError('AWS_UNAVAILABLE');
      return runs.takeOver(...all);
    };
    const made = await runner({ ports: { runs: { ...runs, takeOver } } });
    await made.call(made.input);
    await made.deliver();
    expect([made.did.length, asked]).toEqual([3, 3]);
  });
});

describe('between two parts', () => {
  it('a run that somebody stops goes no further, and its token hears so', async () => {
    const made = await runner();
    await made.call(made.input);
    for (const run of await made.history()) expect(await made.runs.stop(run)).toBe(true);
    await made.deliver();
    expect(failureOf(made)).toEqual({
      name: 'Lodge.Cancelled',
      message: 'The run was stopped. Statement 1 of the 3 of the script is done.',
    });
    expect(await made.history()).toMatchObject([{ state: 'cancelled' }]);
    expect([made.did.length, made.opened.opened, made.events]).toEqual([1, 1, []]);
  });

  it('so does one whose execution was stopped', async () => {
    const made = await runner();
    await made.call(made.input);
    await made.runs.stopExecution(made.input.execution.arn);
    await made.deliver();
    expect(await made.history()).toMatchObject([{ state: 'cancelled' }]);
    expect(made.did).toHaveLength(1);
  });

  it('and one that nobody waits for any more', async () => {
    const made = await runner();
    await made.call(made.input);
    made.told.gone = true;
    await made.deliver();
    expect(await made.history()).toMatchObject([{ state: 'cancelled', error: { code: 'STATEMENT_CANCELLED' } }]);
    expect(made.did).toHaveLength(1);
  });

  it('one that was told to stop before is not handed on', async () => {
    const script = threeStatements();
    const { runs } = memoryRuns();
    const handOn = async (...all: Parameters<typeof runs.handOn>) => {
      await runs.stop(all[0]);
      return runs.handOn(...all);
    };
    const made = await runner({ ports: { runs: { ...runs, handOn } } }, script);
    await made.call(made.input);
    expect([failureOf(made).name, made.events]).toEqual(['Lodge.Cancelled', []]);
  });
});

describe('a run that cannot go on', () => {
  it('says that the function was not called, and the same again goes on where it was left', async () => {
    let calls = 0;
    const events: object[] = [];
    const callAgain = async (input: object) => {
      calls += 1;
      if (calls === 1) throw new AppError('THROTTLED');
      events.push(input);
    };
    const made = await runner({ ports: { callAgain } });
    await made.call(made.input);
    expect(failureOf(made)).toEqual({
      name: 'Lodge.Throttled',
      message:
        'The run was to go on in another function, which could not be called. AWS asks to slow down. Try again in a moment. Statement 1 of the 3 of the script is done.',
    });
    expect(await made.history()).toMatchObject([{ state: 'failed', error: { code: 'THROTTLED' } }]);
    await made.call({ ...made.input, taskToken: 'another' });
    for (const event of events) await made.call(event);
    expect(made.did).toEqual(['select 1 0', 'select 1 1', 'select 1 2']);
    expect(await made.history()).toMatchObject([{ state: 'succeeded', attempt: 2 }]);
    expect(made.told.told.at(-1)).toEqual(['another', expect.objectContaining({ rows: 1 })]);
  });

  it('begins anew where it only reads', async () => {
    let calls = 0;
    const callAgain = async () => {
      calls += 1;
      if (calls === 1) throw new AppError('THROTTLED');
    };
    const made = await runner({ ports: { callAgain } });
    const reading = { ...made.input, readOnly: true };
    await made.call(reading);
    expect(failureOf(made).message).not.toContain('done');
    await made.call(reading);
    expect(made.did).toEqual(['select 1 0', 'select 1 0']);
  });

  it('goes on where the call arrived although nobody said so', async () => {
    const made = await runner({
      ports: {
        async callAgain(input) {
          await made.call(input);
          throw new AppError('AWS_UNAVAILABLE');
        },
      },
    });
    await made.call(made.input);
    expect(made.did).toHaveLength(3);
    expect(made.told.told).toEqual([['token', expect.objectContaining({ rows: 1 })]]);
    expect(await made.history()).toMatchObject([{ state: 'succeeded' }]);
  });

  it('is not begun again where its history does not say how far it has come', async () => {
    const { runs } = memoryRuns();
    const handOn = () => Promise.reject(new AppError('AWS_UNAVAILABLE'));
    const made = await runner({ ports: { runs: { ...runs, handOn } } });
    await made.call(made.input);
    expect(failureOf(made)).toMatchObject({
      name: 'Lodge.OutcomeUnknown',
      message: expect.stringMatching(/into its history\. Statement 1 of the 3 of the script is done\.$/),
    });
    await made.call({ ...made.input, taskToken: 'another' });
    expect(made.did).toHaveLength(1);
  });

  it('of which a part never reached its database begins with that part again', async () => {
    let isGone = false;
    const find = async () => {
      if (isGone) throw new AppError('AWS_UNAVAILABLE');
      return resource({ tags: { 'lodge:iam-user': 'app_iam' } });
    };
    const made = await runner({ ports: { discovery: { find, tags: async () => ({}) } } });
    await made.call(made.input);
    isGone = true;
    await made.deliver();
    expect(failureOf(made)).toMatchObject({
      name: 'Lodge.AwsUnavailable',
      message: expect.stringMatching(/is done\.$/),
    });
    isGone = false;
    await made.call({ ...made.input, taskToken: 'another' });
    await made.deliver();
    expect(made.did).toEqual(['select 1 0', 'select 1 1', 'select 1 2']);
  });

  it('of which a part was lost under way is not done again, and says what is done', async () => {
    const script = threeStatements((_text, index) => (index === 2 ? new AppError('DATABASE_LOST') : undefined));
    const made = await runner({}, script);
    await made.call(made.input);
    await made.deliver();
    expect(failureOf(made)).toMatchObject({
      name: 'Lodge.OutcomeUnknown',
      message: expect.stringMatching(/Statements 1 to 2 of the 3 of the script are done\.$/),
    });
    await made.call({ ...made.input, taskToken: 'another' });
    expect([made.did.length, made.told.told.length]).toEqual([2, 2]);
    expect(made.told.told.at(-1)).toEqual(['another', failureOf(made)]);
  });

  it('because a statement needs its connection says which, when its time is over', async () => {
    async function* held(_text: string, { signal }: { signal: AbortSignal }): AsyncGenerator<ResultEvent> {
      yield { type: 'started', handle: 'h', statements: 2 };
      yield { type: 'statement', statement: 0, from: 0, to: 1 };
      yield { ...done, statement: 0, command: 'SET' };
      yield { type: 'pause', statement: 1, heldBy: 0 };
      await new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(new AppError('DATABASE_LOST')));
      });
    }
    const made = await runner({ run: held });
    await made.call(made.input, 20_050);
    expect(failureOf(made)).toEqual({
      name: 'Lodge.TimedOut',
      message: expect.stringMatching(
        /another function, for statement 1 of the script needs the connection of others\.$/,
      ),
    });
  });

  it('through a thousand functions is stopped', async () => {
    const { runs } = memoryRuns();
    const { run } = await runs.begin(runStart(), { seconds: 60, days: 1 });
    const part = { number: 1_000, from: 1_000, statements: 2_000 };
    const next = nextPart({ part }, { ...part, from: 1_001 });
    await expect(leaveTo(next, { ...run, part }, { runs })).rejects.toMatchObject({
      code: 'STATEMENT_TIMEOUT',
      message: expect.stringContaining('1,000 functions'),
    });
  });

  it('for a reason that nobody meant says nothing of it', async () => {
    const callAgain = () => Promise.reject(new TypeError('secret'));
    const made = await runner({ ports: { callAgain } });
    await made.call(made.input);
    expect(failureOf(made)).toMatchObject({ name: 'Lodge.Internal' });
    expect(failureOf(made).message).not.toContain('secret');
  });
});

test('a second delivery that waits for longer than its function lasts goes on waiting in another', async () => {
  const made = await runner();
  await made.call(made.input);
  const waiting = { ...made.input, taskToken: 'another' };
  await made.call(waiting, 20_000);
  const [second, again] = made.events.splice(0);
  expect([again, made.told.told]).toEqual([expect.objectContaining({ taskToken: 'another' }), []]);
  await made.call(second);
  await made.deliver();
  await made.call(again);
  expect(made.told.told.map(([token]) => token)).toEqual(['token', 'another']);
  expect(made.did).toHaveLength(3);
});

test('what the function calls itself with is what it takes', async () => {
  const made = await runner();
  await made.call(made.input);
  const [event] = made.events;
  expect(event).toMatchObject({ part: { attempt: 1, number: 2 }, plan: { version: 1 }, taskToken: 'token' });
  expect(await made.call({ ...event, part: { number: 2 } })).toBeUndefined();
  expect(failureOf(made)).toMatchObject({ name: 'Lodge.InputInvalid', message: expect.stringContaining('part.runId') });
});
