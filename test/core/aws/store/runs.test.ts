import type { RunAnswer } from '#contract/automations.ts';
import { dynamoRuns } from '#core/aws/store/store.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { RunStart, Runs } from '#core/ports/runs.ts';
import { startDynamo } from '../../../support/dynamo.ts';
import { memoryRuns, stoppedClock } from '../../../support/ports.ts';
import { runStart } from '../../../support/runs.ts';

let dynamo: Awaited<ReturnType<typeof startDynamo>>;
beforeAll(async () => {
  dynamo = await startDynamo('lodge');
});
afterAll(() => dynamo[Symbol.asyncDispose]());

const SUBJECTS: [name: string, (clock: Clock) => Runs][] = [
  ['in DynamoDB', (clock) => dynamoRuns(dynamo.documents, 'lodge', clock)],
  ['in memory', (clock) => memoryRuns(clock).runs],
];

const kept = { seconds: 60, days: 30 };
const answer: Omit<RunAnswer, 'firstRows'> = {
  runId: 'r',
  bucket: 'results',
  key: 'results/r.csv',
  rows: 2,
  bytes: 20,
  columns: [{ name: 'id', type: 'int8' }],
  elapsedMs: 1_500,
  truncated: false,
  version: 3,
  newestVersion: 4,
};
const succeeded = { state: 'succeeded', rows: 2, bytes: 20, answer } as const;
const failed = { state: 'failed', rows: 0, bytes: 0, error: { code: 'STATEMENT_FAILED', message: 'No.' } } as const;
const execution = (name: string) => ({ arn: `arn:aws:states:eu-central-1:111122223333:execution:lodge:${name}`, name });

let made = 0;
/** Runs of an automation that nobody has seen yet. */
function unseen(subject: (clock: Clock) => Runs) {
  made += 1;
  const { clock, pass } = stoppedClock();
  const automationId = `automation${made}`;
  const start = (changes: Partial<RunStart> = {}) => runStart({ automationId, ...changes });
  return { runs: subject(clock), pass, start, automationId };
}

describe.each(SUBJECTS)('the history of runs %s', (_name, subject) => {
  it('begins a run once, however many ask at once', async () => {
    const { runs, start } = unseen(subject);
    const all = await Promise.all(Array.from({ length: 20 }, () => runs.begin(start(), kept)));
    expect(all.filter(({ begun }) => begun)).toHaveLength(1);
    for (const { run } of all) expect(run).toEqual({ ...start(), state: 'running', attempt: 1, rows: 0, bytes: 0 });
  });

  it('gives a run that has succeeded back with its answer', async () => {
    const { runs, start } = unseen(subject);
    const { run } = await runs.begin(start(), kept);
    await runs.end(run, succeeded);
    const again = await runs.begin(start(), kept);
    expect(again).toEqual({ run: { ...run, ...succeeded, endedAt: '2026-11-23T10:00:00.000Z' }, begun: false });
  });

  it('begins the next attempt of one that has failed, and forgets how', async () => {
    const { runs, start } = unseen(subject);
    await runs.end((await runs.begin(start(), kept)).run, failed);
    const all = await Promise.all(Array.from({ length: 5 }, () => runs.begin(start(), kept)));
    expect(all.filter(({ begun }) => begun)).toHaveLength(1);
    expect(await runs.read(start())).toEqual({ ...start(), state: 'running', attempt: 2, rows: 0, bytes: 0 });
  });

  it('begins nothing anew that somebody has cancelled', async () => {
    const { runs, start } = unseen(subject);
    await runs.end((await runs.begin(start(), kept)).run, { state: 'cancelled', rows: 0, bytes: 0 });
    expect(await runs.begin(start(), kept)).toMatchObject({ begun: false, run: { state: 'cancelled' } });
  });

  it.each([
    ['STATEMENT_FAILED', false],
    ['OUTCOME_UNKNOWN', false],
    ['INTERNAL', false],
    ['DATABASE_UNREACHABLE', true],
    ['THROTTLED', true],
  ])('begins one that may write anew after %s: %s', async (code, begun) => {
    const { runs, start } = unseen(subject);
    const writing = start({ readOnly: false });
    await runs.end((await runs.begin(writing, kept)).run, { ...failed, error: { code, message: 'No.' } });
    expect(await runs.begin(writing, kept)).toMatchObject({ begun });
  });

  it('says of one without a word that it was cut, and begins it again only where it cannot have changed anything', async () => {
    const { runs, start, pass } = unseen(subject);
    const writing = start({ readOnly: false, id: 'writing' });
    await Promise.all([runs.begin(start(), kept), runs.begin(writing, kept)]);
    pass(60);
    const cut = { state: 'cut', endedAt: '2026-11-23T10:01:00.000Z' };
    expect(await runs.read(start())).toMatchObject(cut);
    expect(await runs.begin(writing, kept)).toMatchObject({ begun: false, run: cut });
    expect(await runs.begin(start(), kept)).toMatchObject({ begun: true, run: { state: 'running', attempt: 2 } });
  });

  it('lives as long as it speaks up, and tells how far it is', async () => {
    const { runs, start, pass } = unseen(subject);
    const { run } = await runs.begin(start(), kept);
    for (const rows of [1_000, 2_000, 3_000]) {
      pass(59);
      expect(await runs.progress(run, { rows, bytes: rows * 10, seconds: 60 })).toEqual({ stop: false });
    }
    expect(await runs.read(start())).toMatchObject({ state: 'running', rows: 3_000, bytes: 30_000 });
  });

  it('hears that it shall stop', async () => {
    const { runs, start } = unseen(subject);
    const { run } = await runs.begin(start(), kept);
    expect(await runs.stop(start())).toBe(true);
    expect(await runs.progress(run, { rows: 1, bytes: 1, seconds: 60 })).toEqual({ stop: true });
    await runs.end(run, { state: 'cancelled', rows: 1, bytes: 1 });
    expect(await runs.stop(start())).toBe(false);
    expect(await runs.stop(start({ id: 'another' }))).toBe(false);
  });

  it('is not asked to stop where nobody is there to hear it', async () => {
    const { runs, start, pass } = unseen(subject);
    await runs.begin(start(), kept);
    pass(60);
    expect(await runs.stop(start())).toBe(false);
  });

  it('does not listen to an attempt that another one has replaced', async () => {
    const { runs, start, pass } = unseen(subject);
    const { run: first } = await runs.begin(start(), kept);
    pass(60);
    await runs.begin(start(), kept);
    expect(await runs.progress(first, { rows: 9, bytes: 9, seconds: 600 })).toEqual({ stop: true });
    await runs.end(first, succeeded);
    expect(await runs.read(start())).toMatchObject({ state: 'running', attempt: 2, rows: 0 });
  });

  it('keeps an end as it was told first', async () => {
    const { runs, start } = unseen(subject);
    const { run } = await runs.begin(start(), kept);
    await runs.end(run, succeeded);
    await runs.end(run, failed);
    expect(await runs.read(start())).toMatchObject({ state: 'succeeded', rows: 2 });
  });

  it('stops all runs of an execution, and writes down which of them were cut', async () => {
    const { runs, start, pass, automationId } = unseen(subject);
    const of = { execution: execution(automationId) };
    await runs.begin(start({ id: 'a', ...of }), kept);
    pass(60);
    const { run: alive } = await runs.begin(start({ id: 'b', ...of }), kept);
    const { run: own } = await runs.begin(runStart({ id: `c-${automationId}`, ...of }), kept);
    const { run: other } = await runs.begin(start({ id: 'd', execution: execution('another') }), kept);
    await runs.stopExecution(of.execution.arn);
    const so = { rows: 0, bytes: 0, seconds: 60 };
    expect(await Promise.all([alive, own, other].map((run) => runs.progress(run, so)))).toEqual([
      { stop: true },
      { stop: true },
      { stop: false },
    ]);
    expect(await runs.read(start({ id: 'a' }))).toMatchObject({ state: 'cut', endedAt: '2026-11-23T10:01:00.000Z' });
  });

  it('stops all runs below a map, whose executions are others', async () => {
    const { runs, start, automationId } = unseen(subject);
    const parentArn = `${execution(automationId).arn}-map`;
    const below = (name: string) => ({ execution: { ...execution(`${automationId}-${name}`), parentArn } });
    const { run: first } = await runs.begin(start({ id: 'a', ...below('a') }), kept);
    const { run: second } = await runs.begin(runStart({ id: `b-${automationId}`, ...below('b') }), kept);
    const { run: done } = await runs.begin(start({ id: 'c', ...below('c') }), kept);
    await runs.end(done, succeeded);
    await runs.stopExecution(parentArn);
    const so = { rows: 0, bytes: 0, seconds: 60 };
    expect(await Promise.all([first, second].map((run) => runs.progress(run, so)))).toEqual([
      { stop: true },
      { stop: true },
    ]);
    expect(await runs.read(done)).toMatchObject({ state: 'succeeded', execution: { parentArn } });
  });

  describe('that goes on in another function', () => {
    const second = { number: 2, from: 3, statements: 7, consumed: [{ kind: 'write' as const, units: 1.5 }] };
    const wait = { seconds: 3_600 };
    const beat = { rows: 0, bytes: 0, seconds: 60 };

    /** A run whose first part has left it. */
    async function left({ runs, start }: ReturnType<typeof unseen>, changes: Partial<RunStart> = {}) {
      const { run: first } = await runs.begin(start({ readOnly: false, ...changes }), kept);
      const waiting = await runs.handOn(first, second, wait);
      if (!waiting) throw new Error('It was not handed on.');
      const take = (part = 2) => runs.takeOver({ ...start(), attempt: 1, part }, { seconds: 60 });
      return { first, waiting, take };
    }

    it('waits for its next part as long as it may, and one takes it over', async () => {
      const given = unseen(subject);
      const { waiting, take } = await left(given);
      expect(waiting.part).toEqual({ ...second, waiting: true });
      given.pass(3_599);
      const all = await Promise.all([take(), take(), take()]);
      const [taken, ...more] = all.filter((one) => one !== undefined);
      expect([taken?.run.part, taken?.stop, more]).toEqual([second, false, []]);
      expect(await given.runs.read(given.start())).toMatchObject({ state: 'running', part: second });
    });

    it('is not taken over by a part that it does not wait for, nor when nobody waits any more', async () => {
      const given = unseen(subject);
      const { take } = await left(given);
      expect(await take(3)).toBeUndefined();
      given.pass(3_600);
      expect(await take()).toBeUndefined();
      expect(await given.runs.read(given.start())).toMatchObject({ state: 'cut', part: second });
    });

    it('does not listen to the part that has left it, and listens to the one that goes on', async () => {
      const given = unseen(subject);
      const { runs, start } = given;
      const { first, waiting, take } = await left(given);
      const unheard = async () => [
        await runs.progress(first, { ...beat, rows: 9 }),
        await runs.end(first, succeeded),
        await runs.handOn(first, { ...second, number: 3 }, wait),
      ];
      expect(await unheard()).toEqual([{ stop: true }, false, undefined]);
      const taken = await take();
      expect(await unheard()).toEqual([{ stop: true }, false, undefined]);
      expect(await runs.end(waiting, failed)).toBe(false);
      expect(await runs.progress(taken?.run ?? first, beat)).toEqual({ stop: false });
      expect(await runs.end(taken?.run ?? first, succeeded)).toBe(true);
      expect(await runs.read(start())).toMatchObject({ state: 'succeeded', rows: 2, part: second });
    });

    it('hears in its next part that it shall stop, and is not left where it hears so before', async () => {
      const given = unseen(subject);
      const { waiting, take } = await left(given);
      expect(await given.runs.stop(given.start())).toBe(true);
      const taken = await take();
      expect(taken?.stop).toBe(true);
      expect(await given.runs.handOn(taken?.run ?? waiting, { ...second, number: 3 }, wait)).toBeUndefined();
    });

    it('begins with that part again where nothing of it was begun, and with nothing that was done', async () => {
      const given = unseen(subject);
      const { runs, start, pass } = given;
      const { waiting } = await left(given);
      const writing = start({ readOnly: false, startedAt: '2026-11-24T05:00:00.000Z' });
      await runs.end(waiting, { ...failed, error: { code: 'THROTTLED', message: 'No.' } });
      const again = await runs.begin(writing, kept);
      expect(again).toMatchObject({ begun: true, run: { attempt: 2, part: second, startedAt: start().startedAt } });
      expect(again.run.part).not.toHaveProperty('waiting');
      const third = await runs.handOn(again.run, { ...second, number: 3, from: 5 }, wait);
      pass(3_600);
      expect(third && (await runs.begin(writing, kept))).toMatchObject({ begun: true, run: { part: { from: 5 } } });
      pass(60);
      expect(await runs.begin(writing, kept)).toMatchObject({ begun: false, run: { state: 'cut' } });
    });

    it('does not go on with the statements of another version, nor in another database', async () => {
      const given = unseen(subject);
      const { runs, start } = given;
      const { waiting } = await left(given);
      await runs.end(waiting, { ...failed, error: { code: 'THROTTLED', message: 'No.' } });
      for (const changes of [{ script: { ...start().script, version: 4 } }, { resourceId: 'another' }])
        expect(await runs.begin(start({ readOnly: false, ...changes }), kept)).toMatchObject({ begun: false });
    });

    it('begins anew where it only reads', async () => {
      const given = unseen(subject);
      const { waiting } = await left(given, { readOnly: true });
      await given.runs.end(waiting, failed);
      const { run } = await given.runs.begin(given.start(), kept);
      expect([run.attempt, run.part]).toEqual([2, undefined]);
    });
  });

  it('is read page by page, the newest first, each automation by itself', async () => {
    const { runs, start, automationId } = unseen(subject);
    for (const id of ['2026-11-24-a', '2026-11-24-c', '2026-11-24-b', '2026-11-23-z'])
      await runs.begin(start({ id, execution: execution(id) }), kept);
    const first = await runs.list({ automationId, limit: 2 });
    expect(first.runs.map(({ id }) => id)).toEqual(['2026-11-24-c', '2026-11-24-b']);
    const rest = await runs.list({ automationId, limit: 3, cursor: first.next });
    expect(rest.runs.map(({ id }) => id)).toEqual(['2026-11-24-a', '2026-11-23-z']);
    expect(rest.next).toBeUndefined();
    expect(await runs.list({ automationId: 'nobodysruns', limit: 10 })).toEqual({ runs: [] });
  });

  it('knows nothing of a run that never was', async () => {
    const { runs, start } = unseen(subject);
    expect(await runs.read(start())).toBeUndefined();
    expect(await runs.progress({ ...start(), attempt: 1 }, { rows: 0, bytes: 0, seconds: 60 })).toEqual({ stop: true });
  });
});

describe('in the table', () => {
  it('all of a run ends when its days are over', async () => {
    const { runs, start, automationId } = unseen((clock) => dynamoRuns(dynamo.documents, 'lodge', clock));
    await runs.begin(start({ execution: execution(automationId) }), kept);
    const items = (await dynamo.items()).filter((item) => JSON.stringify(item).includes(automationId));
    const ttl = Date.parse('2026-12-23T10:00:00Z') / 1_000;
    expect(items.map((item) => item.ttl)).toEqual([ttl, ttl]);
    for (const { pk } of items) expect(pk).toMatch(/^RUNS#/);
  });

  it('a cursor that no list has given is refused', async () => {
    const { runs } = unseen((clock) => dynamoRuns(dynamo.documents, 'lodge', clock));
    await expect(runs.list({ limit: 1, cursor: 'a#b' })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });
});
