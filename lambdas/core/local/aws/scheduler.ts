/**
 * EventBridge Scheduler: schedules of one group, which really fire, and are kept in a file. Source: EventBridge Scheduler API
 * Reference, CreateSchedule, and User Guide, "Context attributes".
 */
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { isTimeZone } from '../../automation/clock.ts';
import { nextTimes } from '../../automation/schedule-times.ts';
import { type ScheduleClock, scheduleClock } from '../automation/schedule-clock.ts';
import { Fault } from './fault.ts';
import { json } from './json.ts';
import { parse } from './json-service.ts';
import type { Caller, RestService } from './service.ts';
import { restJson } from './speak-rest.ts';

const Name = z.string().regex(/^[0-9a-zA-Z-_.]{1,64}$/);
const Retry = z.object({
  MaximumEventAgeInSeconds: z.number().int().min(60).max(86_400).optional(),
  MaximumRetryAttempts: z.number().int().min(0).max(185).optional(),
});
const Target = z.object({
  Arn: z.string().min(1).max(1_600),
  RoleArn: z.string().regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/),
  Input: z.string().min(1).optional(),
  RetryPolicy: Retry.optional(),
});
const Body = z.object({
  ScheduleExpression: z.string().min(1).max(256),
  ScheduleExpressionTimezone: z.string().min(1).max(50).default('UTC'),
  FlexibleTimeWindow: z.discriminatedUnion('Mode', [
    z.strictObject({ Mode: z.literal('OFF') }),
    z.strictObject({ Mode: z.literal('FLEXIBLE'), MaximumWindowInMinutes: z.number().int().min(1).max(1_440) }),
  ]),
  Target,
  GroupName: Name.default('default'),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  Description: z.string().max(512).optional(),
  ActionAfterCompletion: z.enum(['NONE', 'DELETE']).default('NONE'),
});

/** As it is kept. Times are seconds since 1970, as REST-JSON writes them. */
const Stored = Body.extend({ Name, CreationDate: z.number(), LastModificationDate: z.number() });
type Stored = z.infer<typeof Stored>;

export interface SchedulerAccount {
  readonly group: string;
  /** What was kept; written whole at each change. */
  readonly kept: unknown;
  keep(schedules: readonly Stored[]): void;
  /** Starts the target with its input, context attributes filled in. */
  start(target: { arn: string; input: string }): void;
}

export interface Scheduler extends Disposable {
  readonly service: RestService;
}

export function scheduler(account: SchedulerAccount): Scheduler {
  const schedules = new Map(read(account.kept).map((each) => [each.Name, each]));
  const clock = scheduleClock((name, at) => {
    const found = schedules.get(name);
    if (found) account.start({ arn: found.Target.Arn, input: filledIn(found, at) });
  });
  // A rate goes on from where it began, and what should have been meanwhile is over.
  for (const each of schedules.values()) if (each.State === 'ENABLED') set(clock, each);

  const put = (made: Stored): void => {
    schedules.set(made.Name, made);
    account.keep([...schedules.values()]);
    if (made.State === 'ENABLED') set(clock, made, changedAt(made));
    else clock.clear(made.Name);
  };

  /** What a call is about. Faults: denied; noResource. */
  const about = (action: string, name: string, group: string, caller: Caller): string => {
    const arn = `arn:aws:scheduler:${caller.region}:${caller.key.principal.accountId}:schedule/${group}/${name}`;
    caller.authorize(`scheduler:${action}`, arn);
    if (group !== account.group) throw new Fault('noResource', `Schedule group ${group} does not exist.`);
    return arn;
  };
  const found = (name: string): Stored => {
    const schedule = schedules.get(name);
    if (!schedule) throw new Fault('noResource', `Schedule ${name} does not exist.`);
    return schedule;
  };

  const service: RestService = {
    protocol: 'rest',
    name: 'scheduler',
    operations: [
      {
        method: 'POST',
        path: '/schedules/{name}',
        answer({ path, body }, caller) {
          const { name, draft } = draftOf(path, body);
          const arn = about('CreateSchedule', name, draft.GroupName, caller);
          check(draft, caller);
          if (schedules.has(name)) throw new Fault('conflict', `Schedule ${name} already exists.`);
          const now = Date.now() / 1_000;
          put({ ...draft, Name: name, CreationDate: now, LastModificationDate: now });
          return restJson({ ScheduleArn: arn });
        },
      },
      {
        method: 'PUT',
        path: '/schedules/{name}',
        answer({ path, body }, caller) {
          const { name, draft } = draftOf(path, body);
          const arn = about('UpdateSchedule', name, draft.GroupName, caller);
          check(draft, caller);
          const { CreationDate } = found(name);
          // All of it is replaced: what is left out has its default again.
          put({ ...draft, Name: name, CreationDate, LastModificationDate: Date.now() / 1_000 });
          return restJson({ ScheduleArn: arn });
        },
      },
      {
        method: 'GET',
        path: '/schedules/{name}',
        answer({ path, query }, caller) {
          const name = path.get('name') ?? '';
          const arn = about('GetSchedule', name, query.get('groupName') ?? 'default', caller);
          return restJson({ Arn: arn, ...found(name) });
        },
      },
      {
        method: 'DELETE',
        path: '/schedules/{name}',
        answer({ path, query }, caller) {
          const name = path.get('name') ?? '';
          about('DeleteSchedule', name, query.get('groupName') ?? 'default', caller);
          found(name);
          schedules.delete(name);
          clock.clear(name);
          account.keep([...schedules.values()]);
          return restJson({});
        },
      },
      {
        method: 'GET',
        path: '/schedules',
        answer({ query }, caller) {
          caller.authorize('scheduler:ListSchedules', '*');
          const group = query.get('ScheduleGroup') ?? account.group;
          const named = [...schedules.values()]
            .filter(({ GroupName, State }) => GroupName === group && State === (query.get('State') ?? State))
            .filter(({ Name: name }) => name.startsWith(query.get('NamePrefix') ?? ''))
            .toSorted((one, other) => (one.Name < other.Name ? -1 : 1));
          return restJson({
            Schedules: named.map(({ Name: name, GroupName, State, Target: { Arn } }) => ({
              Name: name,
              GroupName,
              State,
              Target: { Arn },
            })),
          });
        },
      },
    ],
  };
  return { service, [Symbol.dispose]: () => clock[Symbol.dispose]() };
}

const read = (kept: unknown): Stored[] => z.array(Stored).catch([]).parse(kept);

const changedAt = ({ LastModificationDate: seconds }: Stored): Date => new Date(seconds * 1_000);

/** A rate counts from the schedule's last change, which is its first time. */
const set = (clock: ScheduleClock, stored: Stored, from = new Date()): void => {
  const schedule = { expression: stored.ScheduleExpression, timeZone: stored.ScheduleExpressionTimezone };
  clock.set(stored.Name, schedule, { from, since: changedAt(stored) });
};

const draftOf = (path: ReadonlyMap<string, string>, body: Buffer) => ({
  name: parse(Name, path.get('name')),
  draft: parse(Body, json(body)),
});

/** Whoever makes a schedule hands its role on. Faults: denied; invalid. */
const check = (draft: z.infer<typeof Body>, caller: Caller): void => {
  caller.authorize('iam:PassRole', draft.Target.RoleArn);
  const schedule = { expression: draft.ScheduleExpression, timeZone: draft.ScheduleExpressionTimezone };
  if (!isTimeZone(schedule.timeZone)) throw new Fault('invalid', 'Provided ScheduleExpressionTimezone is not valid.');
  try {
    nextTimes(schedule, 1, new Date());
  } catch {
    throw new Fault('invalid', 'Invalid Schedule Expression.');
  }
};

/** The attributes that an input may name, for one moment at which it fires. */
function filledIn({ Name: name, GroupName, Target: { Input = '{}' } }: Stored, at: Date): string {
  const attributes = {
    'scheduled-time': at.toISOString().replace('.000Z', 'Z'),
    'schedule-arn': `schedule/${GroupName}/${name}`,
    'execution-id': randomUUID(),
    'attempt-number': '1',
  };
  return Object.entries(attributes).reduce(
    (text, [attribute, value]) => text.replaceAll(`<aws.scheduler.${attribute}>`, value),
    Input,
  );
}
