import { AppError } from '#contract/errors.ts';

/** What AWS always answers, though its SDK's types do not say so. Errors: AWS_UNAVAILABLE. */
export const given = <T>(value: T | undefined): T => {
  if (value === undefined) throw new AppError('AWS_UNAVAILABLE');
  return value;
};
