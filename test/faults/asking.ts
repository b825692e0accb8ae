/** Requests whose functions have little time, and what their answers say is wrong. */
import { AppError, ERRORS, type ErrorBody, type ErrorCode } from '#contract/errors.ts';
import type { HttpAnswer } from '#core/http/message.ts';
import { jsonOf, recordsOf, request } from '../support/requests.ts';
import type { Whole } from '../support/whole.ts';

export interface How {
  /** The cookies of the session. */
  readonly by: string;
  /** How many milliseconds its function has until it must say something. */
  readonly within?: number | undefined;
}

/** The time of a function that waits for somebody who is silent, in milliseconds. */
export const SOON = 700;

export function ask(
  { serve }: Pick<Whole, 'serve'>,
  method: string,
  path: string,
  json: unknown,
  { by, within = 20_000 }: How,
): Promise<HttpAnswer> {
  const time = new AbortController();
  const message = 'The time of the function was over.';
  setTimeout(() => time.abort(new AppError('STATEMENT_TIMEOUT', { message })), within).unref();
  return serve(request(method, path, { json, headers: { cookie: by }, signal: time.signal }));
}

/** What an answer says is wrong; undefined: nothing. */
export async function refusalOf(answer: HttpAnswer): Promise<ErrorCode | undefined> {
  if (answer.status < 400) return undefined;
  const error: ErrorBody = await jsonOf(answer);
  expect(answer.status).toBe(ERRORS[error.code as ErrorCode][0]);
  return wellSaid(error);
}

/** An error is a sentence of ours, with the id that leads to the log. */
function wellSaid({ code, message, requestId }: ErrorBody): ErrorCode {
  expect(message).toMatch(/^[A-Z].*[.]$/s);
  expect(message).not.toMatch(/ECONN|socket|at .*:\d+:\d+|Error:/);
  expect(requestId).toBe('request-1');
  return code as ErrorCode;
}

/** How a stream ended: undefined where it ended well. `happening` comes once rows have come. */
export async function endOf(answer: HttpAnswer, happening?: () => unknown): Promise<ErrorCode | undefined> {
  if (answer.status >= 400) return refusalOf(answer);
  let last = '';
  let seen = false;
  for await (const piece of answer.body as AsyncIterable<string | Uint8Array>) {
    const text = typeof piece === 'string' ? piece : new TextDecoder().decode(piece);
    if (!seen && text.includes('"rows"')) {
      seen = true;
      await happening?.();
    }
    last = text.trim() ? text : last;
  }
  if (happening) expect(seen).toBe(true);
  const { type, error } = JSON.parse(last.trim().split('\n').at(-1) ?? '');
  if (type === 'error') return wellSaid(error);
  expect(type).toBe('end');
  return undefined;
}

/** Reads an answer until rows have come, and leaves it. */
export async function leave({ body }: HttpAnswer): Promise<void> {
  for await (const piece of body as AsyncIterable<string | Uint8Array>)
    if (String(piece).length > 10_000 || piece instanceof Uint8Array) return;
}

/** Waits until nothing is left; a test's own time ends it where something is. */
export async function settled(count: () => number | Promise<number>): Promise<void> {
  while ((await count()) > 0) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** The record as an administrator reads it, from the first deed on. */
export async function trailOf(whole: Pick<Whole, 'serve'>, by: string) {
  const records = await recordsOf(await ask(whole, 'POST', '/api/audit', {}, { by }));
  expect(records.at(-1)).toMatchObject({ type: 'end' });
  return records.flatMap((record) => (record.type === 'entry' ? [record.entry] : [])).toReversed();
}
