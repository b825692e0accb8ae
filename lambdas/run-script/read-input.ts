import * as z from 'zod';
import { AppError } from '#contract/errors.ts';
import { CheckInput, RunInput } from '#contract/run-script.ts';

/** What is asked for. Errors: INPUT_INVALID, which names the fields that are wrong, as JSONPath does without its `$`. */
export function readInput(event: unknown): RunInput | CheckInput {
  const schema = isObject(event) && 'check' in event ? CheckInput : chosen(event);
  const read = schema.safeParse(event, { error: ({ input }) => (input === undefined ? 'is missing' : undefined) });
  if (read.success) return read.data;
  const fields = read.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  throw new AppError('INPUT_INVALID', { message: 'The input of the run is not valid.', details: { fields } });
}

/** Of the two kinds of runs the one that was meant: a union would only say that it is neither. */
const chosen = (event: unknown): z.ZodType<RunInput> => {
  const [ofAutomation, ofPlan] = RunInput.options;
  return isObject(event) && 'automationId' in event ? ofAutomation : ofPlan;
};

const isObject = (value: unknown): value is object => z.record(z.string(), z.unknown()).safeParse(value).success;
