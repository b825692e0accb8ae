/** What a browser types names a resource, a role or a secret. None of it may become the host that something is sent to. */
import fc from 'fast-check';
import { ConnectRequest } from '#contract/connecting.ts';
import { Assume, Region } from '#contract/resources.ts';

const roleArn = (account: string, name = 'lodge') => `arn:aws:iam::${account}:role/${name}`;
const secretArn = (region: string) => `arn:aws:secretsmanager:${region}:111122223333:secret:shop-AbCdEf`;
const wanted = (login: object) =>
  ConnectRequest.safeParse({ resourceId: 'arn', login: { method: 'secret', ...login } });

/** What would make another host of `service.<region>.amazonaws.com`, or of a URL. */
const HOSTILE = [
  'evil.example#',
  'evil.example/',
  '@evil.example',
  'eu-central-1.evil.example',
  '169.254.169.254',
  '[::1]',
  'eu-central-1\r\nhost: evil',
  'eu central 1',
  '%2e%2e',
  '..',
  '',
];

test.each(HOSTILE)('%j is neither a region, nor in the ARN of a role or a secret', (text) => {
  expect(Region.safeParse(text).success).toBe(false);
  expect(Assume.safeParse({ roleArn: roleArn(text) }).success).toBe(false);
  expect(wanted({ secretArn: secretArn(text) }).success).toBe(false);
});

test('true ones are taken', () => {
  expect(Region.safeParse('us-gov-east-1').success).toBe(true);
  expect(Assume.safeParse({ roleArn: roleArn('444455556666', 'team/Lodge+1') }).success).toBe(true);
  expect(wanted({ secretArn: secretArn('eu-central-1') }).success).toBe(true);
});

test('whatever is taken for a region is one label of a host name', () => {
  const text = fc.string({ unit: fc.constantFrom(...'aeuswt-1.:/@#?[]%\n '), maxLength: 20 });
  fc.assert(
    fc.property(text, (region) => {
      const inArn = wanted({ secretArn: secretArn(region) });
      const taken = Region.safeParse(region).success || inArn.success;
      if (taken)
        expect(new URL(`https://secretsmanager.${region}.amazonaws.com`).hostname).toMatch(
          /^secretsmanager\.[a-z0-9-]+\.amazonaws\.com$/,
        );
    }),
    { numRuns: 2_000 },
  );
});
