/** Reads a request into what its route declares. What was sent is never repeated in an answer: it may be a secret. */
import { Buffer } from 'node:buffer';
import type * as z from 'zod';
import { AppError } from '#contract/errors.ts';
import type { Route } from '#contract/route.ts';
import { BODY_LIMIT, type HttpRequest } from './message.ts';

type Field = { path: string; message: string };
type Parts = { params: unknown; query: unknown; body: unknown };

/** Errors: BODY_NOT_JSON, INPUT_INVALID with every wrong field of params, query and body in `details.fields`. */
export function readInput(route: Route, request: HttpRequest, params: Readonly<Record<string, string>>): Parts {
  const fields: Field[] = [];
  const read = (part: keyof Parts, value: () => unknown): unknown => {
    const schema = route[part];
    if (!schema) return undefined;
    const parsed = schema.safeParse(value(), { error: sentence });
    if (!parsed.success) fields.push(...parsed.error.issues.map((issue) => toField(part, issue)));
    return parsed.data;
  };
  const input = {
    params: read('params', () => params),
    query: read('query', () => request.query),
    body: read('body', () => parseJson(request.body)),
  };
  if (fields.length > 0) throw new AppError('INPUT_INVALID', { details: { fields } });
  return input;
}

/** Errors: BODY_TOO_LARGE. */
export function refuseLargeBody(request: HttpRequest): void {
  if (request.body !== undefined && Buffer.byteLength(request.body) > BODY_LIMIT)
    throw new AppError('BODY_TOO_LARGE', {
      message: `The body of the request is too large: at most ${BODY_LIMIT.toLocaleString('en')} bytes are read.`,
    });
}

function parseJson(body: string | undefined): unknown {
  if (!body) return undefined;
  try {
    return JSON.parse(body);
  } catch {
    // Without the parser's error as cause: it quotes the text around the mistake.
    throw new AppError('BODY_NOT_JSON');
  }
}

/**
 * Where the mistake is, such as `body.login.user`. Names come from the schema, save those of a record: whatever does not
 * look like a name is not repeated.
 */
const toField = (part: keyof Parts, { path, message }: z.core.$ZodIssue): Field => ({
  path: [part, ...path.map((key) => (/^([A-Za-z]\w{0,40}|\d+)$/.test(String(key)) ? String(key) : '*'))].join('.'),
  message,
});

interface Size {
  few(least: number): string;
  many(most: number): string;
}
const SIZES: Readonly<Record<string, Size>> & { readonly number: Size } = {
  string: {
    few: (least) => (least === 1 ? 'is empty' : `is too short: at least ${least} characters`),
    many: (most) => `is too long: at most ${most.toLocaleString('en')} characters`,
  },
  array: {
    few: (least) => `has too few entries: at least ${least}`,
    many: (most) => `has too many entries: at most ${most}`,
  },
  number: { few: (least) => `is too small: at least ${least}`, many: (most) => `is too large: at most ${most}` },
};

/** Sentences for where the schema has none of its own. They speak of the schema, never of the value. */
const SENTENCES: Readonly<Record<string, (issue: z.core.$ZodRawIssue) => string>> = {
  invalid_type: (issue) =>
    issue.input === undefined ? 'is missing' : `is not ${article(String(issue.expected ?? 'value'))}`,
  too_small: (issue) => (SIZES[String(issue.origin)] ?? SIZES.number).few(Number(issue.minimum)),
  too_big: (issue) => (SIZES[String(issue.origin)] ?? SIZES.number).many(Number(issue.maximum)),
  invalid_value: (issue) => `is none of ${(issue.values as unknown[]).join(', ')}`,
  invalid_format: () => 'does not have the right form',
  invalid_union: () => 'has none of the shapes that are allowed here',
};

const sentence = (issue: z.core.$ZodRawIssue): string => SENTENCES[issue.code]?.(issue) ?? 'is not valid';

const article = (noun: string): string => `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
