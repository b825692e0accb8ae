import { AppError } from '#contract/errors.ts';

/** An error of a statement's text. `at` counts its characters from 0. */
export const wrong = (sentence: string, at: number, hint?: string): AppError =>
  new AppError('STATEMENT_FAILED', {
    message: `${sentence}.`,
    details: { native: { code: 'SyntaxError', position: at + 1 }, ...(hint && { hint }) },
  });
