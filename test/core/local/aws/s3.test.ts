import { createHash, randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectAclCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandInput,
  ListObjectsV2Command,
  ListPartsCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  paginateListParts,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { ACCOUNT_ID, RESULTS_BUCKET, RESULTS_KEY_ARN } from '#core/local/account/principals.ts';
import { s3 } from '#core/local/aws/s3.ts';
import { type ObjectStore, openObjectStore } from '#core/local/aws/s3-store.ts';
import { startAwsEndpoint } from '#core/local/aws/start-aws-endpoint.ts';
import type { Credentials } from '#core/ports/identity.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { ada, refusal, registry, temporary } from './sdk.ts';

const MIB = 1024 * 1024;
const Bucket = RESULTS_BUCKET;
const buckets = [
  { name: Bucket, accountId: ACCOUNT_ID, region: 'eu-central-1', encryptedBy: RESULTS_KEY_ARN },
  { name: 'plain', accountId: ACCOUNT_ID, region: 'us-east-1' },
];

const running = new AsyncDisposableStack();
let url = '';
let folder = '';
let store: ObjectStore;
const clients: S3Client[] = [];

beforeAll(async () => {
  folder = running.use(await temporaryFolder()).path;
  store = await openObjectStore(folder);
  url = running.use(await startAwsEndpoint({ registry, services: [s3(store, buckets)] })).url;
});
afterAll(async () => {
  for (const client of clients) client.destroy();
  await running.disposeAsync();
});

const client = (credentials: Credentials = ada, more = {}) => {
  const made = new S3Client({ endpoint: url, region: 'eu-central-1', credentials, maxAttempts: 1, ...more });
  clients.push(made);
  return made;
};
/** The error's code and status. */
const refused = async (call: Promise<unknown>) => (await refusal(call)).slice(0, 2);
const put = (Key: string, Body: string | Buffer, more = {}) =>
  client().send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
const get = async (Key: string, more = {}) => {
  const { Body, ...about } = await client().send(new GetObjectCommand({ Bucket, Key, ...more }));
  return { ...about, bytes: Buffer.from((await Body?.transformToByteArray()) ?? []) };
};
const begin = async (Key: string, more = {}) =>
  (await client().send(new CreateMultipartUploadCommand({ Bucket, Key, ...more }))).UploadId;
const part = async (Key: string, UploadId: string | undefined, PartNumber: number, Body: Buffer) => {
  const { ETag, ChecksumCRC32 } = await client().send(
    new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }),
  );
  return { PartNumber, ETag, ChecksumCRC32 };
};
const complete = (Key: string, UploadId: string | undefined, Parts: CompletedPart[]) =>
  client().send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }));

describe('an object', () => {
  test.each(['results/plain.csv', "results/a b/ü+(x)'!*%.csv", 'results/../up/./here//twice', 'x'])(
    'is read as it was written, whatever its key: %s',
    async (key) => {
      const { ETag } = await put(key, 'héllo', { ContentType: 'text/csv', ContentDisposition: 'inline' });
      const read = await get(key);
      expect(read.bytes.toString()).toBe('héllo');
      expect(ETag).toBe(`"${createHash('md5').update('héllo').digest('hex')}"`);
      expect(read).toMatchObject({ ETag, ContentType: 'text/csv', ContentDisposition: 'inline', ContentLength: 6 });
    },
  );

  test('may come as a stream whose checksum stands behind it', async () => {
    const bytes = randomBytes(3 * MIB + 7);
    const pieces = Array.from({ length: 31 }, (_, index) => bytes.subarray(index * 100_000, (index + 1) * 100_000));
    await client().send(
      new PutObjectCommand({ Bucket, Key: 'stream', Body: Readable.from(pieces), ContentLength: 31 * 100_000 }),
    );
    const read = await get('stream');
    expect(read.bytes.equals(bytes.subarray(0, 3_100_000))).toBe(true);
    expect(read.ContentEncoding).toBeUndefined();
  });

  test('is told with its size and its encryption, and is replaced as a whole', async () => {
    await put('told', 'first');
    await put('told', 'second');
    const told = await client().send(new HeadObjectCommand({ Bucket, Key: 'told' }));
    expect(told).toMatchObject({ ContentLength: 6, ServerSideEncryption: 'aws:kms', SSEKMSKeyId: RESULTS_KEY_ARN });
    expect(told.LastModified).toBeInstanceOf(Date);
    expect((await get('told')).bytes.toString()).toBe('second');
  });

  test.each([
    ['bytes=0-3', '0123', 'bytes 0-3/10'],
    ['bytes=4-', '456789', 'bytes 4-9/10'],
    ['bytes=-3', '789', 'bytes 7-9/10'],
    ['bytes=8-99', '89', 'bytes 8-9/10'],
  ])('is read in part: %s', async (Range, text, ContentRange) => {
    await put('digits', '0123456789');
    const read = await get('digits', { Range });
    expect([read.bytes.toString(), read.ContentRange]).toEqual([text, ContentRange]);
  });

  test('has no bytes behind its end', async () => {
    await put('digits', '0123456789');
    expect(await refusal(get('digits', { Range: 'bytes=10-' }))).toEqual(['InvalidRange', 416, expect.any(String)]);
  });

  test('that is deleted is gone, and deleting it again is no error', async () => {
    await put('gone', 'x');
    for (let time = 0; time < 2; time += 1) await client().send(new DeleteObjectCommand({ Bucket, Key: 'gone' }));
    expect(await refusal(get('gone'))).toEqual(['NoSuchKey', 404, expect.any(String)]);
    expect((await refusal(client().send(new HeadObjectCommand({ Bucket, Key: 'gone' }))))[0]).toBe('NotFound');
  });

  test('outlives the process', async () => {
    await put('kept', 'still here');
    const again = await openObjectStore(folder);
    const object = again.find(Bucket, 'kept');
    const bytes = object ? await Array.fromAsync(again.read(object, 0, 4)) : [];
    expect(Buffer.concat(bytes).toString()).toBe('still');
  });
});

describe('what is said of a body is verified', () => {
  const left = () => readdir(join(folder, 'data')).then((names) => names.length);

  test('its checksum', async () => {
    const before = await left();
    const wrong = put('wrong', 'hello', { ChecksumCRC32: 'AAAAAA==' });
    expect(await refusal(wrong)).toEqual(['BadDigest', 400, expect.stringContaining('x-amz-checksum-crc32')]);
    expect(await refused(put('wrong', 'hello', { ContentMD5: 'AAAA' }))).toEqual(['BadDigest', 400]);
    expect((await refusal(get('wrong')))[0]).toBe('NoSuchKey');
    expect(await left()).toBe(before);
  });

  test('its hash, which was signed', async () => {
    const changing = client();
    changing.middlewareStack.add(
      (next) => (args) => {
        Object.assign(args.request as object, { body: Buffer.from('jello') });
        return next(args);
      },
      { step: 'finalizeRequest', priority: 'low', name: 'change the body after it was signed' },
    );
    const call = changing.send(new PutObjectCommand({ Bucket, Key: 'wrong', Body: 'hello' }));
    expect(await refused(call)).toEqual(['XAmzContentSHA256Mismatch', 400]);
  });

  test('an algorithm that is not here is refused, and not believed', async () => {
    const call = put('wrong', 'hello', { ChecksumSHA1: 'qvTGHdzF6KLavt4PO0gs2a6pQ00=' });
    expect(await refused(call)).toEqual(['NotImplemented', 501]);
  });
});

describe('an upload in parts', () => {
  test('gives one object, whose parts may come in any order and twice', async () => {
    const key = 'results/large';
    const [one, two, three] = [randomBytes(5 * MIB), randomBytes(6 * MIB), randomBytes(100)];
    const id = await begin(key, { ChecksumAlgorithm: 'CRC32', ContentType: 'text/csv' });
    const last = await part(key, id, 3, three);
    await part(key, id, 1, randomBytes(10));
    const parts = [await part(key, id, 1, one), await part(key, id, 2, two), last];
    const { ETag } = await complete(key, id, parts);
    const whole = Buffer.concat([one, two, three]);
    const read = await get(key);
    expect(read.bytes.equals(whole)).toBe(true);
    expect(ETag).toMatch(/^"[0-9a-f]{32}-3"$/);
    expect(read).toMatchObject({ ETag, ContentType: 'text/csv', SSEKMSKeyId: RESULTS_KEY_ARN });
    const across = await get(key, { Range: `bytes=${5 * MIB - 10}-${11 * MIB + 9}` });
    expect(across.bytes.equals(whole.subarray(5 * MIB - 10, 11 * MIB + 10))).toBe(true);
    expect(await refused(complete(key, id, parts))).toEqual(['NoSuchUpload', 404]);
  });

  test('is not there before it is complete, and leaves nothing where it is aborted', async () => {
    const before = (await readdir(join(folder, 'data'))).length;
    const id = await begin('results/half');
    await part('results/half', id, 1, randomBytes(100));
    const open = await client().send(new ListMultipartUploadsCommand({ Bucket, Prefix: 'results/' }));
    expect(open.Uploads).toMatchObject([{ Key: 'results/half', UploadId: id }]);
    expect((await refusal(get('results/half')))[0]).toBe('NoSuchKey');
    await client().send(new AbortMultipartUploadCommand({ Bucket, Key: 'results/half', UploadId: id }));
    expect((await client().send(new ListMultipartUploadsCommand({ Bucket }))).Uploads).toBeUndefined();
    expect((await readdir(join(folder, 'data'))).length).toBe(before);
    expect(await refused(part('results/half', id, 2, randomBytes(1)))).toEqual(['NoSuchUpload', 404]);
  });

  test('is completed with the parts it has, in their order, each large enough but the last', async () => {
    const key = 'results/strict';
    const id = await begin(key, { ChecksumAlgorithm: 'CRC32' });
    const [one, two] = [await part(key, id, 1, randomBytes(5 * MIB - 1)), await part(key, id, 2, randomBytes(1))];
    expect(await refused(complete(key, id, [one, two]))).toEqual(['EntityTooSmall', 400]);
    expect(await refused(complete(key, id, [two, one]))).toEqual(['InvalidPartOrder', 400]);
    expect(await refused(complete(key, id, [one, one]))).toEqual(['InvalidPartOrder', 400]);
    expect(await refused(complete(key, id, [{ ...one, ETag: two.ETag }]))).toEqual(['InvalidPart', 400]);
    expect(await refused(complete(key, id, [one, { ...two, PartNumber: 3 }]))).toEqual(['InvalidPart', 400]);
    const unchecked = [{ PartNumber: 1, ETag: one.ETag }];
    expect(await refused(complete(key, id, unchecked))).toEqual(['InvalidRequest', 400]);
    expect(await refused(complete(key, id, []))).toEqual(['MalformedXML', 400]);
    expect(await refused(part(key, id, 10_001, randomBytes(1)))).toEqual(['InvalidArgument', 400]);
    expect(await refused(part(key, id, 0, randomBytes(1)))).toEqual(['InvalidArgument', 400]);
    expect(await refused(complete('another', id, [one]))).toEqual(['NoSuchUpload', 404]);
    await complete(key, id, [two]);
    expect((await get(key)).ContentLength).toBe(1);
  });
});

describe('a list', () => {
  /** All that the pages of a list hold together, and how many pages there were. */
  const together = async <P, T>(pages: AsyncIterable<P>, items: (page: P) => readonly T[] | undefined) => {
    const all = await Array.fromAsync(pages);
    return { found: all.flatMap((each) => items(each) ?? []), pages: all.length };
  };
  const names = ['B', 'a', 'b', 'c', 'é', '\u{1f600}'];
  const objects = (pageSize: number, more = {}) =>
    paginateListObjectsV2({ client: client(), pageSize }, { Bucket, Prefix: 'listed/', ...more });
  /** The SDK has no pages of these. */
  async function* uploads(MaxUploads: number, more: ListMultipartUploadsCommandInput = { Bucket }) {
    let next = more;
    for (;;) {
      const found = await client().send(
        new ListMultipartUploadsCommand({ ...next, Bucket, Prefix: 'open/', MaxUploads }),
      );
      yield found;
      if (!found.IsTruncated) return;
      next = { Bucket, KeyMarker: found.NextKeyMarker, UploadIdMarker: found.NextUploadIdMarker };
    }
  }

  test('of objects goes by the bytes of their keys, and on after the last key whatever happens meanwhile', async () => {
    for (const name of names.toReversed()) await put(`listed/${name}`, name);
    const { found, pages } = await together(objects(2), ({ Contents }) => Contents);
    expect(found.map(({ Key }) => Key)).toEqual(names.map((name) => `listed/${name}`));
    expect(pages).toBe(3);
    const [first] = await Array.fromAsync(objects(2));
    expect(first).toMatchObject({ KeyCount: 2, MaxKeys: 2, IsTruncated: true });
    await client().send(new DeleteObjectCommand({ Bucket, Key: 'listed/B' }));
    const ContinuationToken = first?.NextContinuationToken;
    const second = await client().send(new ListObjectsV2Command({ Bucket, Prefix: 'listed/', ContinuationToken }));
    expect(second.Contents?.map(({ Key }) => Key)).toEqual(names.slice(2).map((name) => `listed/${name}`));
    expect(second.IsTruncated).toBe(false);
    const after = await together(objects(9, { StartAfter: 'listed/c' }), ({ Contents }) => Contents);
    expect(after.found.map(({ Key }) => Key)).toEqual(names.slice(4).map((name) => `listed/${name}`));
  });

  test('of uploads goes by key, and for one key as they were begun', async () => {
    const begun: [key: string, id: string | undefined][] = [];
    for (const name of ['b', 'a', 'a', 'c', 'a']) begun.push([`open/${name}`, await begin(`open/${name}`)]);
    const [b, ...others] = begun;
    const wanted = [...others.filter(([key]) => key === 'open/a'), b, ...others.filter(([key]) => key === 'open/c')];
    for (const [pageSize, many] of [
      [1, 5],
      [2, 3],
      [5, 1],
    ] as const) {
      const { found, pages } = await together(uploads(pageSize), ({ Uploads }) => Uploads);
      expect(found.map(({ Key, UploadId }) => [Key, UploadId])).toEqual(wanted);
      expect(pages).toBe(many);
    }
    // A key alone leaves all of its uploads out.
    const after = await together(uploads(9, { Bucket, KeyMarker: 'open/a' }), ({ Uploads }) => Uploads);
    expect(after.found.map(({ Key }) => Key)).toEqual(['open/b', 'open/c']);
    const ended = begun.map(([Key, UploadId]) =>
      client().send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId })),
    );
    await Promise.all(ended);
  });

  test('of parts goes by their numbers', async () => {
    const Key = 'open/parts';
    const UploadId = await begin(Key, { ChecksumAlgorithm: 'CRC32' });
    const sent = new Map<number | undefined, CompletedPart>();
    for (const number of [10, 2, 1, 7, 3]) sent.set(number, await part(Key, UploadId, number, randomBytes(number)));
    const paged = paginateListParts({ client: client(), pageSize: 2 }, { Bucket, Key, UploadId });
    const { found, pages } = await together(paged, ({ Parts }) => Parts);
    expect(found).toMatchObject([1, 2, 3, 7, 10].map((number) => ({ ...sent.get(number), Size: number })));
    expect(pages).toBe(3);
    await client().send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
    const gone = client().send(new ListPartsCommand({ Bucket, Key, UploadId }));
    expect(await refused(gone)).toEqual(['NoSuchUpload', 404]);
  });

  test('gives no more than a thousand, and takes no size that is none', async () => {
    const list = (MaxKeys: number) => client().send(new ListObjectsV2Command({ Bucket, MaxKeys }));
    expect(await list(5_000)).toMatchObject({ MaxKeys: 1_000 });
    expect(await list(0)).toMatchObject({ KeyCount: 0 });
    expect(await refused(list(-1))).toEqual(['InvalidArgument', 400]);
    const none = client().send(new ListMultipartUploadsCommand({ Bucket, MaxUploads: 0 }));
    expect(await refused(none)).toEqual(['InvalidArgument', 400]);
    const token = client().send(new ListObjectsV2Command({ Bucket, ContinuationToken: 'made up' }));
    expect(await refused(token)).toEqual(['InvalidArgument', 400]);
    const byFolder = client().send(new ListObjectsV2Command({ Bucket, Delimiter: '/' }));
    expect(await refused(byFolder)).toEqual(['NotImplemented', 501]);
  });

  test('of parts is a permission of its own', async () => {
    const UploadId = await begin('open/denied');
    const parts = client(registry.longTerm('service')).send(
      new ListPartsCommand({ Bucket, Key: 'open/denied', UploadId }),
    );
    expect((await refusal(parts))[2]).toContain('s3:ListMultipartUploadParts');
    await client().send(new AbortMultipartUploadCommand({ Bucket, Key: 'open/denied', UploadId }));
  });
});

describe('who may what', () => {
  const ben = registry.longTerm('ben');
  const read = (credentials: Credentials, Key: string) =>
    client(credentials)
      .send(new GetObjectCommand({ Bucket, Key }))
      .then(({ Body }) => Body?.transformToString());

  beforeAll(() => Promise.all([put('results/one.csv', 'a'), put('private/one.csv', 'b')]));

  test('a policy opens the results and nothing else, and says which action on what is missing', async () => {
    expect(await read(ben, 'results/one.csv')).toBe('a');
    expect(await refusal(read(ben, 'private/one.csv'))).toEqual([
      'AccessDenied',
      403,
      expect.stringContaining('s3:GetObject on resource: "arn:aws:s3:::lodge-results/private/one.csv"'),
    ]);
    expect(await refused(read(registry.longTerm('cleo'), 'results/one.csv'))).toEqual(['AccessDenied', 403]);
    const write = client(ben).send(new PutObjectCommand({ Bucket, Key: 'results/x', Body: 'x' }));
    expect((await refusal(write))[2]).toContain('s3:PutObject');
  });

  test('whoever may not list does not learn what is not there', async () => {
    expect((await refusal(read(ben, 'results/none')))[2]).toContain(
      's3:ListBucket on resource: "arn:aws:s3:::lodge-results"',
    );
    expect((await refusal(read(ada, 'results/none')))[0]).toBe('NoSuchKey');
  });

  test('the function writes results, and can neither read nor list them', async () => {
    const service = client(registry.longTerm('service'));
    await service.send(new PutObjectCommand({ Bucket, Key: 'results/by-service', Body: 'x' }));
    const reading = service.send(new GetObjectCommand({ Bucket, Key: 'results/by-service' }));
    expect(await refused(reading)).toEqual(['AccessDenied', 403]);
    const elsewhere = service.send(new PutObjectCommand({ Bucket, Key: 'elsewhere', Body: 'x' }));
    expect(await refused(elsewhere)).toEqual(['AccessDenied', 403]);
  });

  test('the key of an object is needed too', async () => {
    await put('results/other-key', 'x', { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: `${RESULTS_KEY_ARN}9` });
    expect((await refusal(read(ben, 'results/other-key')))[2]).toContain(
      `kms:Decrypt on resource: ${RESULTS_KEY_ARN}9`,
    );
  });

  test('nobody of another account, and nobody unknown, comes in', async () => {
    expect(await refused(read(registry.longTerm('erin'), 'results/one.csv'))).toEqual(['AccessDenied', 403]);
    const anonymous = await fetch(`${url}/${Bucket}/results/one.csv`);
    expect([anonymous.status, await anonymous.text()]).toEqual([
      403,
      expect.stringContaining('<Code>AccessDenied</Code>'),
    ]);
  });
});

describe('a signature', () => {
  const list = (credentials: Credentials, more = {}) =>
    client(credentials, more).send(new ListObjectsV2Command({ Bucket, Prefix: 'none' }));

  test('is refused in the words of S3', async () => {
    expect(await refused(list({ ...ada, secretAccessKey: 'x' }))).toEqual(['SignatureDoesNotMatch', 403]);
    expect(await refused(list({ ...ada, accessKeyId: 'AKIAX' }))).toEqual(['InvalidAccessKeyId', 403]);
    const expired = temporary(registry.issue('dana', 'assumed-role', -60));
    expect(await refused(list(expired))).toEqual(['ExpiredToken', 400]);
    const late = list(ada, { systemClockOffset: -16 * 60_000, maxAttempts: 1 });
    expect(await refused(late)).toEqual(['RequestTimeTooSkewed', 403]);
    expect((await list(ada, { systemClockOffset: -14 * 60_000 })).KeyCount).toBe(0);
    expect(await refused(list(ada, { region: 'us-east-1' }))).toEqual(['AuthorizationHeaderMalformed', 400]);
  });

  test('opens no bucket that is not there, and no operation', async () => {
    const none = client().send(new ListObjectsV2Command({ Bucket: 'no-such-bucket' }));
    expect(await refused(none)).toEqual(['NoSuchBucket', 404]);
    const acl = client().send(new GetObjectAclCommand({ Bucket, Key: 'x' }));
    expect(await refused(acl)).toEqual(['NotImplemented', 501]);
  });
});

describe('an address that is signed', () => {
  const Key = "results/a b/ü+(x)'!*.csv";
  const signed = (credentials: Credentials, expiresIn: number, more = {}) =>
    getSignedUrl(client(credentials), new GetObjectCommand({ Bucket, Key, ...more }), { expiresIn });
  const code = async (address: string, init = {}) => {
    const answer = await fetch(address, init);
    return [answer.status, /<Code>(.*)<\/Code>/.exec(await answer.text())?.[1]];
  };

  beforeAll(() => put(Key, 'the rows', { ContentType: 'text/csv' }));

  test('opens one object without any header, under the name that it gives', async () => {
    const keys = temporary(registry.issue('ada', 'session-token', 900));
    const address = await signed(keys, 60, { ResponseContentDisposition: 'attachment; filename="a.csv"' });
    const answer = await fetch(address);
    expect(await answer.text()).toBe('the rows');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="a.csv"');
    expect(answer.headers.get('content-type')).toBe('text/csv');
  });

  test('does so with the rights of who signed it only', async () => {
    expect(await code(await signed(registry.longTerm('cleo'), 60))).toEqual([403, 'AccessDenied']);
  });

  test('is of no use when it is changed, for another method, or with headers that were not signed', async () => {
    const address = await signed(ada, 60);
    expect(await code(address.replace('X-Amz-Expires=60', 'X-Amz-Expires=61'))).toEqual([403, 'SignatureDoesNotMatch']);
    expect(await code(address.replace('results/a', 'results/b'))).toEqual([403, 'SignatureDoesNotMatch']);
    expect(await code(`${address}&response-content-type=text/html`)).toEqual([403, 'SignatureDoesNotMatch']);
    expect(await code(address, { method: 'DELETE' })).toEqual([403, 'SignatureDoesNotMatch']);
    expect(await code(address, { headers: { 'x-amz-meta-a': 'b' } })).toEqual([403, 'AccessDenied']);
  });

  test('ends when it says so, and not after more than a week', async () => {
    const sign = (expiresIn: number, at: number) =>
      getSignedUrl(client(), new GetObjectCommand({ Bucket, Key }), { expiresIn, signingDate: new Date(at) });
    expect(await code(await sign(60, Date.now() - 62_000))).toEqual([403, 'AccessDenied']);
    expect(await code(await sign(120, Date.now() - 62_000))).toEqual([200, undefined]);
    const week = (await sign(604_800, Date.now())).replace('X-Amz-Expires=604800', 'X-Amz-Expires=604801');
    expect(await code(week)).toEqual([400, 'AuthorizationQueryParametersError']);
  });

  test('ends with the keys that signed it', async () => {
    const keys = temporary(registry.issue('ada', 'session-token', -1));
    expect(await code(await signed(keys, 600))).toEqual([400, 'ExpiredToken']);
  });
});

test('a checksum is given back with a whole object, and the SDK compares it', async () => {
  await put('checked', 'hello');
  const { ChecksumCRC32 } = await get('checked', { ChecksumMode: 'ENABLED' });
  expect(Buffer.from(ChecksumCRC32 ?? '', 'base64').readUInt32BE()).toBe(crc32('hello'));
});
