import {
  CreateScheduleCommand,
  DeleteScheduleCommand,
  SchedulerClient,
  type SchedulerServiceException,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';
import { AppError } from '#contract/errors.ts';
import { nextTimes } from '../automation/schedule-times.ts';
import { ENV, type Environment } from '../env.ts';
import type { Schedules, Started } from '../ports/automations.ts';
import { explainOwnError } from './aws-errors.ts';
import { ownConfig } from './clients.ts';

/** Which moment a delivery is meant for, and the same at each (Scheduler User Guide, "Context attributes"). */
const SCHEDULED_AT = '<aws.scheduler.scheduled-time>';

/** So long it is tried again where the machine cannot be started: a run of last night is still wanted in the morning. */
const PATIENCE = { MaximumEventAgeInSeconds: 6 * 3_600, MaximumRetryAttempts: 60 };

/** A schedule has the name of its automation's id. */
export function eventSchedules(environment: Environment): Schedules {
  const client = new SchedulerClient(ownConfig());
  const GroupName = environment[ENV.scheduleGroup];
  const target = { Arn: environment[ENV.machine], RoleArn: environment[ENV.scheduleRole], RetryPolicy: PATIENCE };
  return {
    async put(automation, schedule, { paused }) {
      // In words that name the field, before AWS refuses it in its own.
      nextTimes(schedule, 1, new Date());
      const whole = {
        Name: automation.id,
        GroupName,
        ScheduleExpression: schedule.expression,
        ScheduleExpressionTimezone: schedule.timeZone,
        FlexibleTimeWindow: { Mode: 'OFF' as const },
        State: paused ? ('DISABLED' as const) : ('ENABLED' as const),
        Target: { ...target, Input: inputOf(automation) },
      };
      const update = () => client.send(new UpdateScheduleCommand(whole));
      await update()
        .catch(unless('ResourceNotFoundException', () => client.send(new CreateScheduleCommand(whole))))
        // Somebody else has made it meanwhile.
        .catch(unless('ConflictException', update))
        .catch(refused);
    },

    async remove(Name) {
      await client
        .send(new DeleteScheduleCommand({ Name, GroupName }))
        .catch(unless('ResourceNotFoundException', async () => {}))
        .catch(refused);
    },
  };
}

const inputOf = ({ id: automationId, name, notify, script }: Started): string =>
  JSON.stringify({ automationId, name, notify, script, scheduledAt: SCHEDULED_AT });

/** What to do in place of an error of this name. */
const unless =
  (name: string, otherwise: () => Promise<unknown>) =>
  (error: unknown): Promise<unknown> => {
    if ((error as Partial<SchedulerServiceException>).name === name) return otherwise();
    throw error;
  };

/** What AWS knows of expressions and zones, and Lodge does not. */
const refused = (cause: unknown): never => {
  if ((cause as Partial<SchedulerServiceException>).name !== 'ValidationException') throw explainOwnError(cause);
  const message = 'is refused by EventBridge Scheduler';
  const details = { fields: [{ path: 'schedule.expression', message }] };
  throw new AppError('INPUT_INVALID', { message: `The schedule ${message}.`, details, cause });
};
