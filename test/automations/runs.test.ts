import { draft, house, RESOURCE_ID, ROLE_ARN, run } from './house.ts';

const EXECUTION = { arn: 'arn:aws:states:eu-central-1:111122223333:execution:Lodge:one', name: 'one' };

describe('running now', () => {
  test('starts the machine by the name of the request, and says who did', async () => {
    const { save, send, asked, entries } = house();
    const { id } = (await save(draft({ schedule: undefined }))).json;
    const { status, json } = await send('/run', { id });
    expect([status, json]).toEqual([201, { execution: EXECUTION.arn }]);
    const startedBy = { id: 'aws:111122223333:AIDATESTONLY000000001', name: 'maria' };
    expect(asked).toEqual([
      [
        'machine.start',
        { id, name: 'Nightly', notify: 'failures', script: 'Late orders, version 2' },
        startedBy,
        expect.stringMatching(/^[\w-]{1,80}$/),
      ],
    ]);
    expect(entries.at(-1)).toMatchObject({ kind: 'automation-change', change: 'started', automation: { id } });
  });

  test('is refused to a paused one and to one that is not there, and starts nothing', async () => {
    const { save, send, asked } = house();
    const { id } = (await save(draft({ schedule: undefined, paused: true }))).json;
    expect((await send('/run', { id })).json.code).toBe('AUTOMATION_PAUSED');
    expect((await send('/run', { id: 'abcdefghijkl' })).json.code).toBe('AUTOMATION_NOT_FOUND');
    expect(asked).toEqual([]);
  });

  test('starts nothing that cannot be recorded', async () => {
    const { kept, send, asked } = house({ audits: false });
    await kept.create('abcdefghijkl', draft(), { id: 'u', name: 'maria' });
    expect((await send('/run', { id: 'abcdefghijkl' })).json.code).toBe('AUDIT_FAILED');
    expect(asked).toEqual([]);
  });
});

describe('stopping', () => {
  test('asks the run to cancel, and ends the execution so that it is not tried again', async () => {
    const { send, asked, entries } = house({
      runs: [run('1', { automationId: 'abcdefghijkl', execution: EXECUTION })],
    });
    const { json } = await send('/stop', { automationId: 'abcdefghijkl', runId: '1' });
    expect(json).toEqual({ stopped: true });
    expect(asked).toEqual([
      ['runs.stop', '1'],
      ['machine.stop', EXECUTION.arn],
    ]);
    expect(entries).toMatchObject([
      { change: 'run 1 stopped', execution: EXECUTION.arn, script: { name: 'Late orders' } },
    ]);
  });

  test('of one that no machine started asks the run alone', async () => {
    const { send, asked } = house({ runs: [run('1')] });
    expect((await send('/stop', { runId: '1' })).json).toEqual({ stopped: true });
    expect(asked).toEqual([['runs.stop', '1']]);
  });

  test('of what has ended does nothing, and of what is not there says so', async () => {
    const { send, asked, entries } = house({ runs: [run('1', { state: 'succeeded' })] });
    expect((await send('/stop', { runId: '1' })).json).toEqual({ stopped: false });
    expect((await send('/stop', { runId: '2' })).json.code).toBe('RUN_NOT_FOUND');
    expect([asked, entries]).toEqual([[], []]);
  });
});

describe('the result of a run', () => {
  const answer = {
    runId: '1',
    bucket: 'lodge-results',
    key: 'results/1.csv',
    rows: 1,
    bytes: 5,
    columns: [],
    elapsedMs: 1,
    truncated: false,
    version: 2,
    newestVersion: 3,
  };

  test('is read with the keys of whoever asks, and it is recorded that they did', async () => {
    const { send, asked, entries } = house({ role: 'reader', runs: [run('1', { state: 'succeeded', answer })] });
    expect((await send('/result', { runId: '1' })).json).toMatchObject({ columns: ['id'], rows: [['1']] });
    const object = { bucket: 'lodge-results', key: 'results/1.csv', format: 'csv' };
    expect(asked).toEqual([['results.preview', object, 'ASIATESTONLY00000001']]);
    expect(entries).toMatchObject([
      { kind: 'result', outcome: 'succeeded', change: 's3://lodge-results/results/1.csv' },
    ]);
  });

  test('of a run that wrote none, or of none, is not there; and nothing is read that cannot be recorded', async () => {
    const { send } = house({ runs: [run('1', { state: 'failed' })] });
    expect((await send('/result', { runId: '1' })).json.code).toBe('OBJECT_NOT_FOUND');
    expect((await send('/result', { runId: '2' })).json.code).toBe('RUN_NOT_FOUND');
    const silent = house({ audits: false, runs: [run('1', { state: 'succeeded', answer })] });
    expect((await silent.send('/result', { runId: '1' })).json.code).toBe('AUDIT_FAILED');
    expect(silent.asked).toEqual([]);
  });
});

test('runs are listed by their automation, and apart from those of none', async () => {
  const { send } = house({ runs: [run('2', { automationId: 'abcdefghijkl' }), run('1')] });
  expect((await send('/runs', { automationId: 'abcdefghijkl' })).json.runs).toMatchObject([{ id: '2' }]);
  expect((await send('/runs')).json.runs).toMatchObject([{ id: '1' }]);
});

test('a check asks the function that would run it, with a role that is allowed', async () => {
  const { send, asked } = house();
  const plan = { resourceId: RESOURCE_ID, roleArn: ROLE_ARN };
  expect((await send('/check', plan)).json).toEqual({ steps: [{ step: 'role', state: 'passed' }] });
  expect(asked).toEqual([['runner.check', { ...plan, readOnly: true }]]);
  const refused = await send('/check', { ...plan, roleArn: 'arn:aws:iam::111122223333:role/admin' });
  expect([refused.json.code, asked.length]).toEqual(['ROLE_NOT_ALLOWED', 1]);
});

test('a schedule is told by its next five times', async () => {
  const { send } = house({ role: 'reader' });
  const { json } = await send('/times', { expression: 'cron(0 3 ? * MON-FRI *)', timeZone: 'Europe/Berlin' });
  expect(json.times).toEqual(['24', '25', '26', '27', '30'].map((day) => `2026-11-${day}T02:00:00.000Z`));
});

test('deleting takes the schedule away first, then the automation; its runs stay', async () => {
  const { save, send, asked, kept, entries } = house();
  const { id } = (await save(draft())).json;
  asked.length = 0;
  expect((await send('/delete', { id })).status).toBe(204);
  expect(asked).toEqual([['schedules.remove', id]]);
  expect(await kept.read(id)).toBeUndefined();
  expect(entries.at(-1)).toMatchObject({ change: 'deleted', automation: { id, name: 'Nightly' } });
  expect((await send('/delete', { id })).json.code).toBe('AUTOMATION_NOT_FOUND');
});
