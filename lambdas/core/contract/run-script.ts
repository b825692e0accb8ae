/** What the function `run-script` takes and how it fails: its callers are state machines, schedules and command lines. */
import * as z from 'zod';
import { AutomationId, RunId, RunPlan } from './automations.ts';
import type { ErrorCode } from './errors.ts';

/**
 * The execution that asks, as Step Functions' context names it. The same again is the same run, unless what it asks for, or
 * the time when it entered the state that asks, is another.
 */
const Execution = z.object({
  /** Empty where it is no execution of Step Functions. */
  arn: z.string().max(2_048).default(''),
  name: z
    .string()
    .min(1)
    .max(200)
    .regex(/^[\w.:+=@-]+$/, 'holds letters, digits and . : + = @ _ - only'),
  startedAt: z.iso.datetime({ offset: true }),
  /** Of the state (`$states.context.State.EnteredTime`), for machines that run the same more than once. */
  enteredAt: z.iso.datetime({ offset: true }).optional(),
  /** Of the execution of a map that has begun this one: where that is stopped, so are the runs below it. */
  parentArn: z.string().max(2_048).optional(),
});

const Circumstances = z.object({
  /** Left out: the request of Lambda. */
  execution: Execution.optional(),
  /** When a schedule meant it to run: a second delivery names the same moment, and is the same run. */
  scheduledAt: z.iso.datetime({ offset: true }).optional(),
  startedBy: z.object({ id: z.string().max(300), name: z.string().max(300) }).optional(),
  /** So many rows stand in the answer, as far as 64 KB hold them. */
  firstRows: z.number().int().min(0).max(100).default(0),
  /** Of `.waitForTaskToken`: the answer is sent with it, and the caller does not wait for the function. */
  taskToken: z.string().min(1).max(2_048).optional(),
});

/** A run of an automation as it is saved, or of a plan of the caller's own. */
export const RunInput = z.union([
  Circumstances.extend({ automationId: AutomationId }),
  Circumstances.extend(RunPlan.shape),
]);
export type RunInput = z.infer<typeof RunInput>;

/** The function calls itself with it: a run goes on with its next part, whose plan is the one that it was begun with. */
export const PartInput = Circumstances.pick({ execution: true, firstRows: true }).extend({
  part: z.object({
    runId: RunId,
    automationId: AutomationId.optional(),
    attempt: z.number().int().positive(),
    number: z.number().int().min(2),
  }),
  plan: RunPlan.extend({ version: z.number().int().positive() }),
  taskToken: Circumstances.shape.taskToken.unwrap(),
});
export type PartInput = z.infer<typeof PartInput>;

/** Asks how far a plan would come; runs nothing. */
export const CheckInput = z.object({
  check: RunPlan.pick({ resourceId: true, roleArn: true, login: true, database: true, endpoint: true, readOnly: true }),
});
export type CheckInput = z.infer<typeof CheckInput>;

interface RunError {
  /** What Step Functions catches by name. */
  readonly name: `Lodge.${string}`;
  /** True: the same again may succeed, and nothing was changed by the first. */
  readonly transient: boolean;
}

/** Every way in which a run fails, by our codes. Those that are not here are `Lodge.Internal`. */
export const RUN_ERRORS = {
  INPUT_INVALID: { name: 'Lodge.InputInvalid', transient: false },
  SCRIPT_NOT_FOUND: { name: 'Lodge.ScriptNotFound', transient: false },
  PARAMETER_INVALID: { name: 'Lodge.ParameterInvalid', transient: false },
  AUTOMATION_NOT_FOUND: { name: 'Lodge.AutomationNotFound', transient: false },
  AUTOMATION_PAUSED: { name: 'Lodge.AutomationPaused', transient: false },
  RUN_IN_PROGRESS: { name: 'Lodge.RunInProgress', transient: false },
  NOT_CLAIMED: { name: 'Lodge.NotClaimed', transient: false },
  ROLE_NOT_ALLOWED: { name: 'Lodge.RoleNotAllowed', transient: false },
  ROLE_NOT_ASSUMABLE: { name: 'Lodge.RoleNotAssumable', transient: false },
  AWS_DENIED: { name: 'Lodge.AccessDenied', transient: false },
  RESOURCE_NOT_FOUND: { name: 'Lodge.ResourceNotFound', transient: false },
  ENGINE_UNSUPPORTED: { name: 'Lodge.EngineUnsupported', transient: false },
  ADDRESS_REFUSED: { name: 'Lodge.AddressRefused', transient: false },
  LOGIN_FAILED: { name: 'Lodge.LoginFailed', transient: false },
  DATABASE_UNREACHABLE: { name: 'Lodge.DatabaseUnreachable', transient: true },
  DATABASE_TIMEOUT: { name: 'Lodge.DatabaseTimeout', transient: true },
  DATABASE_LOST: { name: 'Lodge.DatabaseLost', transient: true },
  /** The same, in a run that may write: what it did is not known. */
  OUTCOME_UNKNOWN: { name: 'Lodge.OutcomeUnknown', transient: false },
  CONNECTOR_FAILED: { name: 'Lodge.ConnectorFailed', transient: true },
  OBJECT_NOT_FOUND: { name: 'Lodge.ObjectNotFound', transient: false },
  READ_ONLY: { name: 'Lodge.ReadOnly', transient: false },
  STATEMENT_FAILED: { name: 'Lodge.StatementFailed', transient: false },
  STATEMENT_CANCELLED: { name: 'Lodge.Cancelled', transient: false },
  STATEMENT_TIMEOUT: { name: 'Lodge.TimedOut', transient: false },
  OUTPUT_FAILED: { name: 'Lodge.OutputFailed', transient: false },
  AUDIT_FAILED: { name: 'Lodge.AuditFailed', transient: true },
  THROTTLED: { name: 'Lodge.Throttled', transient: true },
  AWS_UNAVAILABLE: { name: 'Lodge.AwsUnavailable', transient: true },
  INTERNAL: { name: 'Lodge.Internal', transient: false },
} as const satisfies Partial<Record<ErrorCode, RunError>>;

/** Whether the same again may succeed, after an error of this code that has changed nothing. */
export const isTransient = (code: string): boolean =>
  Object.hasOwn(RUN_ERRORS, code) && RUN_ERRORS[code as keyof typeof RUN_ERRORS].transient;
