import type { OutputFormat, ResultPreview } from '#contract/automations.ts';
import type { Session } from '../http/handler.ts';
import type { ObjectUpload } from '../output/object-upload.ts';

/** The bucket of results, which the function of runs writes with its own role. */
export interface ResultBucket {
  /** Its name. */
  readonly bucket: string;
  upload(object: { key: string; contentType: string; signal: AbortSignal }): ObjectUpload;
}

/** What runs have written, read with the keys of whoever asks. */
export interface Results {
  /**
   * The first rows of an object, and a link to all of it that ends within minutes and with the session. Errors: AWS_DENIED
   * (details.action, .resource), OBJECT_NOT_FOUND (its time is over), and those of AWS.
   */
  preview(
    object: { readonly bucket: string; readonly key: string; readonly format: OutputFormat },
    session: Pick<Session, 'credentials' | 'expiresAt'>,
    signal: AbortSignal,
  ): Promise<ResultPreview>;
}
