import type { AppError } from '#contract/errors.ts';
import { eventSchedules } from '#core/aws/schedules.ts';
import { ENV, readEnvironment } from '#core/env.ts';
import {
  HOME_REGION,
  MACHINE_ARN,
  type PrincipalName,
  SCHEDULE_GROUP,
  SCHEDULE_ROLE_ARN,
} from '#core/local/account/principals.ts';
import { createRegistry } from '#core/local/account/registry.ts';
import { type Scheduler, scheduler } from '#core/local/aws/scheduler.ts';
import { startLocalEndpoint } from '../../support/local-endpoint.ts';

const registry = createRegistry(Buffer.alloc(32, 7));
let kept: Record<string, unknown>[] = [];
let account: Scheduler;
let endpoint: AsyncDisposable;
beforeAll(async () => {
  account = scheduler({
    group: SCHEDULE_GROUP,
    kept: [],
    keep: (all) => {
      kept = JSON.parse(JSON.stringify(all));
    },
    start: () => {},
  });
  endpoint = await startLocalEndpoint(registry, [account.service]);
});
afterAll(async () => {
  account[Symbol.dispose]();
  await endpoint[Symbol.asyncDispose]();
});

const nightly = {
  id: 'k3j4h5g6f7',
  name: 'Nightly "report"',
  notify: 'always',
  script: 'Late orders, version 3',
} as const;
const schedule = { expression: 'cron(0 3 * * ? *)', timeZone: 'Europe/Berlin' };

const schedules = (as: PrincipalName = 'service') => {
  const { accessKeyId, secretAccessKey } = registry.longTerm(as);
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_REGION: HOME_REGION,
  });
  return eventSchedules(
    readEnvironment({
      [ENV.scheduleGroup]: SCHEDULE_GROUP,
      [ENV.scheduleRole]: SCHEDULE_ROLE_ARN,
      [ENV.machine]: MACHINE_ARN,
    }),
  );
};
const refusal = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    ({ code, details }: AppError) => [code, details?.fields?.[0]?.path],
  );

test('a schedule is made, and changed the second time, and starts the machine with what people are told by', async () => {
  await schedules().put(nightly, schedule, { paused: false });
  expect(kept).toMatchObject([
    {
      Name: nightly.id,
      GroupName: SCHEDULE_GROUP,
      ScheduleExpression: schedule.expression,
      ScheduleExpressionTimezone: schedule.timeZone,
      State: 'ENABLED',
      Target: { Arn: MACHINE_ARN, RoleArn: SCHEDULE_ROLE_ARN },
    },
  ]);
  const input = (kept[0]?.Target as { Input: string } | undefined)?.Input ?? '';
  expect(JSON.parse(input)).toEqual({
    automationId: nightly.id,
    name: nightly.name,
    notify: 'always',
    script: nightly.script,
    scheduledAt: '<aws.scheduler.scheduled-time>',
  });
  await schedules().put(nightly, { ...schedule, timeZone: 'UTC' }, { paused: true });
  expect(kept).toMatchObject([{ Name: nightly.id, ScheduleExpressionTimezone: 'UTC', State: 'DISABLED' }]);
});

test('two who make the same at once both succeed', async () => {
  const other = { ...nightly, id: 'a1b2c3d4e5' };
  await Promise.all([1, 2, 3].map(() => schedules().put(other, schedule, { paused: false })));
  expect(kept.filter(({ Name }) => Name === other.id)).toHaveLength(1);
  await schedules().remove(other.id);
});

test('what is gone already is no error', async () => {
  await schedules().remove(nightly.id);
  await schedules().remove(nightly.id);
  expect(kept).toEqual([]);
});

test('an expression or a zone that is none is refused by its field, before AWS is asked', async () => {
  const put = (changed: object) => schedules().put(nightly, { ...schedule, ...changed }, { paused: false });
  expect(await refusal(put({ expression: 'cron(0 3 * * * *)' }))).toEqual(['INPUT_INVALID', 'schedule.expression']);
  expect(await refusal(put({ timeZone: 'Mars/Olympus' }))).toEqual(['INPUT_INVALID', 'schedule.timeZone']);
  expect(kept).toEqual([]);
});

test('a permission that is missing is a fault of the instance', async () => {
  expect(await refusal(schedules('ben').put(nightly, schedule, { paused: false }))).toEqual(['INTERNAL', undefined]);
  expect(await refusal(schedules('ben').remove(nightly.id))).toEqual(['INTERNAL', undefined]);
});
