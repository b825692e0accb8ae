import { randomBytes } from 'node:crypto';
import { DecryptCommand, GenerateDataKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { mockClient } from 'aws-sdk-client-mock';
import { basePorts } from '#core/aws/base-ports.ts';
import { ENV, readEnvironment } from '#core/env.ts';
import { startDynamo } from '../../support/dynamo.ts';
import { sessionOf } from '../../support/people.ts';
import { claimedInstance } from '../../support/ports.ts';

const secret = randomBytes(32).toString('base64');
const context = { 'lodge:session': 's' };

test('with a secret, data keys are wrapped on this machine', async () => {
  const { dataKeys } = basePorts(readEnvironment({ [ENV.sessionSecret]: secret }));
  const { key, wrapped } = await dataKeys.generate(context);
  expect(Buffer.from(await dataKeys.unwrap(wrapped, context))).toEqual(Buffer.from(key));
});

test('with a key of KMS they are wrapped there, even where a secret is set too, and remembered', async () => {
  const kms = mockClient(KMSClient);
  kms.on(GenerateDataKeyCommand).resolves({ Plaintext: new Uint8Array(32), CiphertextBlob: new Uint8Array(8) });
  kms.on(DecryptCommand).resolves({ Plaintext: new Uint8Array(32) });
  const { dataKeys } = basePorts(readEnvironment({ [ENV.sessionSecret]: secret, [ENV.sessionKeyId]: 'key-1' }));
  const { wrapped } = await dataKeys.generate(context);
  for (let time = 0; time < 3; time += 1) await dataKeys.unwrap(wrapped, context);
  expect(kms.commandCalls(GenerateDataKeyCommand)).toHaveLength(1);
  expect(kms.commandCalls(DecryptCommand)).toHaveLength(1);
  kms.restore();
});

test('with neither, a function does not start', () => {
  expect(() => basePorts(readEnvironment({}))).toThrow(`Set ${ENV.sessionKeyId} or ${ENV.sessionSecret}`);
});

test('the table may stand on this machine, under its own name', async () => {
  await using dynamo = await startDynamo('own-table');
  const environment = { [ENV.sessionSecret]: secret, [ENV.table]: 'own-table', [ENV.tableEndpoint]: dynamo.endpoint };
  const { store } = basePorts(readEnvironment(environment));
  await store.claim(claimedInstance, sessionOf('reader').user);
  expect((await dynamo.items()).map(({ pk }) => pk).sort()).toEqual(['INSTANCE', 'INSTANCE', 'USERS']);
});

test('the clock goes', () => {
  const { clock } = basePorts(readEnvironment({ [ENV.sessionSecret]: secret }));
  expect(Math.abs(clock().getTime() - Date.now())).toBeLessThan(60_000);
});
