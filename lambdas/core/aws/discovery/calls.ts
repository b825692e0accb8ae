/** The calls that a source makes: each is explained by the action that it needs. */
import { AppError } from '#contract/errors.ts';
import type { Scope } from '../../ports/discovery.ts';
import { explainAwsError } from '../aws-errors.ts';

/** Told of each answer, so that somebody who waits knows that there is progress. */
type Waiting = Pick<Scope, 'answered'>;

/** The items of all pages. Errors: those of `explainAwsError`, naming the action. */
export async function allOf<Page, T>(
  { answered }: Waiting,
  action: string,
  pages: AsyncIterable<Page>,
  itemsOf: (page: Page) => readonly T[] | undefined,
): Promise<T[]> {
  const all: T[] = [];
  try {
    for await (const page of pages) {
      answered?.();
      all.push(...(itemsOf(page) ?? []));
    }
  } catch (error) {
    throw explainAwsError(error, { action });
  }
  return all;
}

/** What a call that names one thing answers; undefined where AWS says that there is none, by a name such as `…NotFound…`. */
export async function answerIfFound<T>(
  { answered }: Waiting,
  action: string,
  call: Promise<T>,
): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof Error && /NotFound/.test(error.name)) return undefined;
    throw explainAwsError(error, { action });
  } finally {
    answered?.();
  }
}

/** Calls that only add details: where one is denied, the details are absent and its action is noted. */
export interface Details {
  readonly lacking: readonly string[];
  of<T>(call: () => Promise<T>): Promise<T | undefined>;
}

export const details = (): Details => {
  const lacking: string[] = [];
  return {
    lacking,
    async of(call) {
      try {
        return await call();
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'AWS_DENIED' || !error.details?.action) throw error;
        if (!lacking.includes(error.details.action)) lacking.push(error.details.action);
        return undefined;
      }
    },
  };
};
