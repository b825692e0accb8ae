import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { OutputFormat } from '#contract/automations.ts';
import { awsResults } from '#core/aws/results.ts';
import { RESULTS_BUCKET } from '#core/local/account/principals.ts';
import { Fault } from '#core/local/aws/fault.ts';
import type { Credentials } from '#core/ports/identity.ts';
import { type LocalS3, registry, startLocalS3 } from '../output/local-s3.ts';

const minutes = (count: number) => count * 60_000;
const CHANGED = ['AWS_ENDPOINT_URL', 'AWS_REGION'];
const before = Object.fromEntries(Object.entries(process.env).filter(([name]) => CHANGED.includes(name)));
let local: LocalS3;

beforeAll(async () => {
  local = await startLocalS3();
  // As the local mode sets them: nothing of the adapter knows where S3 is.
  process.env.AWS_ENDPOINT_URL = local.url;
  process.env.AWS_REGION = 'eu-central-1';
  await put('results/nightly/2026.run-1.csv', 'a,b\r\n1,\r\n2,""\r\n');
  await put('results/it\'s (a) "test".csv', 'a\r\n');
});
afterAll(async () => {
  for (const name of CHANGED) delete process.env[name];
  Object.assign(process.env, before);
  await local[Symbol.asyncDispose]();
});
beforeEach(() => {
  local.around = (_call, answer) => answer();
});

const put = (Key: string, Body: string | Buffer) =>
  local.client.send(new PutObjectCommand({ Bucket: RESULTS_BUCKET, Key, Body, ContentType: 'text/csv' }));

const results = awsResults(() => new Date());
const preview = (
  key: string,
  {
    credentials = registry.longTerm('ben') as Credentials,
    expiresAt = new Date(Date.now() + minutes(60)),
    format = 'csv' as OutputFormat,
  } = {},
) => results.preview({ bucket: RESULTS_BUCKET, key, format }, { credentials, expiresAt }, new AbortController().signal);

test('the first rows are read with the keys of whoever asks, and the link gives all of them as a file', async () => {
  const shown = await preview('results/nightly/2026.run-1.csv');
  expect(shown).toMatchObject({
    columns: ['a', 'b'],
    rows: [
      ['1', null],
      ['2', ''],
    ],
  });
  expect([...new URL(shown.url).searchParams.keys()].filter((name) => !name.startsWith('X-Amz-'))).toEqual([
    'response-content-disposition',
    'x-id',
  ]);
  const answer = await fetch(shown.url);
  expect(await answer.text()).toBe('a,b\r\n1,\r\n2,""\r\n');
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="2026.run-1.csv"');
});

test('a file has a name that neither a header nor a disk takes for anything else', async () => {
  const { url } = await preview('results/it\'s (a) "test".csv');
  expect((await fetch(url)).headers.get('content-disposition')).toBe('attachment; filename="it_s__a___test_.csv"');
});

test('a link is good for ten minutes, and never for longer than the session', async () => {
  const lasts = ({ url, expiresAt }: { url: string; expiresAt: string }) => [
    Number(new URL(url).searchParams.get('X-Amz-Expires')),
    Math.round((Date.parse(expiresAt) - Date.now()) / 10_000),
  ];
  expect(lasts(await preview('results/nightly/2026.run-1.csv'))).toEqual([600, 60]);
  const [seconds = 0, tens] = lasts(
    await preview('results/nightly/2026.run-1.csv', { expiresAt: new Date(Date.now() + minutes(3)) }),
  );
  expect([seconds > 150 && seconds <= 180, tens]).toEqual([true, 18]);
});

test('whoever may not read the object is told which action is missing on what', async () => {
  const denied = preview('results/nightly/2026.run-1.csv', { credentials: registry.longTerm('cleo') });
  await expect(denied).rejects.toMatchObject({
    code: 'AWS_DENIED',
    details: { action: 's3:GetObject', resource: `arn:aws:s3:::${RESULTS_BUCKET}/results/nightly/2026.run-1.csv` },
  });
});

test('whoever lacks the key that encrypts it is told so', async () => {
  const key = 'arn:aws:kms:eu-central-1:111122223333:key/a';
  local.around = () =>
    Promise.reject(
      new Fault('denied', `User: x is not authorized to perform: kms:Decrypt on resource: ${key} because`),
    );
  await expect(preview('results/nightly/2026.run-1.csv')).rejects.toMatchObject({
    code: 'AWS_DENIED',
    details: { action: 'kms:Decrypt', resource: key },
  });
});

test.each(['ada', 'ben'] as const)(
  'a result whose time is over is no longer kept, whether %s may list or not',
  async (who) => {
    await expect(preview('results/gone.csv', { credentials: registry.longTerm(who) })).rejects.toMatchObject({
      code: 'OBJECT_NOT_FOUND',
      message: 'This result is no longer kept.',
    });
  },
);

test('an empty object has no rows, and a link all the same', async () => {
  await put('results/empty.jsonl', Buffer.alloc(0));
  const shown = await preview('results/empty.jsonl', { format: 'jsonl' });
  expect([shown.rows, (await fetch(shown.url)).status]).toEqual([[], 200]);
});
