/** The values of a run as they are typed: what a form begins with, and what of it is wrong. */
import { bindParameters } from '#contract/bind-parameters.ts';
import { AppError } from '#contract/errors.ts';
import type { Parameter, ParameterValues } from '#contract/parameters.ts';

/** By name; an empty field is no value, unless a text is needed. */
export type Typed = Readonly<Record<string, string>>;

/** What was given last, else the defaults. */
export const firstTyped = (parameters: readonly Parameter[], given: ParameterValues = {}): Typed =>
  Object.fromEntries(
    parameters.map(({ name, default: otherwise }) => [
      name,
      (Object.hasOwn(given, name) ? given[name] : otherwise) ?? '',
    ]),
  );

export const valuesOf = (parameters: readonly Parameter[], typed: Typed): ParameterValues =>
  Object.fromEntries(parameters.map(({ name }) => [name, typed[name] === '' ? null : (typed[name] ?? null)]));

/** What is wrong, by name: as the server would say it. */
export function problemsOf(parameters: readonly Parameter[], typed: Typed): Record<string, string> {
  try {
    bindParameters(parameters, valuesOf(parameters, typed));
    return {};
  } catch (error) {
    const fields = error instanceof AppError ? (error.details?.fields ?? []) : [];
    return Object.fromEntries(fields.map(({ path, message }) => [path.replace('parameters.', ''), message]));
  }
}

/** What is wrong with a default: as a run would say it. */
export const defaultProblem = (parameter: Parameter): string | undefined =>
  parameter.default === undefined || parameter.default === null
    ? undefined
    : problemsOf([parameter], { [parameter.name]: parameter.default })[parameter.name];
