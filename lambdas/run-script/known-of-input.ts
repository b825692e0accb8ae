import * as z from 'zod';
import { RunInput } from '#contract/run-script.ts';

const [{ shape: ofAutomation }, { shape: ofPlan }] = RunInput.options;

/**
 * The fields that say which run it is. Each is an id, an ARN or a time, so that none can hold a value that was put into the
 * wrong field.
 */
const FIELDS = {
  automationId: ofAutomation.automationId.optional(),
  scriptId: ofPlan.scriptId.optional(),
  version: ofPlan.version,
  resourceId: z
    .string()
    .regex(/^arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:\d{12}:[\w:/.*-]{1,512}$/)
    .optional(),
  roleArn: ofPlan.roleArn.optional(),
  execution: ofPlan.execution,
  scheduledAt: ofPlan.scheduledAt,
  taskToken: ofPlan.taskToken,
};

const ExecutionArn = z.object({
  execution: z.object({ arn: z.string().regex(/^arn:aws[a-z-]*:states:[a-z0-9-]+:\d{12}:[\w:.+=@/-]{1,512}$/) }),
});

type Known = { -readonly [F in keyof typeof FIELDS]?: z.infer<(typeof FIELDS)[F]> } & {
  /** Known also where the rest of what is said of the execution is not valid. */
  readonly executionArn?: string;
};

/** Of an input that may not be valid what may be written down: each of those fields that is as it must be. */
export function knownOfInput(event: unknown): Known {
  const given = z.record(z.string(), z.unknown()).catch({}).parse(event);
  const known = Object.entries(FIELDS).flatMap(([name, field]) => {
    const { success, data } = field.safeParse(given[name]);
    return success && data !== undefined ? [[name, data] as const] : [];
  });
  const { success, data } = ExecutionArn.safeParse(event);
  return { ...Object.fromEntries(known), ...(success && { executionArn: data.execution.arn }) };
}
