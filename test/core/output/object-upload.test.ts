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
/** The second POST: the first begins the upload. */
const isCompletion = (operation: string) =>
  operation.startsWith('POST ') && local.calls.filter((each) => each.startsWith('POST ')).length > 1;
const isPart = (operation: string) => operation.startsWith('PUT ');
const refused = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: unknown) => error as AppError,
  );
/** An answer in S3's words (S3 API reference, "Error responses"). */
const errorOf = (status: number, code: string) => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>no</Message></Error>`),
});
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

  const wordsOf = (code: string) => `${code}. Nothing of the result is left in S3.`;

  test('of a part ends the upload, and nothing is left', async () => {
    local.around = ({ operation }, answer) =>
      isPart(operation) && local.calls.filter(isPart).length > 2
        ? Promise.reject(new Fault('unavailable', 'no'))
        : answer();
    expect(await nearly('results/part')).toMatchObject({
      code: 'AWS_UNAVAILABLE',
      message: wordsOf('S3 did not answer as it should'),
    });
    nothingLeft('results/part');
  });

  test('of the first or of the last call leaves nothing either', async () => {
    local.around = ({ operation }, answer) =>
      operation.startsWith('POST ') ? Promise.reject(new Fault('unavailable', 'no')) : answer();
    expect(await nearly('results/first')).toMatchObject({ code: 'AWS_UNAVAILABLE' });
    nothingLeft('results/first');
    local.calls.length = 0;
    local.around = ({ operation }, answer) =>
      isCompletion(operation) ? Promise.reject(new Fault('unavailable', 'no')) : answer();
    expect(await nearly('results/last')).toMatchObject({ code: 'AWS_UNAVAILABLE' });
    nothingLeft('results/last');
  });

  test('that comes inside of an answer that began well is one, and is tried again', async () => {
    let refusals = 0;
    local.around = async ({ operation }, answer) => {
      if (!isCompletion(operation) || refusals > 0) return answer();
      refusals += 1;
      return errorOf(200, 'InternalError');
    };
    expect(await nearly('results/later')).toBeUndefined();
    expect([refusals, local.store.find(RESULTS_BUCKET, 'results/later')?.size]).toEqual([1, 32 * MIB]);
    local.calls.length = 0;
    local.around = async ({ operation }, answer) =>
      isCompletion(operation) ? errorOf(200, 'InternalError') : answer();
    expect(await nearly('results/never')).toMatchObject({ code: 'AWS_UNAVAILABLE' });
    nothingLeft('results/never');
  });

  test('that hides a success is none: an upload that is gone at the second time was completed', async () => {
    let hidden = 0;
    local.around = async ({ operation }, answer) => {
      const given = await answer();
      if (!isCompletion(operation)) return given;
      hidden += 1;
      return errorOf(500, 'InternalError');
    };
    expect(await nearly('results/hidden')).toBeUndefined();
    expect([hidden, local.store.find(RESULTS_BUCKET, 'results/hidden')?.size]).toEqual([1, 32 * MIB]);
  });

  test('of an upload that somebody has ended is told', async () => {
    local.around = ({ operation }, answer) => {
      if (isCompletion(operation)) local.store.uploads.clear();
      return answer();
    };
    expect(await nearly('results/ended')).toMatchObject({
      code: 'OUTPUT_FAILED',
      message: wordsOf('Somebody has ended the upload of the result'),
    });
    nothingLeft('results/ended');
  });

  test.each([
    [404, 'NoSuchBucket', `The bucket of results, ${RESULTS_BUCKET}, is not there`],
    [
      400,
      'KMS.DisabledException',
      'The key that seals results cannot be used: it is disabled, or is to be deleted, or',
    ],
    [400, 'KMS.KMSInvalidStateException', 'The key that seals results cannot be used'],
    [403, 'AccountProblem', 'The result could not be written to S3.'],
  ])('of %s %s says what is to be mended, and is not tried again', async (status, code, words) => {
    local.around = async () => errorOf(status, code);
    const error = await nearly('results/refused');
    expect([error?.code, error?.message]).toEqual(['OUTPUT_FAILED', expect.stringContaining(words)]);
    // Nothing has begun that would have to be ended.
    expect(local.calls).toHaveLength(1);
    nothingLeft('results/refused');
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
    expect(await nearly('results/throttled')).toMatchObject({
      code: 'THROTTLED',
      message: wordsOf('S3 asks to slow down, and went on to do so'),
    });
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

  test('for nobody listens may be tried again', async () => {
    const credentials = registry.longTerm('service');
    const client = new S3Client({
      endpoint: 'http://127.0.0.1:1',
      region: 'eu-central-1',
      credentials,
      maxAttempts: 1,
    });
    const error = await refused(objectUpload(client, target('results/x')).end());
    client.destroy();
    expect(error).toMatchObject({ code: 'AWS_UNAVAILABLE' });
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

test('a signal that comes while the object is completed is too late: it is there, and nobody says that it is not', async () => {
  const ending = new AbortController();
  const late = upload('results/late', { signal: ending.signal });
  for (let part = 0; part < 2; part += 1) await late.write(new Uint8Array(8 * MIB));
  local.around = ({ operation }, answer) => {
    if (isCompletion(operation)) ending.abort(new AppError('STATEMENT_CANCELLED'));
    return answer();
  };
  await late.end();
  expect(local.store.find(RESULTS_BUCKET, 'results/late')?.size).toBe(16 * MIB);
});

test('ten thousand parts hold 440 GiB, and none is below the least or above 80 MiB', () => {
  const sizes = Array.from({ length: 10_000 }, (_, index) => partSize(index + 1));
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeGreaterThan(429 * 1024 * MIB);
  expect([Math.min(...sizes), Math.max(...sizes)]).toEqual([8 * MIB, 80 * MIB]);
});
