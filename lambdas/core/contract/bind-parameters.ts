/** From the values that somebody gives to those that a script runs with, in the order in which it declares them. */
import * as z from 'zod';
import { AppError, type ErrorDetails } from './errors.ts';
import type { BoundParameter, Parameter, ParameterType, ParameterValues } from './parameters.ts';

interface Reading {
  /** What the driver gets; undefined where it is no such value. */
  read(text: string): string | undefined;
  /** What is wrong with it then. */
  readonly wrong: string;
}

const LocalTime = z.iso.datetime({ local: true, offset: true });

const fitting =
  (pattern: RegExp): Reading['read'] =>
  (text) =>
    pattern.test(text) ? text : undefined;

const BOOLEANS = new Map([
  ...['true', 't', 'yes', '1'].map((word) => [word, 'true'] as const),
  ...['false', 'f', 'no', '0'].map((word) => [word, 'false'] as const),
]);

/**
 * Spaces around what is no text are left out. Numbers keep their digits, for nothing passes through a float; how large
 * one may be is for the database to say.
 */
const READINGS: Readonly<Record<ParameterType, Reading>> = {
  text: { read: (text) => text, wrong: 'is no text' },
  integer: { read: (text) => fitting(/^[+-]?\d+$/)(text.trim()), wrong: 'is no whole number' },
  decimal: {
    read: (text) => fitting(/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,4})?$/)(text.trim()),
    wrong: 'is no number',
  },
  boolean: { read: (text) => BOOLEANS.get(text.trim().toLowerCase()), wrong: 'is neither true nor false' },
  date: {
    read: (text) => (z.iso.date().safeParse(text.trim()).success ? text.trim() : undefined),
    wrong: 'is no date such as 2026-11-24',
  },
  timestamp: {
    read: (text) => {
      const time = text.trim().replace(/^(\d{4}-\d\d-\d\d) +/, '$1T');
      return LocalTime.safeParse(time).success ? time : undefined;
    },
    wrong: 'is no date and time such as 2026-11-24T13:30:00Z',
  },
};

/**
 * Each declared parameter with its value, else its default, else null, read by its type. Null that was given on purpose
 * wins over a default. Errors: PARAMETER_INVALID, which names every one that is missing, not of its type, or not declared.
 */
export function bindParameters(declared: readonly Parameter[], values: ParameterValues): BoundParameter[] {
  const fields: Required<ErrorDetails>['fields'] = [];
  const complain = (name: string, message: string) => void fields.push({ path: `parameters.${name}`, message });
  const given = new Map(Object.entries(values));
  const bound = declared.map(({ name, type, required, default: otherwise = null }): BoundParameter => {
    const text = given.get(name) === undefined ? otherwise : (given.get(name) ?? null);
    if (text === null && required) complain(name, 'is missing');
    const value = text === null ? null : READINGS[type].read(text);
    if (value === undefined) complain(name, READINGS[type].wrong);
    return { name, type, value: value ?? null };
  });
  const known = new Set(declared.map(({ name }) => name));
  for (const name of given.keys()) if (!known.has(name)) complain(name, 'is no parameter of this script');
  if (fields.length > 0) throw new AppError('PARAMETER_INVALID', { details: { fields } });
  return bound;
}
