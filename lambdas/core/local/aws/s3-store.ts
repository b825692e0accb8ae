/**
 * The objects of the local S3, in files: bytes in `data/`, and what is known of each object in `objects/`, written aside
 * and moved into place, so that there is never half of one. An object of several parts is the list of their files, so that
 * completing it copies nothing. Uploads that are not complete are known to this process only: whoever made them ends with it.
 */
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Received, receive } from './s3-receive.ts';
import type { S3Call } from './service.ts';

/** What a request says of an object beside its bytes. */
export interface About {
  /** Headers that are given back as they came. */
  readonly headers: Readonly<Record<string, string>>;
  /** The ARN of the key that encrypts it; absent: S3's own. */
  readonly encryptedBy?: string;
}

export interface Piece extends Received {
  /** The name of its file in `data/`. */
  readonly file: string;
}

export interface StoredObject extends About {
  readonly bucket: string;
  readonly key: string;
  readonly size: number;
  /** Without its quotes. */
  readonly etag: string;
  /** ISO 8601. */
  readonly modified: string;
  readonly pieces: readonly Piece[];
}

export interface Upload extends About {
  readonly id: string;
  readonly bucket: string;
  readonly key: string;
  readonly started: string;
  /** Parts must state the checksum that was announced. */
  readonly algorithm?: string;
  readonly parts: Map<number, Piece & { readonly arrived: string }>;
}

export interface ObjectStore {
  find(bucket: string, key: string): StoredObject | undefined;
  /** Sorted by the bytes of their keys, as S3 lists them. */
  list(bucket: string): StoredObject[];
  put(object: Omit<StoredObject, 'size' | 'modified'>): Promise<StoredObject>;
  remove(bucket: string, key: string): Promise<void>;
  /** The bytes from `from` to `to`, both included. */
  read(object: StoredObject, from: number, to: number): AsyncGenerator<Buffer>;
  /** Writes a body aside. Faults: those of `receive`. */
  receive(call: Pick<S3Call, 'headers' | 'body'>): Promise<Piece>;
  forget(pieces: Iterable<Piece>): Promise<void>;
  readonly uploads: Map<string, Upload>;
}

export const openObjectStore = async (folder: string): Promise<ObjectStore> => {
  const data = join(folder, 'data');
  const heads = join(folder, 'objects');
  for (const each of [data, heads]) await mkdir(each, { recursive: true });
  const objects = await readHeads(heads);
  await sweep(data, objects.values());

  const forget = async (pieces: Iterable<Piece>) => {
    for (const { file } of pieces) await rm(join(data, file), { force: true });
  };
  return {
    uploads: new Map(),
    find: (bucket, key) => objects.get(idOf(bucket, key)),
    list: (bucket) => [...objects.values()].filter((each) => each.bucket === bucket).sort(byKey),
    async put(object) {
      const size = object.pieces.reduce((sum, piece) => sum + piece.size, 0);
      const whole = { ...object, size, modified: new Date().toISOString() };
      const id = idOf(object.bucket, object.key);
      const aside = join(heads, `${randomUUID()}.new`);
      await writeFile(aside, JSON.stringify(whole));
      await rename(aside, join(heads, `${id}.json`));
      const before = objects.get(id);
      objects.set(id, whole);
      await forget(before?.pieces ?? []);
      return whole;
    },
    async remove(bucket, key) {
      const id = idOf(bucket, key);
      const before = objects.get(id);
      objects.delete(id);
      await rm(join(heads, `${id}.json`), { force: true });
      await forget(before?.pieces ?? []);
    },
    read: (object, from, to) => bytesOf(data, object.pieces, from, to),
    async receive(call) {
      const file = randomUUID();
      return { file, ...(await receive(call, join(data, file))) };
    },
    forget,
  };
};

/** A key may hold whatever a file's name may not. */
const idOf = (bucket: string, key: string): string => createHash('sha256').update(`${bucket}/${key}`).digest('hex');

const byKey = (a: StoredObject, b: StoredObject): number => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key));

const readHeads = async (folder: string): Promise<Map<string, StoredObject>> => {
  const objects = new Map<string, StoredObject>();
  for (const name of await readdir(folder)) {
    if (!name.endsWith('.json')) continue;
    const object: StoredObject = JSON.parse(await readFile(join(folder, name), 'utf8'));
    objects.set(idOf(object.bucket, object.key), object);
  }
  return objects;
};

/** Bytes that belong to nothing: their upload ended with the process that took them. */
const sweep = async (data: string, objects: Iterable<StoredObject>): Promise<void> => {
  const kept = new Set([...objects].flatMap(({ pieces }) => pieces.map(({ file }) => file)));
  for (const name of await readdir(data)) if (!kept.has(name)) await rm(join(data, name), { force: true });
};

async function* bytesOf(
  data: string,
  pieces: readonly Piece[],
  from: number,
  to: number,
): AsyncGenerator<Buffer, void, undefined> {
  let at = 0;
  for (const { file, size } of pieces) {
    const [start, end] = [Math.max(from - at, 0), Math.min(to - at, size - 1)];
    if (start <= end) yield* createReadStream(join(data, file), { start, end });
    at += size;
  }
}
