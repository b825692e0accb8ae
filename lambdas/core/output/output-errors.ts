/** What it means to a run that S3 has refused its result. */
import { AppError } from '#contract/errors.ts';
import { explainAwsError } from '../aws/aws-errors.ts';

interface Place {
  readonly bucket: string;
  readonly key: string;
}

/**
 * AWS_DENIED names the action and what it was asked on; THROTTLED and AWS_UNAVAILABLE may be tried again; OUTPUT_FAILED is
 * what will be the same the next time. It is the function's own role that writes, so no sentence speaks of anybody's keys.
 */
export const explainOutputError = (error: unknown, place: Place): AppError => {
  const { bucket, key } = place;
  const explained = explainAwsError(error, { action: deniedAction(error), resource: `arn:aws:s3:::${bucket}/${key}` });
  if (explained.code === 'THROTTLED') return failed('THROTTLED', 'S3 asks to slow down, and went on to do so.', error);
  if (explained.code === 'AWS_DENIED') {
    const { details } = explained;
    const message = `The role of the function that runs scripts does not allow ${details?.action} on ${details?.resource}.`;
    return new AppError('AWS_DENIED', { message, ...(details && { details }), cause: error });
  }
  const { name = '', $metadata: { httpStatusCode: status = 0 } = {} } = Object(error) as Told;
  const reason = REASONS.find(([pattern]) => pattern.test(name))?.[1];
  if (reason) return failed('OUTPUT_FAILED', reason(place), error);
  // Without a status nobody has answered.
  if (status === 0 || status >= 500) return failed('AWS_UNAVAILABLE', 'S3 did not answer as it should.', error);
  return new AppError('OUTPUT_FAILED', { cause: error });
};

interface Told {
  readonly name?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** By the code of S3 (S3 API reference, "Error responses"); those of KMS stand behind its name. */
const REASONS: readonly (readonly [RegExp, (place: Place) => string])[] = [
  [/^NoSuchBucket$/, ({ bucket }) => `The bucket of results, ${bucket}, is not there.`],
  [/^KMS\./, () => 'The key that seals results cannot be used: it is disabled, or is to be deleted, or is not there.'],
  [/^NoSuchUpload$/, () => 'Somebody has ended the upload of the result.'],
];

const failed = (code: 'OUTPUT_FAILED' | 'THROTTLED' | 'AWS_UNAVAILABLE', reason: string, cause: unknown): AppError =>
  new AppError(code, { message: `${reason} Nothing of the result is left in S3.`, cause });

/** An object of a key of one's own takes permissions of KMS, too; AWS says which one is missing. */
const deniedAction = (error: unknown): string =>
  /\bto perform: ([a-z0-9-]+:\w+)/.exec(String((error as { message?: unknown }).message))?.[1] ?? 's3:PutObject';
