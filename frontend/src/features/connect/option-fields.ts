/** The fields of the connect form that an engine asks for beside the login: read from its schema of options. */
import * as z from 'zod';

export interface OptionField {
  readonly name: string;
  readonly title: string;
  readonly description: string | undefined;
  readonly input: 'text' | 'number' | 'switch' | 'select';
  readonly choices: readonly string[];
  readonly optional: boolean;
}

/** What a schema's type is filled in with; whatever stands in no line is typed as text. */
const INPUTS: Record<string, OptionField['input']> = {
  number: 'number',
  int: 'number',
  boolean: 'switch',
  enum: 'select',
};

/** One field for each option, in the order of the schema. Titles and descriptions are the schema's `meta`. */
export function optionFields(options: z.ZodObject): OptionField[] {
  return Object.entries(options.shape).map(([name, schema]) => {
    const whole = schema as z.ZodType;
    const inner = withoutWrappers(whole);
    const meta = whole.meta() ?? inner.meta();
    return {
      name,
      title: meta?.title ?? name,
      description: meta?.description,
      input: INPUTS[inner.def.type] ?? 'text',
      choices: inner instanceof z.ZodEnum ? inner.options.map(String) : [],
      optional: whole.safeParse(undefined).success,
    };
  });
}

function withoutWrappers(schema: z.ZodType): z.ZodType {
  const inner = (schema.def as { innerType?: z.ZodType }).innerType;
  return inner ? withoutWrappers(inner) : schema;
}

/** What was filled in, as the schema takes it: an empty field is left out. Throws nothing; errors are by field. */
export function readOptions(
  options: z.ZodObject,
  filled: Readonly<Record<string, string>>,
): { values: Record<string, unknown> } | { errors: Record<string, string> } {
  const given: Record<string, unknown> = {};
  for (const { name, input } of optionFields(options)) {
    const text = filled[name]?.trim();
    if (text) given[name] = input === 'number' ? Number(text) : input === 'switch' ? text === 'true' : text;
  }
  const parsed = options.safeParse(given);
  if (parsed.success) return { values: parsed.data };
  return { errors: Object.fromEntries(parsed.error.issues.map(({ path, message }) => [String(path[0]), message])) };
}
