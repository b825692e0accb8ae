/** What it means to a run that S3 has refused its result. */
import { AppError } from '#contract/errors.ts';
import { explainAwsError } from '../aws/aws-errors.ts';

interface Place {
  readonly bucket: string;
  readonly key: string;
}

/**
 * AWS_DENIED names the action and what it was asked on; THROTTLED may be tried again; OUTPUT_FAILED is all the rest. It is
 * the function's own role that writes, so no sentence speaks of anybody's keys.
 */
export const explainOutputError = (error: unknown, { bucket, key }: Place): AppError => {
  const explained = explainAwsError(error, { action: deniedAction(error), resource: `arn:aws:s3:::${bucket}/${key}` });
  if (explained.code === 'THROTTLED') return explained;
  if (explained.code !== 'AWS_DENIED') return new AppError('OUTPUT_FAILED', { cause: error });
  const { details } = explained;
  const message = `The role of the function that runs scripts does not allow ${details?.action} on ${details?.resource}.`;
  return new AppError('AWS_DENIED', { message, ...(details && { details }), cause: error });
};

/** An object of a key of one's own takes permissions of KMS, too; AWS says which one is missing. */
const deniedAction = (error: unknown): string =>
  /\bto perform: ([a-z0-9-]+:\w+)/.exec(String((error as { message?: unknown }).message))?.[1] ?? 's3:PutObject';
