import { deleteAutomation, runNow, setPaused, stopRun } from '../../../../frontend/src/features/automations/deeds.ts';
import { run } from '../../../automations/house.ts';
import { dialog, house, leave, toasts } from './house.ts';

afterEach(leave);

describe('running now', () => {
  test('begins at once what only reads, and tells it', async () => {
    const { desk, make, asked } = house();
    expect(await runNow(desk, await make())).toBe(true);
    expect([toasts(desk), asked.map(([what]) => what)]).toEqual([['“Nightly” is started.'], ['machine.start']]);
  });

  test('asks before what may change data, and begins nothing where that is declined', async () => {
    const { desk, make, asked } = house();
    const automation = await make({ plan: { readOnly: false } });
    const declined = runNow(desk, automation);
    const question = await dialog(desk, 'confirm');
    expect([question.title, question.says]).toEqual([
      'Run “Nightly” now?',
      ['It may change data: it is not read-only.'],
    ]);
    question.decline();
    expect([await declined, asked]).toEqual([false, []]);
    const agreed = runNow(desk, automation);
    (await dialog(desk, 'confirm')).answer(undefined);
    expect(await agreed).toBe(true);
  });

  test('says why where it is refused', async () => {
    const { desk, make } = house();
    const automation = await make({ paused: true });
    expect(await runNow(desk, automation)).toBe(false);
    expect(toasts(desk).join()).toContain('This automation is paused.');
  });
});

test('it is paused and resumed with all else as it was', async () => {
  const { desk, make, kept } = house();
  const automation = await make({ name: 'Weekly' });
  const paused = await setPaused(desk, automation, true);
  expect(paused).toMatchObject({ paused: true, revision: 2, plan: automation.plan });
  expect((await setPaused(desk, paused ?? automation, false))?.paused).toBe(false);
  expect(toasts(desk)).toEqual(['“Weekly” is paused.', '“Weekly” is resumed.']);
  expect((await kept.read(automation.id))?.paused).toBe(false);
});

test('what somebody else has changed meanwhile is not paused over their head', async () => {
  const { desk, make, kept } = house();
  const automation = await make();
  await setPaused(desk, automation, true);
  expect(await setPaused(desk, automation, false)).toBeUndefined();
  expect((await kept.read(automation.id))?.paused).toBe(true);
});

describe('deleting', () => {
  test.each([
    [undefined, 'It cannot be started any more.'],
    [{ expression: 'rate(1 hour)', timeZone: 'UTC' }, 'It goes with its schedule: it does not run any more.'],
  ])('with the schedule %j is asked about by name, and says what goes', async (schedule, sentence) => {
    const { desk, make, kept } = house();
    const automation = await make({ schedule });
    const declined = deleteAutomation(desk, automation);
    const question = await dialog(desk, 'confirm');
    expect([question.title, question.says[0], question.grave]).toEqual(['Delete “Nightly”?', sentence, true]);
    question.decline();
    expect([await declined, (await kept.read(automation.id))?.name]).toEqual([false, 'Nightly']);
    const agreed = deleteAutomation(desk, automation);
    (await dialog(desk, 'confirm')).answer(undefined);
    expect([await agreed, await kept.read(automation.id)]).toEqual([true, undefined]);
    expect(toasts(desk)).toEqual(['“Nightly” is deleted.']);
  });
});

describe('stopping a run', () => {
  test.each([
    [true, ['Its statement is cancelled in the database, and no result is kept.']],
    [false, [expect.any(String), 'What it has changed and committed so far stays changed.']],
  ])('whose automation only reads (%s) says what becomes of it', async (readOnly, says) => {
    const running = run('1', { readOnly });
    const { desk, asked } = house({ runs: [running] });
    const stopping = stopRun(desk, running);
    const question = await dialog(desk, 'confirm');
    expect(question.says).toEqual(says);
    question.answer(undefined);
    expect([await stopping, toasts(desk)]).toEqual([true, ['The run is being stopped.']]);
    expect(asked).toEqual([['runs.stop', '1']]);
  });

  test('that has ended meanwhile says so, and that is gone says why', async () => {
    const { desk } = house({ runs: [run('1', { state: 'succeeded' })] });
    const ended = stopRun(desk, run('1'));
    (await dialog(desk, 'confirm')).answer(undefined);
    expect([await ended, toasts(desk)]).toEqual([true, ['It had ended already.']]);
    const gone = stopRun(desk, run('2'));
    (await dialog(desk, 'confirm')).answer(undefined);
    expect([await gone, toasts(desk).length]).toEqual([false, 2]);
  });
});
