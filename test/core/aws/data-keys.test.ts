import { DecryptCommand, GenerateDataKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { mockClient } from 'aws-sdk-client-mock';
import { kmsDataKeys } from '#core/aws/data-keys.ts';

const kms = mockClient(KMSClient);
beforeEach(() => kms.reset());

const keys = kmsDataKeys(new KMSClient({ region: 'eu-central-1' }), 'key-1');
const context = { 'lodge:session': 's', 'lodge:user': 'u' };
const bytes = (...values: number[]) => new Uint8Array(values);
const failing = (name: string, changes: object = {}) =>
  Object.assign(new Error('quoted'), { name, $fault: 'client' }, changes);

test('KMS makes a key of 32 bytes for a context, and wraps it', async () => {
  kms.on(GenerateDataKeyCommand).resolves({ Plaintext: bytes(1), CiphertextBlob: bytes(2) });
  expect(await keys.generate(context)).toEqual({ key: bytes(1), wrapped: bytes(2) });
  expect(kms.call(0).args[0].input).toEqual({ KeyId: 'key-1', KeySpec: 'AES_256', EncryptionContext: context });
});

test('KMS unwraps it, with our key only and the same context', async () => {
  kms.on(DecryptCommand).resolves({ Plaintext: bytes(1) });
  expect(await keys.unwrap(bytes(2), context)).toEqual(bytes(1));
  expect(kms.call(0).args[0].input).toEqual({ KeyId: 'key-1', CiphertextBlob: bytes(2), EncryptionContext: context });
});

test.each(['InvalidCiphertextException', 'IncorrectKeyException', 'ValidationException', 'NotFoundException'])(
  'a wrapped key that is not ours (%s) is not a session',
  async (name) => {
    kms.on(DecryptCommand).rejects(failing(name));
    await expect(keys.unwrap(bytes(2), context)).rejects.toMatchObject({ code: 'SESSION_INVALID' });
  },
);

test.each([
  ['ThrottlingException', {}, 'THROTTLED'],
  ['KMSInternalException', { $fault: 'server', $metadata: { httpStatusCode: 500 } }, 'AWS_UNAVAILABLE'],
  ['AccessDeniedException', {}, 'INTERNAL'],
])('%s of KMS is not the fault of a session', async (name, changes, code) => {
  kms.onAnyCommand().rejects(failing(name, changes));
  await expect(keys.unwrap(bytes(2), context)).rejects.toMatchObject({ code });
  await expect(keys.generate(context)).rejects.toMatchObject({ code });
});

test('an answer without a key is none', async () => {
  kms.onAnyCommand().resolves({});
  await expect(keys.unwrap(bytes(2), context)).rejects.toMatchObject({ code: 'AWS_UNAVAILABLE' });
  await expect(keys.generate(context)).rejects.toMatchObject({ code: 'AWS_UNAVAILABLE' });
});
