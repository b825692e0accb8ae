/** Writes a statement's result to S3 as a run does: by the engine, a format and an upload in parts. */
import { S3Client } from '@aws-sdk/client-s3';
import { OUTPUT_FORMATS, type OutputFormat } from '#contract/automations.ts';
import { resultsConfig } from '#core/aws/clients.ts';
import type { Target } from '#core/engines/engine.ts';
import { postgres } from '#core/engines/postgres/postgres.ts';
import { objectUpload } from '#core/output/object-upload.ts';
import { writeResult } from '#core/output/write-result.ts';
import type { Door } from '../ground/ground.ts';
import { answerOnce } from '../in-child.ts';
import { type Spent, spending, spentSince } from './spent.ts';

export interface RunToS3Task {
  readonly door: Door;
  readonly statement: string;
  readonly format: OutputFormat;
  readonly bucket: string;
}

answerOnce<RunToS3Task>(async ({ door, statement, format, bucket }) => {
  const target: Target = { host: door.host, port: door.port, database: door.database, ca: door.ssl.ca };
  const { signal } = new AbortController();
  const begun = spending();
  await using connection = await postgres.connect(target, door, { readOnly: true, signal });
  const events = connection.run(statement, { maxRows: 10_000_000, timeoutSeconds: 900, signal });
  const client = new S3Client(resultsConfig());
  const key = `results/bench.${OUTPUT_FORMATS[format].extension}`;
  const { rows, bytes } = await writeResult(events, {
    format,
    upload: (contentType) => objectUpload(client, { bucket, key, contentType, signal }),
  });
  return { ...spentSince(begun), rows, bytes } satisfies Spent;
});
