/** A service of the JSON protocol whose operations are functions from a body to an answer. */
import * as z from 'zod';
import { Fault } from './fault.ts';
import { json } from './json.ts';
import type { Caller, JsonService } from './service.ts';

export type JsonOperations = Readonly<Record<string, (body: unknown, caller: Caller) => object>>;

type About = Pick<JsonService, 'name' | 'target' | 'contentType'>;

export const jsonService = (about: About, operations: JsonOperations): JsonService => ({
  protocol: 'json',
  ...about,
  answer(operation, body, caller) {
    const run = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
    if (!run) return undefined;
    const answer = Buffer.from(JSON.stringify(run(json(body), caller)));
    return Promise.resolve({ status: 200, headers: { 'content-type': about.contentType }, body: answer });
  },
});

/** The body of a call, as an operation wants it. Faults: invalid. */
export const parse = <S extends z.ZodType>(schema: S, body: unknown): z.output<S> => {
  const { data, error } = schema.safeParse(body);
  if (error) throw new Fault('invalid', `${error.issues.length} validation error detected: ${z.prettifyError(error)}`);
  return data as z.output<S>;
};
