/** The users of `npm run bench:load`, in a process of their own: all of them do one step at once, then the next. */
import type { Credentials } from '#core/ports.ts';
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

answerOnce<LoadTask>(async ({ port, users, password }) => {
  const ask = askAt(port, users.length);
  const visitors = users.map((keys): Visitor => ({ keys, token: '', connection: '' }));
  const taken: StepTaken[] = [];
  for (const { title, run } of stepsWith(password)) {
    const elapsed: number[] = [];
    const errors: string[] = [];
    await Promise.all(
      visitors.map(async (visitor) => {
        const begun = performance.now();
        await run(visitor, ask).then(
          () => elapsed.push(performance.now() - begun),
          (error: Error) => errors.push(error.message.slice(0, 300)),
        );
      }),
    );
    taken.push({ title, elapsed, errors });
  }
  return taken;
});
