/** The parameters of a text: what is said of them, and which of them it names. */
import type { EngineInfo } from '#contract/engines.ts';
import type { Parameter, ParameterValues } from '#contract/parameters.ts';
import { parametersIn } from '#contract/parameters-in.ts';

/** As many as a script may have. */
const MOST = 50;

/** Each name that the text holds, once, in the order in which it is read first. */
export const namesIn = (text: string, dialect: EngineInfo['dialect']): string[] => [
  ...new Set(parametersIn(text, dialect).map(({ name }) => name)),
];

/** Those that the text names, as they were declared; of the others nothing is known but that they need a value. */
export function declaredIn(
  text: string,
  dialect: EngineInfo['dialect'],
  declared: readonly Parameter[] = [],
): Parameter[] {
  const known = new Map(declared.map((parameter) => [parameter.name, parameter]));
  return namesIn(text, dialect)
    .slice(0, MOST)
    .map((name) => known.get(name) ?? { name, type: 'text', required: true });
}

/** What a run sends beside its statement. */
export interface RunParameters {
  readonly declared: Parameter[];
  readonly values: ParameterValues;
}

/** Of what a whole text was given, what a part of it needs: more would be refused. Undefined where it needs nothing. */
export function usedIn(
  text: string,
  dialect: EngineInfo['dialect'],
  { declared, values }: RunParameters,
): RunParameters | undefined {
  const used = declaredIn(text, dialect, declared);
  if (used.length === 0) return undefined;
  return { declared: used, values: Object.fromEntries(used.map(({ name }) => [name, values[name] ?? null])) };
}
