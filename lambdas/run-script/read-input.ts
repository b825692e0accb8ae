import * as z from 'zod';
import { AppError } from '#contract/errors.ts';
import { CheckInput, PartInput, RunInput } from '#contract/run-script.ts';

/**
 * What is asked for, or INPUT_INVALID, which names the fields that are wrong, as JSONPath does without its `$`; never what
 * stands in them.
 */
export function readInput(event: unknown): RunInput | PartInput | CheckInput | AppError {
  const schema = isCheck(event) ? CheckInput : chosen(event);
  const read = schema.safeParse(event, { error: ({ input }) => (input === undefined ? 'is missing' : undefined) });
  if (read.success) return read.data;
  const fields = read.error.issues.map(({ path, message }) => ({ path: path.map(named).join('.'), message }));
  return new AppError('INPUT_INVALID', { message: 'The input of the run is not valid.', details: { fields } });
}

/** Whether it asks how far a plan would come: that is no run. */
export const isCheck = (event: unknown): boolean => isObject(event) && 'check' in event;

/** A parameter is named by the caller, who may have put its value in the place of its name. */
const named = (part: PropertyKey): string => (/^\w{1,64}$/.test(String(part)) ? String(part) : '…');

/** Of the kinds of runs the one that was meant: a union would only say that it is none. */
const chosen = (event: unknown): z.ZodType<RunInput | PartInput> => {
  const [ofAutomation, ofPlan] = RunInput.options;
  if (isObject(event) && 'part' in event) return PartInput;
  return isObject(event) && 'automationId' in event ? ofAutomation : ofPlan;
};

const isObject = (value: unknown): value is object => z.record(z.string(), z.unknown()).safeParse(value).success;
