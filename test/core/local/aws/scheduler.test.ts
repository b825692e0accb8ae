import {
  CreateScheduleCommand,
  type CreateScheduleCommandInput,
  DeleteScheduleCommand,
  GetScheduleCommand,
  ListSchedulesCommand,
  SchedulerClient,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';
import { MACHINE_ARN, SCHEDULE_GROUP, SCHEDULE_ROLE_ARN } from '#core/local/account/principals.ts';
import { scheduler } from '#core/local/aws/scheduler.ts';
import { until } from '../../../e2e/until.ts';
import { ada, endpointWith, refusal, registry } from './sdk.ts';

const started: { arn: string; input: string }[] = [];
let kept: unknown = [];
const made = scheduler({
  group: SCHEDULE_GROUP,
  kept,
  keep: (all) => {
    kept = JSON.parse(JSON.stringify(all));
  },
  start: (target) => void started.push(target),
});
const config = endpointWith(made.service);
const client = () => new SchedulerClient(config(registry.longTerm('service')));
afterAll(() => made[Symbol.dispose]());

const nightly: CreateScheduleCommandInput = {
  Name: 'k3j4h5g6f7',
  GroupName: SCHEDULE_GROUP,
  ScheduleExpression: 'cron(0 3 * * ? *)',
  ScheduleExpressionTimezone: 'Europe/Berlin',
  FlexibleTimeWindow: { Mode: 'OFF' },
  Target: {
    Arn: MACHINE_ARN,
    RoleArn: SCHEDULE_ROLE_ARN,
    Input: '{"at":"<aws.scheduler.scheduled-time>","by":"<aws.scheduler.schedule-arn>"}',
  },
};
const create = (changed: object = {}) => client().send(new CreateScheduleCommand({ ...nightly, ...changed }));
const get = (Name = nightly.Name) => client().send(new GetScheduleCommand({ Name, GroupName: SCHEDULE_GROUP }));
const remove = (Name = nightly.Name) => client().send(new DeleteScheduleCommand({ Name, GroupName: SCHEDULE_GROUP }));

test('a schedule is made, read, changed as a whole, listed and deleted', async () => {
  const { ScheduleArn } = await create({ Description: 'every night' });
  expect(ScheduleArn).toBe(`arn:aws:scheduler:eu-central-1:111122223333:schedule/${SCHEDULE_GROUP}/${nightly.Name}`);
  expect(await get()).toMatchObject({ ...nightly, Arn: ScheduleArn, State: 'ENABLED', Description: 'every night' });
  await client().send(new UpdateScheduleCommand({ ...nightly, State: 'DISABLED' }));
  const changed = await get();
  expect(changed).toMatchObject({ ...nightly, State: 'DISABLED', CreationDate: expect.any(Date) });
  expect(changed.Description).toBeUndefined();
  const { Schedules } = await new SchedulerClient(config(ada)).send(
    new ListSchedulesCommand({ GroupName: SCHEDULE_GROUP }),
  );
  expect(Schedules).toMatchObject([{ Name: nightly.Name, State: 'DISABLED', Target: { Arn: MACHINE_ARN } }]);
  expect(kept).toMatchObject([{ Name: nightly.Name }]);
  await remove();
  expect((await refusal(get()))[0]).toBe('ResourceNotFoundException');
  expect(kept).toEqual([]);
});

test.each([
  ['an expression that is none', { ScheduleExpression: 'cron(0 3 * * * *)' }],
  ['a zone that is none', { ScheduleExpressionTimezone: 'Mars/Olympus' }],
  ['no word on a flexible window', { FlexibleTimeWindow: undefined }],
  ['a flexible window of no length', { FlexibleTimeWindow: { Mode: 'FLEXIBLE' } }],
  ['a name with a slash', { Name: 'a b' }],
  ['a role that is none', { Target: { ...nightly.Target, RoleArn: 'lodge' } }],
])('%s is refused', async (_, changed) => {
  expect((await refusal(create(changed))).slice(0, 2)).toEqual(['ValidationException', 400]);
});

test('a group that is not there, a name that is taken, and a schedule that is gone are refused by name', async () => {
  const ofAda = new SchedulerClient(config(ada));
  const elsewhere = ofAda.send(new CreateScheduleCommand({ ...nightly, GroupName: 'another' }));
  expect((await refusal(elsewhere)).slice(0, 2)).toEqual(['ResourceNotFoundException', 404]);
  await create();
  expect((await refusal(create())).slice(0, 2)).toEqual(['ConflictException', 409]);
  await remove();
  expect((await refusal(remove()))[0]).toBe('ResourceNotFoundException');
  expect((await refusal(client().send(new UpdateScheduleCommand(nightly))))[0]).toBe('ResourceNotFoundException');
});

test('whoever may not make schedules, or not hand the role on, is refused', async () => {
  const ben = new SchedulerClient(config(registry.longTerm('ben')));
  expect((await refusal(ben.send(new CreateScheduleCommand(nightly)))).slice(0, 2)).toEqual([
    'AccessDeniedException',
    403,
  ]);
  const RoleArn = 'arn:aws:iam::111122223333:role/somebody-else';
  const [, , message] = await refusal(create({ Target: { ...nightly.Target, RoleArn } }));
  expect(message).toContain(`iam:PassRole on resource: ${RoleArn}`);
});

test('fires at its time, with the moment for which it is meant, and not while it is off', async () => {
  started.length = 0;
  const at = new Date(Math.ceil((Date.now() + 1_200) / 1_000) * 1_000);
  const ScheduleExpression = `at(${at.toISOString().slice(0, 19)})`;
  const once = { ScheduleExpression, ScheduleExpressionTimezone: 'UTC' };
  await create({ ...once, Name: 'on-time' });
  await create({ ...once, Name: 'switched-off', State: 'DISABLED' });
  await until('a start', async () => started.length > 0);
  expect(Date.now()).toBeGreaterThanOrEqual(at.getTime());
  expect(started).toEqual([
    {
      arn: MACHINE_ARN,
      input: JSON.stringify({ at: at.toISOString().replace('.000Z', 'Z'), by: `schedule/${SCHEDULE_GROUP}/on-time` }),
    },
  ]);
  await remove('on-time');
  await remove('switched-off');
});
