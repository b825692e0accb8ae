/** Tasks that wait for their token: whoever holds it ends them. */
import { randomBytes } from 'node:crypto';

export interface TaskTokens {
  /** A new token, and what will be sent with it. Rejects with an error of the name that is sent. */
  wait(): { readonly token: string; readonly answer: Promise<unknown> };
  /** False: there is no such task, or it has ended. */
  succeed(token: string, output: unknown): boolean;
  fail(token: string, failure: { error: string; cause: string }): boolean;
  /** Whether it waits still. */
  beat(token: string): boolean;
}

export function taskTokens(): TaskTokens {
  const waiting = new Map<string, PromiseWithResolvers<unknown>>();
  const take = (token: string) => {
    const found = waiting.get(token);
    waiting.delete(token);
    return found;
  };
  return {
    wait() {
      const token = randomBytes(48).toString('base64url');
      const task = Promise.withResolvers<unknown>();
      waiting.set(token, task);
      return { token, answer: task.promise };
    },
    succeed(token, output) {
      const task = take(token);
      task?.resolve(output);
      return task !== undefined;
    },
    fail(token, { error, cause }) {
      const task = take(token);
      task?.reject(Object.assign(new Error(cause), { name: error }));
      return task !== undefined;
    },
    beat: (token) => waiting.has(token),
  };
}
