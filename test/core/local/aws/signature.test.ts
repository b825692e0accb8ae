import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import fc from 'fast-check';
import {
  formatAmzDate,
  parseAmzDate,
  parseScope,
  sameSignature,
  sha256,
  signatureOf,
} from '#core/local/aws/signature.ts';

/** The hash that AWS's own signer asks for, over node:crypto. */
class Sha256 {
  readonly hash;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret as NodeJS.ArrayBufferView);
  }
  update(data: Uint8Array | string) {
    this.hash.update(data);
  }
  async digest() {
    return new Uint8Array(this.hash.digest());
  }
  reset() {}
}

const credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'not-a-secret' };
const at = Date.UTC(2026, 10, 23, 14, 9, 51);
const scope = { accessKeyId: 'AKIAEXAMPLE', date: '20261123', region: 'eu-central-1', service: 'sts' };

test('a request has the signature that AWS’s own signer gives it, whatever stands in path, query and headers', async () => {
  const signer = new SignatureV4({ credentials, region: 'eu-central-1', service: 'sts', sha256: Sha256 });
  const names = fc.string({ unit: fc.constantFrom(..."abcXYZ019-_.~ !*()'/&=+%é"), minLength: 1, maxLength: 8 });
  const segment = fc.oneof(fc.constantFrom('.', '..', '', 'a%3Ab%2Fc', '%'), names.map(encodeURIComponent));
  const paths = fc.array(segment, { maxLength: 4 }).map((segments) => `/${segments.join('/')}`);
  await fc.assert(
    fc.asyncProperty(
      paths,
      fc.dictionary(names, fc.string({ maxLength: 12 })),
      fc.string(),
      async (path, query, body) => {
        const request = { method: 'POST', protocol: 'http:', hostname: 'localhost', path, query, body };
        const headers = { host: 'localhost:1234', 'x-amz-meta': '  two   spaces ' };
        const signed = await signer.sign({ ...request, headers }, { signingDate: new Date(at) });
        const given = signed.headers;
        const signedHeaders = ['host', 'x-amz-content-sha256', 'x-amz-date', 'x-amz-meta'];
        const own = signatureOf(
          {
            method: 'POST',
            path,
            query: Object.entries(query),
            headers: signedHeaders.map((name) => [name, given[name] ?? ''] as const),
            payloadHash: sha256(body),
          },
          formatAmzDate(at),
          scope,
          credentials.secretAccessKey,
        );
        expect(given.authorization).toContain(`SignedHeaders=${signedHeaders.join(';')}`);
        expect(given.authorization).toContain(`Signature=${own}`);
      },
    ),
    { numRuns: 100 },
  );
});

test('everything that is signed changes the signature', () => {
  const request = {
    method: 'GET',
    path: '/',
    query: [['a', 'b']] as const,
    headers: [['host', 'x']] as const,
    payloadHash: 'h',
  };
  const base = signatureOf(request, '20261123T140951Z', scope, 'secret');
  const others = [
    signatureOf({ ...request, method: 'POST' }, '20261123T140951Z', scope, 'secret'),
    signatureOf({ ...request, path: '/b' }, '20261123T140951Z', scope, 'secret'),
    signatureOf({ ...request, query: [['a', 'c']] }, '20261123T140951Z', scope, 'secret'),
    signatureOf({ ...request, headers: [['host', 'y']] }, '20261123T140951Z', scope, 'secret'),
    signatureOf({ ...request, payloadHash: 'i' }, '20261123T140951Z', scope, 'secret'),
    signatureOf(request, '20261123T140952Z', scope, 'secret'),
    signatureOf(request, '20261123T140951Z', { ...scope, date: '20261124' }, 'secret'),
    signatureOf(request, '20261123T140951Z', { ...scope, region: 'us-east-1' }, 'secret'),
    signatureOf(request, '20261123T140951Z', { ...scope, service: 'iam' }, 'secret'),
    signatureOf(request, '20261123T140951Z', scope, 'secreT'),
  ];
  expect(new Set([base, ...others]).size).toBe(others.length + 1);
});

test('the order of query and headers does not matter', () => {
  const sign = (query: [string, string][], headers: [string, string][]) =>
    signatureOf({ method: 'GET', path: '/', query, headers, payloadHash: 'h' }, '20261123T140951Z', scope, 'secret');
  expect(
    sign(
      [
        ['b', '1'],
        ['a', '2'],
        ['a', '1'],
      ],
      [
        ['x-amz-date', 'd'],
        ['host', 'h'],
      ],
    ),
  ).toBe(
    sign(
      [
        ['a', '1'],
        ['a', '2'],
        ['b', '1'],
      ],
      [
        ['host', 'h'],
        ['x-amz-date', 'd'],
      ],
    ),
  );
});

test('a credential has exactly five parts and the right end', () => {
  expect(parseScope('AKIAEXAMPLE/20261123/eu-central-1/sts/aws4_request')).toEqual(scope);
  for (const wrong of [
    '',
    'AKIAEXAMPLE',
    'AKIAEXAMPLE/20261123/eu-central-1/sts',
    'AKIAEXAMPLE/20261123/eu-central-1/sts/aws5_request',
    'AKIAEXAMPLE/20261123/eu-central-1/sts/aws4_request/more',
    '/20261123/eu-central-1/sts/aws4_request',
    'AKIAEXAMPLE/20261123//sts/aws4_request',
  ]) {
    expect(parseScope(wrong)).toBeUndefined();
  }
});

test('a date is read back as it was written, to the second', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date(0), max: new Date('2090-01-01'), noInvalidDate: true }), (date) => {
      const second = Math.floor(date.getTime() / 1000) * 1000;
      expect(parseAmzDate(formatAmzDate(second))).toBe(second);
    }),
  );
});

test('what is not a date of this form, or not a day, is not read', () => {
  for (const wrong of ['', '2026-11-23T14:09:51Z', '20261123T140951', '20261323T140951Z', '20261123T250951Z']) {
    expect(parseAmzDate(wrong)).toBeUndefined();
  }
});

test('signatures are the same only where every character is', () => {
  expect(sameSignature('abc', 'abc')).toBe(true);
  expect(sameSignature('abc', 'abd')).toBe(false);
  expect(sameSignature('abc', 'ab')).toBe(false);
  expect(sameSignature('', 'abc')).toBe(false);
});
