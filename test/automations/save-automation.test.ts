import { DEPLOYED } from '../support/automated.ts';
import { draft, house, ROLE_ARN, run } from './house.ts';

const SCHEDULE = { expression: 'cron(0 3 * * ? *)', timeZone: 'UTC' };

test('an automation is made with its schedule, and is answered with its next run', async () => {
  const { save, asked, kept } = house();
  const { status, json } = await save(draft());
  expect(status).toBe(200);
  expect(json).toMatchObject({
    ...draft(),
    revision: 1,
    owner: { name: 'maria' },
    script: { name: 'Late orders', newestVersion: 3, gone: false },
    nextRunAt: '2026-11-24T03:00:00.000Z',
  });
  expect(asked).toEqual([
    [
      'schedules.put',
      { id: json.id, name: 'Nightly', notify: 'failures', script: 'Late orders, version 2' },
      SCHEDULE,
      { paused: false },
    ],
  ]);
  expect(await kept.read(json.id)).toMatchObject({ name: 'Nightly' });
});

test('one without a schedule makes none, and has no next run; so has a paused one', async () => {
  const { save, asked } = house();
  const { json } = await save(draft({ schedule: undefined }));
  expect([asked, json.nextRunAt]).toEqual([[], undefined]);
  const paused = await save(draft({ paused: true }));
  expect(paused.json.nextRunAt).toBeUndefined();
  expect(asked).toEqual([
    [
      'schedules.put',
      { id: paused.json.id, name: 'Nightly', notify: 'failures', script: 'Late orders, version 2' },
      SCHEDULE,
      { paused: true },
    ],
  ]);
});

test('the next run of a rate counts from when it was saved, and is not always now', async () => {
  const { save, read, pass } = house();
  const { id } = (await save(draft({ schedule: { expression: 'rate(6 hours)', timeZone: 'UTC' } }))).json;
  const first = (await read(id)).json.automation;
  pass(60);
  const { nextRunAt } = (await read(id)).json.automation;
  expect(Date.parse(nextRunAt) - Date.parse(first.changedAt)).toBe(6 * 3_600_000);
});

test('a change counts for the schedule too, and one that was made on an older state changes neither', async () => {
  const { save, asked, kept } = house();
  const { id } = (await save(draft())).json;
  asked.length = 0;
  const known = { id, revision: 1 };
  expect((await save(draft({ name: 'Now by hand', schedule: undefined }), { known })).json.revision).toBe(2);
  expect(asked).toEqual([['schedules.remove', id]]);
  asked.length = 0;
  const late = await save(draft({ name: 'Too late' }), { known });
  expect([late.status, late.json.code]).toEqual([409, 'CHANGED_MEANWHILE']);
  // Set, and set back.
  expect(asked.map(([what]) => what)).toEqual(['schedules.put', 'schedules.remove']);
  expect(await kept.read(id)).toMatchObject({ name: 'Now by hand', revision: 2 });
});

test('where the schedule cannot be set nothing is saved', async () => {
  const { save, broken, kept } = house();
  broken.schedules = true;
  expect((await save(draft())).status).toBe(500);
  expect((await kept.list({ limit: 10 })).automations).toEqual([]);
});

test('where the record cannot be written nothing is saved and nothing scheduled', async () => {
  const { save, asked, kept } = house({ audits: false });
  expect((await save(draft())).json.code).toBe('AUDIT_FAILED');
  expect([asked, (await kept.list({ limit: 10 })).automations]).toEqual([[], []]);
});

test('what was changed is recorded, with who did it', async () => {
  const { save, entries } = house();
  const { id } = (await save(draft())).json;
  await save(draft({ name: 'Weekly', plan: { readOnly: false } }), { known: { id, revision: 1 } });
  expect(entries).toMatchObject([
    { kind: 'automation-change', outcome: 'succeeded', automation: { id, name: 'Nightly' } },
    { automation: { id, name: 'Weekly' }, change: 'name: Nightly → Weekly; plan.readOnly: true → false' },
  ]);
  expect(entries[1]?.user?.name).toBe('maria');
});

describe('what would keep it from running is said at once:', () => {
  test.each<[what: string, plan: object, code: string, status: number]>([
    [
      'a role that the settings do not name',
      { roleArn: 'arn:aws:iam::111122223333:role/admin' },
      'ROLE_NOT_ALLOWED',
      403,
    ],
    ["somebody else's private script", { scriptId: 'privatescript' }, 'SCRIPT_NOT_FOUND', 404],
    ['a script that is not there', { scriptId: 'nosuchscript' }, 'SCRIPT_NOT_FOUND', 404],
    ['a version that is not there', { version: 9 }, 'SCRIPT_NOT_FOUND', 404],
    ['a parameter without a value', { parameters: {} }, 'PARAMETER_INVALID', 400],
    ['a value of another type', { parameters: { since: 'tomorrow' } }, 'PARAMETER_INVALID', 400],
  ])('%s', async (_, plan, code, status) => {
    const { save, asked, kept } = house();
    const answer = await save(draft({ plan }));
    expect([answer.status, answer.json.code]).toEqual([status, code]);
    expect([asked, (await kept.list({ limit: 10 })).automations]).toEqual([[], []]);
  });

  test('a schedule that is none', async () => {
    const { save, asked } = house();
    const answer = await save(draft({ schedule: { expression: 'cron(0 3 * * * *)', timeZone: 'UTC' } }));
    expect([answer.status, answer.json.code, asked]).toEqual([400, 'INPUT_INVALID', []]);
  });

  test('a schedule whose time is over, unless it was there before', async () => {
    const { save, asked, pass, kept } = house();
    const over = await save(draft({ schedule: { expression: 'at(2026-11-23T03:00:00)', timeZone: 'UTC' } }));
    expect([over.status, over.json.details.fields[0].path, asked]).toEqual([400, 'schedule.expression', []]);
    const schedule = { expression: 'at(2026-11-25T03:00:00)', timeZone: 'UTC' };
    const { id } = (await save(draft({ schedule }))).json;
    pass(3 * 86_400);
    const renamed = await save(draft({ name: 'Done', schedule }), { known: { id, revision: 1 } });
    expect([renamed.status, renamed.json.nextRunAt, (await kept.read(id))?.name]).toEqual([200, undefined, 'Done']);
  });

  test('that no role is allowed at all, and who can change it', async () => {
    const { save } = house({ settings: { roles: [] } });
    const { json } = await save(draft());
    expect([json.code, json.details.hint]).toEqual(['ROLE_NOT_ALLOWED', expect.stringContaining('an administrator')]);
  });

  test('that there is no such automation to change', async () => {
    const { save } = house();
    expect((await save(draft(), { known: { id: 'abcdefghijkl', revision: 1 } })).json.code).toBe(
      'AUTOMATION_NOT_FOUND',
    );
  });
});

test("one's own private script may be automated", async () => {
  const { save } = house();
  expect((await save(draft({ plan: { scriptId: 'ownprivatescript' } }))).status).toBe(200);
});

describe('who may automate is in the settings:', () => {
  test('editors may not at first, and nothing of theirs is written', async () => {
    const { save, send, asked } = house({ role: 'editor' });
    const codes = [
      await save(draft()),
      await send('/delete', { id: 'abcdefghijkl' }),
      await send('/run', { id: 'abcdefghijkl' }),
      await send('/check', { resourceId: 'r', roleArn: ROLE_ARN }),
      await send('/stop', { runId: 'r' }),
    ].map(({ json }) => json.code);
    expect(codes).toEqual(Array(5).fill('AUTOMATION_REFUSED'));
    expect(asked).toEqual([]);
  });

  test('they may where an administrator says so', async () => {
    const { save, send } = house({ role: 'editor', settings: { automators: 'editor' } });
    expect((await save(draft())).status).toBe(200);
    expect((await send('/list')).json.ground.mayAutomate).toBe(true);
  });

  test('readers see automations and may change none', async () => {
    const { send, save } = house({ role: 'reader', settings: { automators: 'editor' } });
    expect((await send('/list')).json.ground.mayAutomate).toBe(false);
    expect((await save(draft())).json.code).toBe('ROLE_REQUIRED');
  });
});

test('the list has each with its last run, and what a new one stands on', async () => {
  const { save, send } = house();
  const { id } = (await save(draft())).json;
  const again = house({ runs: [run('2', { automationId: id, state: 'failed' }), run('1', { automationId: id })] });
  await again.kept.create(id, draft(), { id: 'u', name: 'maria' });
  const { json } = await again.send('/list');
  expect(json.automations).toMatchObject([
    { id, lastRun: { id: '2', state: 'failed' }, nextRunAt: expect.any(String) },
  ]);
  expect(json.ground).toEqual({ ...DEPLOYED, mayAutomate: true, roles: ['arn:aws:iam::*:role/lodge-*'] });
  expect((await send('/list')).json.automations[0].lastRun).toBeUndefined();
});

test('one is read by its id as the list has it, by everybody; one that is not there is said to be none', async () => {
  const { save, send, read } = house();
  const { id } = (await save(draft())).json;
  const { automations, ground } = (await send('/list')).json;
  expect((await read(id)).json).toEqual({ automation: automations[0], ground });
  expect(await read('abcdefghijkl')).toMatchObject({ status: 404, json: { code: 'AUTOMATION_NOT_FOUND' } });
  expect((await read('no id at all')).json.code).toBe('INPUT_INVALID');
  expect((await house({ role: 'reader' }).read('abcdefghijkl')).json.code).toBe('AUTOMATION_NOT_FOUND');
});
