import type { StatementPlan } from '#contract/plans.ts';
import { charged, chargesText, NO_CHARGES } from '../../../frontend/src/features/query/meter.ts';
import { PlanWatch } from '../../../frontend/src/features/query/plan-watch.ts';

const plan = (message: string): StatementPlan => ({ statement: 0, from: 0, to: 1, way: 'key', message });
const rest = () => jest.advanceTimersByTimeAsync(500);

function watching() {
  const asked: { statement: string; signal: AbortSignal }[] = [];
  const waiting: PromiseWithResolvers<StatementPlan[]>[] = [];
  const watch = new PlanWatch((statement, _maxRows, signal) => {
    asked.push({ statement, signal });
    const answer = Promise.withResolvers<StatementPlan[]>();
    waiting.push(answer);
    return answer.promise;
  });
  return { watch, asked, waiting };
}

describe('a plan', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('is asked for once typing rests, and not again for the same text', async () => {
    const { watch, asked, waiting } = watching();
    for (const text of ['S', 'SE', 'SELECT']) watch.look(text, 10);
    expect(asked).toEqual([]);
    await rest();
    expect(asked.map(({ statement }) => statement)).toEqual(['SELECT']);
    waiting[0]?.resolve([plan('by key')]);
    await rest();
    expect(watch.plan.get()?.message).toBe('by key');
    watch.look('other', 10);
    expect(watch.plan.get()).toBeUndefined();
    watch.look('SELECT', 10);
    expect(watch.plan.get()?.message).toBe('by key');
    await rest();
    expect(asked).toHaveLength(1);
  });

  it('is cancelled when the text changes, and its answer is not shown', async () => {
    const { watch, asked, waiting } = watching();
    watch.look('one', 10);
    await rest();
    watch.look('two', 10);
    expect(asked[0]?.signal.aborted).toBe(true);
    waiting[0]?.resolve([plan('late')]);
    await rest();
    expect(watch.plan.get()).toBeUndefined();
  });

  it('that failed is asked for anew, and one of another connection is forgotten', async () => {
    const { watch, asked, waiting } = watching();
    watch.look('one', 10);
    await rest();
    waiting[0]?.reject(new Error('no'));
    await rest();
    watch.look('one', 10);
    await rest();
    waiting[1]?.resolve([plan('known')]);
    await rest();
    watch.forget();
    watch.look('one', 10);
    await rest();
    expect(asked).toHaveLength(3);
    watch.dispose();
    expect(asked[2]?.signal.aborted).toBe(true);
  });
});

test('charges are summed by reads, writes and indexes', () => {
  let now = NO_CHARGES;
  expect(chargesText(now)).toBeUndefined();
  now = charged(now, { kind: 'write', units: 1 });
  expect(chargesText(now)).toBe('1 write unit');
  now = charged(now, { kind: 'read', units: 0.5, indexes: { a: 0.5 } });
  now = charged(now, { kind: 'read', units: 2, indexes: { a: 1, b: 1 } });
  expect(chargesText(now)).toBe('2.5 read and 1 write units');
  expect(now.indexes).toEqual({ a: 1.5, b: 1 });
});
