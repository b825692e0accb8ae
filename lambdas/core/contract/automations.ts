/** Automations: a script with a role, a schedule and an output; and runs, the history of what they did. */
import * as z from 'zod';
import { EngineName, LoginMethod } from './engines.ts';
import { ErrorBody } from './errors.ts';
import { ParameterValues } from './parameters.ts';
import { Assume } from './resources.ts';
import { Consumed, ROW_LIMIT } from './results.ts';
import { ScriptId } from './scripts.ts';
import { LONGEST_SECONDS } from './settings.ts';

export const AutomationId = z.string().regex(/^[a-z0-9]{10,40}$/, 'is not the id of an automation');

/** How a result is written. */
export const OUTPUT_FORMATS = {
  csv: { title: 'CSV', extension: 'csv', mediaType: 'text/csv; charset=utf-8' },
  jsonl: { title: 'JSON lines', extension: 'jsonl', mediaType: 'application/x-ndjson' },
  parquet: { title: 'Parquet', extension: 'parquet', mediaType: 'application/vnd.apache.parquet' },
} as const;
export const OutputFormat = z.enum(['csv', 'jsonl', 'parquet']);
export type OutputFormat = z.infer<typeof OutputFormat>;

/** Below which every result is written, in the bucket of the instance. */
export const RESULTS_FOLDER = 'results/';

export const Output = z.object({
  format: OutputFormat.default('csv'),
  /**
   * Stands between `results/` and the run's own name. Of the characters that S3 calls safe (S3 User Guide, "Naming Amazon
   * S3 objects"), without `.` and `..` as a part.
   */
  prefix: z
    .string()
    .trim()
    .regex(/^(?:[\w!\-.*'()]+\/)*[\w!\-.*'()]*$/, "holds letters, digits, slashes, and ! - _ . * ' ( ) only")
    .max(200)
    .refine((prefix) => !prefix.split('/').some((part) => part === '.' || part === '..'), 'holds . or .. as a part')
    .default(''),
});
export type Output = z.infer<typeof Output>;

/** Less than what the instance allows. */
const RunLimits = z.object({
  rows: z.number().int().min(1).max(ROW_LIMIT).optional(),
  seconds: z.number().int().min(1).max(LONGEST_SECONDS).optional(),
});

/** How a run logs in. It never has a password: nobody's is kept. Left out: the safest that the resource offers. */
export const RunLogin = z.object({
  method: LoginMethod.exclude(['password']),
  user: z.string().trim().min(1, 'is empty').max(128).optional(),
  secretArn: z
    .string()
    .trim()
    .regex(/^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:\S{1,512}$/, 'is not the ARN of a secret')
    .optional(),
});
export type RunLogin = z.infer<typeof RunLogin>;

/** What a run does, wherever it is started from. */
export const RunPlan = z.object({
  scriptId: ScriptId,
  /** Left out: the newest. An automation always names one, so that nobody changes what its role runs by saving a script. */
  version: z.number().int().positive().optional(),
  parameters: ParameterValues.default({}),
  resourceId: z.string().min(1).max(2_048),
  database: z.string().trim().min(1).max(128).optional(),
  /** The host of one of the resource's endpoints; left out: its first. */
  endpoint: z.string().trim().min(1).max(255).optional(),
  login: RunLogin.optional(),
  /** The role that alone decides what the run may reach. */
  roleArn: Assume.shape.roleArn,
  /** True: the database itself refuses to change anything, and whatever fails on the way may be tried again. */
  readOnly: z.boolean().default(true),
  output: Output.prefault({}),
  limits: RunLimits.prefault({}),
});
export type RunPlan = z.infer<typeof RunPlan>;

/**
 * As EventBridge Scheduler takes it (Scheduler User Guide, "Schedule types"): `rate(1 day)`, `cron(0 3 * * ? *)` in a time
 * zone, or `at(2026-12-01T03:00:00)` once.
 */
export const Schedule = z.object({
  expression: z
    .string()
    .trim()
    .regex(/^(rate|cron|at)\([^()]{1,240}\)$/, 'is rate(…), cron(…) or at(…)'),
  /** Of the IANA database. `rate` counts from its start, whatever the zone. */
  timeZone: z.string().trim().min(1).max(50).default('UTC'),
});
export type Schedule = z.infer<typeof Schedule>;

/** When somebody is told, by the topic of the instance. */
export const NOTIFY = { never: 'Never', failures: 'When a run fails', always: 'After each run' } as const;
export const Notify = z.enum(['never', 'failures', 'always']);
export type Notify = z.infer<typeof Notify>;

export const AutomationDraft = z.object({
  name: z.string().trim().min(1, 'is empty').max(120),
  plan: RunPlan.extend({ version: z.number().int().positive() }),
  /** Left out: only runs when it is started. */
  schedule: Schedule.optional(),
  notify: Notify.default('failures'),
  paused: z.boolean().default(false),
});
export type AutomationDraft = z.infer<typeof AutomationDraft>;

/** What becomes of a run. `cut`: its function ended without a word, and its time is over. */
export const RunState = z.enum(['running', 'succeeded', 'failed', 'cancelled', 'cut']);
export type RunState = z.infer<typeof RunState>;

const RunColumn = z.object({ name: z.string(), type: z.string() });

/** What a run answers to a state machine: far below the 256 KiB that a state may hold (Step Functions, "Quotas"). */
export const RunAnswer = z.object({
  runId: z.string(),
  /** Absent where the script's last statement returns no rows. */
  bucket: z.string().optional(),
  key: z.string().optional(),
  rows: z.number().int(),
  affected: z.number().int().optional(),
  /** Of the object, as it is stored. */
  bytes: z.number().int(),
  columns: z.array(RunColumn),
  elapsedMs: z.number().int(),
  /** True: there was more, and reading stopped at the limit. */
  truncated: z.boolean(),
  consumedCapacity: z.array(Consumed).optional(),
  /** The script's version that ran, and the newest one: they differ where it was changed since. */
  version: z.number().int(),
  newestVersion: z.number().int(),
  /**
   * Only where they were asked for, and only in the answer of the very call that read them: they are rows, which nothing
   * but the object keeps. Whoever is answered `again` reads them there.
   */
  firstRows: z.array(z.array(z.string().nullable())).optional(),
  /** True: this run had been done before, and the answer is the one of then, without first rows. Nothing was done now. */
  again: z.literal(true).optional(),
});
export type RunAnswer = z.infer<typeof RunAnswer>;

/** A time and what tells runs of that time apart; a part of an object's key, so of characters that are safe there. */
export const RunId = z.string().regex(/^[\w.-]{1,200}$/, 'is not the id of a run');

/** Of a run that takes longer than one function lasts: its part that is under way, or that is waited for. */
export const RunPart = z.object({
  number: z.number().int().min(2),
  /** The index of the statement that it begins with, and how many the script has. What comes before is done. */
  from: z.number().int().positive(),
  statements: z.number().int(),
  /** Nobody has begun it yet. */
  waiting: z.literal(true).optional(),
  /** What earlier parts were charged. */
  consumed: z.array(Consumed).optional(),
});
export type RunPart = z.infer<typeof RunPart>;

/** One execution, as the history keeps it. Never a row of its result. */
export const Run = z.object({
  /** Sorts by time, and is the same for each delivery of the same execution: a second one finds the first. */
  id: RunId,
  automationId: AutomationId.optional(),
  script: z.object({ id: ScriptId, name: z.string(), version: z.number().int() }),
  resourceId: z.string(),
  engine: EngineName.optional(),
  roleArn: z.string(),
  /** False: it may have changed something before it failed. */
  readOnly: z.boolean(),
  format: OutputFormat,
  /** Of Step Functions; absent where the function was invoked by itself. */
  execution: z
    .object({
      arn: z.string(),
      name: z.string(),
      consoleUrl: z.string().optional(),
      /** Of the map that has begun it. */
      parentArn: z.string().optional(),
    })
    .optional(),
  /** Who pressed "run now"; absent for a schedule, and for machines of others. */
  startedBy: z.object({ id: z.string(), name: z.string() }).optional(),
  scheduledAt: z.iso.datetime().optional(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().optional(),
  state: RunState,
  /** How often it was begun: more than once where it was tried again. */
  attempt: z.number().int().positive(),
  /** Absent while it is in its first function. */
  part: RunPart.optional(),
  /** So far, and in the end. */
  rows: z.number().int(),
  bytes: z.number().int(),
  answer: RunAnswer.omit({ firstRows: true, again: true }).optional(),
  error: ErrorBody.pick({ code: true, message: true }).optional(),
});
export type Run = z.infer<typeof Run>;

export const Automation = AutomationDraft.extend({
  id: AutomationId,
  script: z.object({ name: z.string(), newestVersion: z.number().int(), gone: z.boolean() }),
  owner: z.object({ id: z.string(), name: z.string() }),
  createdAt: z.iso.datetime(),
  changedAt: z.iso.datetime(),
  changedBy: z.object({ id: z.string(), name: z.string() }),
  revision: z.number().int().positive(),
  lastRun: Run.optional(),
  /** Absent: none is to come. */
  nextRunAt: z.iso.datetime().optional(),
});
export type Automation = z.infer<typeof Automation>;

/** What an automation stands on: told with the list, so that the form can say what it needs. */
export const AutomationGround = z.object({
  /** Whether this user may make and change automations. */
  mayAutomate: z.boolean(),
  /** Patterns of the roles that may be used; an administrator decides. */
  roles: z.array(z.string()),
  /** Whom the roles must trust, and the external id that they must demand. */
  runnerRoleArn: z.string(),
  externalId: z.string(),
  /** Whether there is a topic that tells people. */
  notifies: z.boolean(),
  bucket: z.string(),
});
export type AutomationGround = z.infer<typeof AutomationGround>;

/** The steps of a check, in their order. */
export const CHECK_STEPS = {
  role: 'The role can be assumed',
  resource: 'It finds the resource',
  login: 'It logs in to the database',
} as const;
export const CheckStep = z.object({
  step: z.enum(['role', 'resource', 'login']),
  state: z.enum(['passed', 'failed', 'skipped']),
  detail: z.string().optional(),
  error: ErrorBody.optional(),
});
export type CheckStep = z.infer<typeof CheckStep>;

/** The first rows of a result, read with the user's own keys. */
export const ResultPreview = z.object({
  columns: z.array(z.string()),
  rows: z.array(z.array(z.string().nullable())),
  /** True: the next row does not fit into what is shown of a result, 256 KB, be it the very first one. */
  tooLarge: z.literal(true).optional(),
  /** For minutes only, signed with the user's own keys. */
  url: z.url(),
  expiresAt: z.iso.datetime(),
});
export type ResultPreview = z.infer<typeof ResultPreview>;
