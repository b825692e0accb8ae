/**
 * Parameters of a script: written `:name` in its text, and bound by the driver of the database. A value never becomes a
 * part of the text.
 */
import * as z from 'zod';
import { Value } from './results.ts';

/** What a parameter may be. Its value travels as text, as the database would print it: nothing passes through a float. */
export const PARAMETER_TYPES = {
  text: { title: 'Text', example: 'any text' },
  integer: { title: 'Whole number', example: '42' },
  decimal: { title: 'Decimal number', example: '12.50' },
  boolean: { title: 'True or false', example: 'true' },
  date: { title: 'Date', example: '2026-11-24' },
  timestamp: { title: 'Date and time', example: '2026-11-24T13:30:00Z' },
} as const;
export const ParameterType = z.enum(
  Object.keys(PARAMETER_TYPES) as [keyof typeof PARAMETER_TYPES, ...(keyof typeof PARAMETER_TYPES)[]],
);
export type ParameterType = z.infer<typeof ParameterType>;

/** As it stands in the text, without its colon. */
const ParameterName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]{0,62}$/, 'begins with a letter or _, and holds letters, digits and _, 63 at most');

/** The longest value, in characters. */
export const PARAMETER_LIMIT = 10_000;

const Given = Value.pipe(z.string().max(PARAMETER_LIMIT, 'is too long').nullable());

/** What a script says of one of its parameters. */
export const Parameter = z.object({
  name: ParameterName,
  type: ParameterType.default('text'),
  /** True: without a value, and without a default, the script does not run. Otherwise it is null. */
  required: z.boolean().default(true),
  default: Given.optional(),
  description: z.string().trim().max(300).optional(),
});
export type Parameter = z.infer<typeof Parameter>;

/** All defaults and descriptions of a script together, in characters: they are saved in one item with its text. */
const TOLD_LIMIT = 20_000;

const told = ({ default: given, description }: Parameter): number => (given?.length ?? 0) + (description?.length ?? 0);

/** At most so many a script, each name once. */
export const Parameters = z
  .array(Parameter)
  .max(50, 'holds fifty parameters at most')
  .refine((all) => all.reduce((sum, each) => sum + told(each), 0) <= TOLD_LIMIT, {
    message: `holds ${TOLD_LIMIT} characters of defaults and descriptions at most`,
  })
  .superRefine((parameters, context) => {
    for (const [at, { name }] of parameters.entries())
      if (parameters.findIndex((other) => other.name === name) < at)
        context.addIssue({ code: 'custom', path: [at, 'name'], message: 'is the name of another parameter too' });
  });

/** Values by name, as the browser and an automation give them. */
export const ParameterValues = z.record(ParameterName, Given);
export type ParameterValues = z.infer<typeof ParameterValues>;

/** A value on its way to the driver. */
export const BoundParameter = z.object({ name: ParameterName, type: ParameterType, value: Given });
export type BoundParameter = z.infer<typeof BoundParameter>;
