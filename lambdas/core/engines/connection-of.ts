/** What every connection does alike: it splits a script, runs one at a time, and knows at its end whether one still runs. */
import { AppError } from '#contract/errors.ts';
import type { StatementRange } from '#contract/sql/split.ts';
import type { Connection, ResultEvent, RunOptions } from './engine.ts';

interface Parts extends Omit<Connection, 'run' | typeof Symbol.asyncDispose> {
  /** Errors: INPUT_INVALID where there is no statement. */
  split(script: string): readonly StatementRange[];
  events(script: string, statements: readonly StatementRange[], options: RunOptions): AsyncIterable<ResultEvent>;
  /** `busy`: a script still runs. */
  close(busy: boolean): Promise<void>;
}

export function connectionOf({ split, events, close, ...own }: Parts): Connection {
  let running = false;
  return {
    ...own,
    async *run(script, options) {
      const statements = split(script);
      if (running) throw new AppError('INTERNAL', { message: 'A script runs on this connection already.' });
      running = true;
      try {
        yield* events(script, statements, options);
      } finally {
        running = false;
      }
    },
    [Symbol.asyncDispose]: () => close(running),
  };
}
