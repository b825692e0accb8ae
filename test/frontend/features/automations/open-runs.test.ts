import { openRuns } from '../../../../frontend/src/features/automations/open-runs.ts';
import { run } from '../../../automations/house.ts';
import { house, leave, until } from './house.ts';

afterEach(leave);

const AUTOMATION = 'abcdefghijkl';
const ofIt = (id: string, state: 'running' | 'succeeded' = 'running') => run(id, { automationId: AUTOMATION, state });

async function history(lodge: ReturnType<typeof house>) {
  const runs = openRuns(AUTOMATION);
  runs.list.begin();
  await until(() => runs.list.state.get().phase === 'end');
  const shown = () => runs.list.state.get().rows.map(({ id, state }) => `${id} ${state}`);
  return { ...lodge, ...runs, shown };
}

test('the history is that of one automation', async () => {
  const { shown } = await history(house({ runs: [ofIt('2'), ofIt('1', 'succeeded'), run('3')] }));
  expect(shown()).toEqual(['2 running', '1 succeeded']);
});

test('a run that goes on is put in its place, and the list is not read anew', async () => {
  const { runs, renew, shown, called } = await history(house({ runs: [ofIt('2'), ofIt('1', 'succeeded')] }));
  runs.splice(0, 1, ofIt('2', 'succeeded'));
  await renew();
  expect(shown()).toEqual(['2 succeeded', '1 succeeded']);
  expect(called).toHaveLength(2);
});

test('a new run begins the list anew, so that it stands on top', async () => {
  const { runs, renew, shown, list } = await history(house({ runs: [ofIt('1', 'succeeded')] }));
  runs.unshift(ofIt('2'));
  await renew();
  await until(() => list.state.get().phase === 'end');
  expect(shown()).toEqual(['2 running', '1 succeeded']);
});

test('it stays as it was where nobody answers, and nothing is asked while it is being read', async () => {
  const lodge = house({ runs: [ofIt('1')] });
  const { renew, shown, list, broken, called } = await history(lodge);
  broken.add('/api/automations/runs');
  await renew();
  expect([shown(), list.state.get().phase]).toEqual([['1 running'], 'end']);
  broken.clear();
  list.begin();
  const before = called.length;
  await renew();
  expect(called).toHaveLength(before);
});
