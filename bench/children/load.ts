/** The users of `npm run bench:load`, in a process of their own: all of them are signed in at once, and each asks in its turn. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Credentials } from '#core/ports/identity.ts';
import { answerOnce } from '../in-child.ts';
import { askAt, stepsWith, type Visitor } from '../load/steps.ts';

export interface LoadTask {
  readonly port: number;
  readonly users: readonly Required<Credentials>[];
  readonly password: string;
}
export interface StepTaken {
  readonly title: string;
  /** Milliseconds of each call that succeeded. */
  readonly elapsed: readonly number[];
  readonly errors: readonly string[];
}

/** Each step is begun by all users within so many milliseconds, evenly, as people do who came at nine. */
const WITHIN = 8_000;

answerOnce<LoadTask>(async ({ port, users, password }) => {
  const ask = askAt(port, users.length);
  const steps = stepsWith(password);
  const taken = steps.map(({ title }) => ({ title, elapsed: [] as number[], errors: [] as string[] }));
  const begun = performance.now();
  await Promise.all(
    users.map(async (keys, who) => {
      const visitor: Visitor = { keys, token: '', connection: '' };
      for (const [at, step] of steps.entries()) {
        const due = (at + who / users.length) * WITHIN - (performance.now() - begun);
        await wait(Math.max(due, 0));
        const asked = performance.now();
        await step.run(visitor, ask).then(
          () => taken[at]?.elapsed.push(performance.now() - asked),
          (error: Error) => taken[at]?.errors.push(error.message.slice(0, 300)),
        );
      }
    }),
  );
  return taken satisfies StepTaken[];
});
