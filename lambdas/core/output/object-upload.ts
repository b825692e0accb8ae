/**
 * Writes one object to S3 as its bytes come, with the function's own role: by one PutObject where they fit into a part, and
 * else in parts (S3 User Guide, "Amazon S3 multipart upload limits"). Memory is that of a few parts, however large the
 * object; whoever writes waits while enough of them are on their way.
 */
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { freeBytes } from '../free-bytes.ts';
import { explainOutputError } from './output-errors.ts';

export interface ObjectUpload {
  /** So many bytes have been written. */
  readonly bytes: number;
  /** The bytes may be used again once this resolves: when there is room for more. Errors: OUTPUT_FAILED, AWS_DENIED, THROTTLED. */
  write(bytes: Uint8Array): Promise<void>;
  /** The object is there when this resolves, and not before. Errors: as for `write`. */
  end(): Promise<void>;
  /** Nothing is left of it. Never rejects: what S3 keeps of an upload against all that, its lifecycle rule deletes. */
  abort(): Promise<void>;
}

export interface UploadTarget {
  readonly bucket: string;
  readonly key: string;
  readonly contentType: string;
  /** Aborting ends what is on its way; what is whole by then stays whole. */
  readonly signal?: AbortSignal;
}

const MIB = 1024 * 1024;

/**
 * Ten thousand parts at most. They grow by their first size every thousand, so that 440 GiB fit: more than a function
 * can send in its fifteen minutes, and never more than 80 MiB in a part.
 */
export const partSize = (part: number): number => 8 * MIB * (1 + Math.floor((part - 1) / 1_000));

/** Parts that are on their way at once, while the next one fills. */
const IN_FLIGHT = 2;

/** The checksum that the SDK makes of each part, and S3 verifies. */
const ChecksumAlgorithm = 'CRC32';

export const objectUpload = (client: S3Client, target: UploadTarget): ObjectUpload => new Upload(client, target);

class Upload implements ObjectUpload {
  bytes = 0;
  readonly #client: S3Client;
  readonly #target: UploadTarget;
  readonly #parts: CompletedPart[] = [];
  readonly #inFlight = new Set<Promise<void>>();
  readonly #ending = new AbortController();
  #sent = 0;
  #id: Promise<string | undefined> | undefined;
  #part = new Filling(new Uint8Array(partSize(1)));
  /** Memory of parts that have arrived, for the next ones: given back and taken anew, it would lie scattered. */
  readonly #spare: Uint8Array[] = [];
  #failure: unknown;

  constructor(client: S3Client, target: UploadTarget) {
    this.#client = client;
    this.#target = target;
    target.signal?.addEventListener('abort', () => this.#ending.abort(), { signal: this.#ending.signal });
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.bytes += bytes.byteLength;
    for (let at = 0; at < bytes.byteLength; ) {
      at += this.#part.take(bytes, at);
      if (this.#part.isFull) await this.#send();
    }
  }

  async end(): Promise<void> {
    if (!this.#id) return this.#asOne();
    if (this.#part.length > 0) await this.#send();
    await Promise.all(this.#inFlight);
    this.#check();
    const Parts = this.#parts.sort((a, b) => (a.PartNumber ?? 0) - (b.PartNumber ?? 0));
    const command = new CompleteMultipartUploadCommand({
      ...this.#named(),
      ...(await this.#upload()),
      MultipartUpload: { Parts },
    });
    await this.#client.send(command).catch((error) => isDone(error) || this.#fail(error));
    this.#demand();
  }

  async abort(): Promise<void> {
    this.#ending.abort();
    await Promise.all(this.#inFlight);
    const upload = await this.#upload().catch(() => undefined);
    if (!upload?.UploadId) return;
    await this.#client.send(new AbortMultipartUploadCommand({ ...this.#named(), ...upload })).catch(() => undefined);
  }

  async #asOne(): Promise<void> {
    this.#check();
    const { contentType: ContentType } = this.#target;
    const command = new PutObjectCommand({
      ...this.#named(),
      ContentType,
      ChecksumAlgorithm,
      Body: this.#part.bytes(),
    });
    await this.#client.send(command).catch((error) => this.#fail(error));
    this.#demand();
  }

  /** Sends the part that is full and begins the next, as soon as there is room on the way. */
  async #send(): Promise<void> {
    while (this.#inFlight.size >= IN_FLIGHT) await Promise.race(this.#inFlight);
    this.#check();
    this.#id ??= this.#begin();
    this.#sent += 1;
    const number = this.#sent;
    const part = this.#part;
    this.#part = new Filling(this.#room(partSize(number + 1)));
    const sent = this.#sendPart(number, part.bytes())
      .then(() => void this.#spare.push(part.room))
      .catch((error) => this.#fail(error))
      .finally(() => this.#inFlight.delete(sent));
    this.#inFlight.add(sent);
  }

  #room(size: number): Uint8Array {
    const spare = this.#spare.pop();
    if (spare?.byteLength === size) return spare;
    if (spare) freeBytes(spare);
    return new Uint8Array(size);
  }

  async #sendPart(PartNumber: number, Body: Uint8Array): Promise<void> {
    const upload = await this.#upload();
    const command = new UploadPartCommand({ ...this.#named(), ...upload, PartNumber, Body, ChecksumAlgorithm });
    const { ETag, ChecksumCRC32 } = await this.#client.send(command, { abortSignal: this.#ending.signal });
    this.#parts.push({ PartNumber, ETag, ChecksumCRC32 });
  }

  async #begin(): Promise<string | undefined> {
    const { contentType: ContentType } = this.#target;
    // Not aborted with the others: nobody would know then whether there is an upload to end.
    const command = new CreateMultipartUploadCommand({ ...this.#named(), ContentType, ChecksumAlgorithm });
    return (await this.#client.send(command)).UploadId;
  }

  async #upload(): Promise<{ UploadId: string | undefined }> {
    return { UploadId: await this.#id };
  }

  #named() {
    return { Bucket: this.#target.bucket, Key: this.#target.key };
  }

  /** The first failure is the one that is told; the rest of the parts need not arrive. */
  #fail(error: unknown): void {
    this.#failure ??= explainOutputError(error, this.#target);
    this.#ending.abort();
  }

  #check(): void {
    this.#target.signal?.throwIfAborted();
    this.#demand();
  }

  /** What is whole is there, also where it was to be stopped a moment too late. */
  #demand(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }
}

/**
 * Completing takes a while, and its answer may be lost or say after all that S3 has failed (S3 API reference,
 * CompleteMultipartUpload); then the SDK asks again. An upload that is not there at the second time was completed by the
 * first: nobody else ends it within a day.
 */
const isDone = (error: unknown): boolean => {
  const { name, $metadata } = Object(error) as { name?: string; $metadata?: { attempts?: number } };
  return name === 'NoSuchUpload' && ($metadata?.attempts ?? 1) > 1;
};

/** A part that is being filled. */
class Filling {
  readonly room: Uint8Array;
  length = 0;

  constructor(room: Uint8Array) {
    this.room = room;
  }

  get isFull(): boolean {
    return this.length === this.room.byteLength;
  }

  /** Takes as many bytes as fit, from `at` on; says how many. */
  take(bytes: Uint8Array, at: number): number {
    const taken = bytes.subarray(at, at + this.room.byteLength - this.length);
    this.room.set(taken, this.length);
    this.length += taken.byteLength;
    return taken.byteLength;
  }

  bytes(): Uint8Array {
    return this.isFull ? this.room : this.room.subarray(0, this.length);
  }
}
