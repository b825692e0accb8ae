/** Results of runs, read with the user's own keys: what these may not read, nobody reads for them. */
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { AppError } from '#contract/errors.ts';
import { firstRows, type Ranges } from '../output/preview.ts';
import type { Clock } from '../ports/clock.ts';
import type { Results } from '../ports/results.ts';
import { explainAwsError } from './aws-errors.ts';
import { clientConfig } from './clients.ts';

type ResultObject = Parameters<Results['preview']>[0];

/** So many rows show what a result is like. */
const ROWS = 100;

/** How long a link is good for, at most: whoever finds it later finds nothing. */
const LINK_MS = 10 * 60_000;

/** Whoever downloads by an address is no SDK, and would not compare what it asks for. */
const WITHOUT_CHECKSUMS = {
  requestChecksumCalculation: 'WHEN_REQUIRED',
  responseChecksumValidation: 'WHEN_REQUIRED',
} as const;

export const awsResults = (clock: Clock): Results => ({
  async preview(object, session, signal) {
    const client = new S3Client({ ...clientConfig(session.credentials), ...WITHOUT_CHECKSUMS });
    try {
      const rows = await firstRows(rangesOf(client, object, signal), object.format, ROWS);
      const now = clock();
      const until = Math.min(now.getTime() + LINK_MS, session.expiresAt.getTime());
      const seconds = Math.max(1, Math.floor((until - now.getTime()) / 1_000));
      const ResponseContentDisposition = `attachment; filename="${fileName(object)}"`;
      const command = new GetObjectCommand({ ...named(object), ResponseContentDisposition });
      const url = await getSignedUrl(client, command, { expiresIn: seconds, signingDate: now });
      return { ...rows, url, expiresAt: new Date(now.getTime() + seconds * 1_000).toISOString() };
    } catch (error) {
      throw explain(error, object);
    }
  },
});

const named = ({ bucket, key }: ResultObject) => ({ Bucket: bucket, Key: key });

/** The last part of the key, in letters that no browser and no header takes for anything else. */
const fileName = ({ key }: ResultObject): string => (key.split('/').at(-1) ?? '').replace(/[^\w.-]/g, '_') || 'result';

const rangesOf = (client: S3Client, object: ResultObject, abortSignal: AbortSignal): Ranges => {
  const get = async (start: number, end: number) => {
    const command = new GetObjectCommand({ ...named(object), Range: `bytes=${start}-${end - 1}` });
    const { Body, ContentRange } = await client.send(command, { abortSignal });
    return { bytes: (await Body?.transformToByteArray()) ?? NONE, of: sizeIn(ContentRange) };
  };
  const nothing = (error: unknown) => {
    if (nameOf(error) === 'InvalidRange') return { bytes: NONE, of: 0 };
    throw error;
  };
  return {
    size: async () => (await get(0, 1).catch(nothing)).of,
    read: async (start, end) => (end > start ? (await get(start, end).catch(nothing)).bytes : NONE),
  };
};

const NONE = new Uint8Array();

/** `bytes 0-99/1234` */
const sizeIn = (range: string | undefined): number => Number(range?.split('/')[1] ?? 0);

const nameOf = (error: unknown): string => String((error as { name?: unknown }).name);

const gone = (cause: unknown) => new AppError('OBJECT_NOT_FOUND', { message: 'This result is no longer kept.', cause });

/**
 * Whoever may read the object but not list the bucket is told by S3, of what is not there, that listing is denied (S3 API
 * reference, GetObject).
 */
const explain = (error: unknown, { bucket, key }: ResultObject): AppError => {
  if (nameOf(error) === 'NoSuchKey') return gone(error);
  const action = /\bto perform: ([a-z0-9-]+:\w+)/.exec(String((error as { message?: unknown }).message))?.[1];
  if (action === 's3:ListBucket') return gone(error);
  return explainAwsError(error, { action: action ?? 's3:GetObject', resource: `arn:aws:s3:::${bucket}/${key}` });
};
