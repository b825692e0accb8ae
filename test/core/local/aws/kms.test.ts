import { DecryptCommand, GenerateDataKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { SESSION_KEY_ARN } from '#core/local/account/principals.ts';
import { kms } from '#core/local/aws/kms.ts';
import { endpointWith, refusal, registry, seed } from './sdk.ts';

const config = endpointWith(kms(seed));
const keys = () => new KMSClient(config(registry.longTerm('service')));

const generate = async (EncryptionContext = { 'lodge:session': 'one' }) =>
  keys().send(new GenerateDataKeyCommand({ KeyId: SESSION_KEY_ARN, KeySpec: 'AES_256', EncryptionContext }));
const decrypt = (CiphertextBlob: Uint8Array | undefined, EncryptionContext: Record<string, string>) =>
  keys().send(new DecryptCommand({ CiphertextBlob, EncryptionContext }));

test('opens a data key with the context that it was made with', async () => {
  const { CiphertextBlob, Plaintext, KeyId } = await generate();
  expect(Plaintext).toHaveLength(32);
  expect(KeyId).toBe(SESSION_KEY_ARN);
  const opened = await decrypt(CiphertextBlob, { 'lodge:session': 'one' });
  expect(opened.Plaintext).toEqual(Plaintext);
});

test('wraps each key anew', async () => {
  const [one, other] = [await generate(), await generate()];
  expect(one.Plaintext).not.toEqual(other.Plaintext);
  expect(one.CiphertextBlob).not.toEqual(other.CiphertextBlob);
});

test('opens nothing with another context or an altered blob', async () => {
  const { CiphertextBlob = new Uint8Array() } = await generate();
  const altered = CiphertextBlob.map((byte, index) => (index === 15 ? byte ^ 1 : byte));
  const attempts = [
    decrypt(CiphertextBlob, { 'lodge:session': 'two' }),
    decrypt(CiphertextBlob, {}),
    decrypt(altered, { 'lodge:session': 'one' }),
    decrypt(CiphertextBlob.subarray(0, 20), { 'lodge:session': 'one' }),
  ];
  for (const attempt of attempts) {
    expect(await refusal(attempt)).toEqual(['InvalidCiphertextException', 400, expect.any(String)]);
  }
});

test('knows one key only, in one region', async () => {
  const other = SESSION_KEY_ARN.replace(/key\/.*/, 'key/another');
  const call = (KeyId: string, region?: string) =>
    new KMSClient(config(registry.longTerm('service'), region)).send(
      new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256' }),
    );
  expect(await refusal(call(other))).toEqual(['NotFoundException', 400, expect.any(String)]);
  expect(await refusal(call(SESSION_KEY_ARN, 'us-east-1'))).toEqual(['NotFoundException', 400, expect.any(String)]);
});

test('refuses the people: only the service holds the key', async () => {
  const client = new KMSClient(config(registry.longTerm('ben')));
  const call = client.send(new GenerateDataKeyCommand({ KeyId: SESSION_KEY_ARN, KeySpec: 'AES_256' }));
  expect(await refusal(call)).toEqual(['AccessDeniedException', 400, expect.stringContaining('kms:GenerateDataKey')]);
});

test('refuses a call that does not say how long the key shall be', async () => {
  const call = keys().send(new GenerateDataKeyCommand({ KeyId: SESSION_KEY_ARN }));
  expect(await refusal(call)).toEqual(['ValidationException', 400, expect.any(String)]);
});
