import { randomBytes } from 'node:crypto';
import { S3Client } from '@aws-sdk/client-s3';
import { AppError } from '#contract/errors.ts';
import { RESULTS_BUCKET } from '#core/local/account/principals.ts';
import { Fault } from '#core/local/aws/fault.ts';
import { objectUpload, partSize } from '#core/output/object-upload.ts';
import { type LocalS3, registry, startLocalS3 } from './local-s3.ts';

const MIB = 1024 * 1024;
let local: LocalS3;
beforeAll(async () => {
  local = await startLocalS3();
});
afterAll(() => local[Symbol.asyncDispose]());
beforeEach(() => {
  local.calls.length = 0;
  local.around = (_call, answer) => answer();
});

const target = (key: string, more = {}) => ({ bucket: RESULTS_BUCKET, key, contentType: 'text/csv', ...more });
const upload = (key: string, more = {}) => objectUpload(local.client, target(key, more));
const isPart = (operation: string) => operation.startsWith('PUT ');
const refused = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: unknown) => error as AppError,
  );
const nothingLeft = (key: string) => {
  expect(local.store.find(RESULTS_BUCKET, key)).toBeUndefined();
  expect(local.store.uploads.size).toBe(0);
};

test('what fits into a part is one call', async () => {
  const small = upload('results/small.csv');
  await small.write(Buffer.from('a,b\r\n'));
  await small.write(Buffer.from('1,2\r\n'));
  expect(local.calls).toEqual([]);
  await small.end();
  expect((await local.read('results/small.csv')).toString()).toBe('a,b\r\n1,2\r\n');
  expect([small.bytes, local.calls]).toEqual([10, [`PUT /${RESULTS_BUCKET}/results/small.csv`]]);
  expect(local.store.find(RESULTS_BUCKET, 'results/small.csv')?.headers['content-type']).toBe('text/csv');
});

test('nothing at all is an empty object', async () => {
  await upload('results/empty').end();
  expect(local.store.find(RESULTS_BUCKET, 'results/empty')?.size).toBe(0);
});

test('what is larger goes in parts, and is there only when it is whole', async () => {
  const large = upload('results/large');
  const pieces = Array.from({ length: 11 }, () => randomBytes(2 * MIB + 1));
  const whole = Buffer.concat(pieces);
  for (const piece of pieces) await large.write(new Uint8Array(piece));
  expect(local.store.find(RESULTS_BUCKET, 'results/large')).toBeUndefined();
  await large.end();
  expect((await local.read('results/large')).equals(whole)).toBe(true);
  expect([large.bytes, local.calls.filter(isPart).length]).toEqual([whole.length, 3]);
  expect(local.store.uploads.size).toBe(0);
});

test('whoever writes waits while two parts are on their way', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  let most = 0;
  let now = 0;
  local.around = async ({ operation }, answer) => {
    if (!isPart(operation)) return answer();
    now += 1;
    most = Math.max(most, now);
    await promise;
    return answer().finally(() => {
      now -= 1;
    });
  };
  const slow = upload('results/slow');
  const writing = Array.from({ length: 5 }).reduce<Promise<void>>(
    (before) => before.then(() => slow.write(new Uint8Array(8 * MIB))),
    Promise.resolve(),
  );
  while (now < 2) await new Promise(setImmediate);
  expect(
    await Promise.race([writing.then(() => 'written'), new Promise((done) => setImmediate(done, 'waiting'))]),
  ).toBe('waiting');
  resolve();
  await writing;
  await slow.end();
  expect([most, slow.bytes]).toEqual([2, 40 * MIB]);
});

describe('a refusal', () => {
  const nearly = async (key: string) => {
    const writing = upload(key);
    const error = await refused(
      (async () => {
        for (let part = 0; part < 4; part += 1) await writing.write(new Uint8Array(8 * MIB));
        await writing.end();
      })(),
    );
    await writing.abort();
    return error;
  };

  test('of a part ends the upload, and nothing is left', async () => {
    local.around = ({ operation }, answer) =>
      isPart(operation) && local.calls.filter(isPart).length > 2
        ? Promise.reject(new Fault('unavailable', 'no'))
        : answer();
    expect(await nearly('results/part')).toMatchObject({ code: 'OUTPUT_FAILED' });
    nothingLeft('results/part');
  });

  test('of the first or of the last call leaves nothing either', async () => {
    local.around = ({ operation }, answer) =>
      operation.startsWith('POST ') ? Promise.reject(new Fault('unavailable', 'no')) : answer();
    expect(await nearly('results/first')).toMatchObject({ code: 'OUTPUT_FAILED' });
    nothingLeft('results/first');
    let posts = 0;
    local.around = ({ operation }, answer) => {
      if (operation.startsWith('POST ')) posts += 1;
      return posts > 1 && operation.startsWith('POST ') ? Promise.reject(new Fault('unavailable', 'no')) : answer();
    };
    expect(await nearly('results/last')).toMatchObject({ code: 'OUTPUT_FAILED' });
    nothingLeft('results/last');
  });

  test('for a moment is tried again', async () => {
    let refusals = 0;
    local.around = ({ operation }, answer) => {
      if (!isPart(operation) || refusals > 0) return answer();
      refusals += 1;
      return Promise.reject(new Fault('throttled', 'Please reduce your request rate.'));
    };
    expect(await nearly('results/again')).toBeUndefined();
    expect(local.store.find(RESULTS_BUCKET, 'results/again')?.size).toBe(32 * MIB);
  });

  test('by throttling is told as such', async () => {
    local.around = () => Promise.reject(new Fault('throttled', 'Please reduce your request rate.'));
    expect(await nearly('results/throttled')).toMatchObject({ code: 'THROTTLED' });
  });

  test('by a policy names the action and the object', async () => {
    const denied = await nearly('elsewhere/a.csv');
    expect(denied).toMatchObject({
      code: 'AWS_DENIED',
      details: { action: 's3:PutObject', resource: `arn:aws:s3:::${RESULTS_BUCKET}/elsewhere/a.csv` },
      message: expect.stringContaining('The role of the function that runs scripts does not allow s3:PutObject'),
    });
  });

  test('by a policy of KMS names that action', async () => {
    local.around = () =>
      Promise.reject(
        new Fault(
          'denied',
          'User: x is not authorized to perform: kms:GenerateDataKey on resource: arn:aws:kms:eu-central-1:1:key/a because …',
        ),
      );
    expect(await nearly('results/kms')).toMatchObject({
      code: 'AWS_DENIED',
      details: { action: 'kms:GenerateDataKey', resource: 'arn:aws:kms:eu-central-1:1:key/a' },
    });
  });

  test('for nobody listens is OUTPUT_FAILED', async () => {
    const credentials = registry.longTerm('service');
    const client = new S3Client({
      endpoint: 'http://127.0.0.1:1',
      region: 'eu-central-1',
      credentials,
      maxAttempts: 1,
    });
    const error = await refused(objectUpload(client, target('results/x')).end());
    client.destroy();
    expect(error).toMatchObject({ code: 'OUTPUT_FAILED' });
  });
});

test('a signal ends what is on its way, with its own reason, and nothing is left', async () => {
  const ending = new AbortController();
  const stopped = upload('results/stopped', { signal: ending.signal });
  local.around = async ({ operation }, answer) => {
    if (isPart(operation)) ending.abort(new AppError('STATEMENT_CANCELLED'));
    return answer();
  };
  await stopped.write(new Uint8Array(8 * MIB));
  expect(await refused(stopped.end())).toMatchObject({ code: 'STATEMENT_CANCELLED' });
  await stopped.abort();
  nothingLeft('results/stopped');
});

test('ten thousand parts hold 440 GiB, and none is below the least or above 80 MiB', () => {
  const sizes = Array.from({ length: 10_000 }, (_, index) => partSize(index + 1));
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeGreaterThan(429 * 1024 * MIB);
  expect([Math.min(...sizes), Math.max(...sizes)]).toEqual([8 * MIB, 80 * MIB]);
});
