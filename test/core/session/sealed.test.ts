import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { readHeader, seal, unseal } from '#core/session/sealed.ts';

const header = { typ: 'lodge-session', sid: 's-1', uid: 'aws:1:A', key: 'd3JhcHBlZA', exp: 1_000 } as const;
const key = randomBytes(32);

test('what was sealed is unsealed with the same key', async () => {
  const token = await seal(header, { hello: 'wörld', n: 1 }, key);
  expect(await unseal(token, key)).toEqual({ hello: 'wörld', n: 1 });
});

test('the header is readable without the key, and names the algorithms', async () => {
  expect(readHeader(await seal(header, {}, key))).toEqual({ alg: 'dir', enc: 'A256GCM', ...header });
});

test('a token is a compact JWE without an encrypted key, and no two are alike', async () => {
  const [one, two] = await Promise.all([seal(header, {}, key), seal(header, {}, key)]);
  expect(one.split('.')).toHaveLength(5);
  expect(one.split('.')[1]).toBe('');
  expect(one).not.toBe(two);
});

test('another key does not open a token', async () => {
  const token = await seal(header, {}, key);
  await expect(unseal(token, randomBytes(32))).rejects.toThrow();
});

test('the content does not show in the token', async () => {
  const token = await seal(header, { secret: 'wJalr-secret' }, key);
  expect(Buffer.from(token.split('.')[3] ?? '', 'base64url').toString('latin1')).not.toContain('wJalr');
});

test('a token of another algorithm is not opened, even with the right key', async () => {
  const [, ...rest] = (await seal(header, {}, key)).split('.');
  for (const changed of [{ alg: 'A256KW' }, { enc: 'A128GCM' }, { alg: 'none' }]) {
    const altered = Buffer.from(JSON.stringify({ alg: 'dir', enc: 'A256GCM', ...header, ...changed })).toString(
      'base64url',
    );
    await expect(unseal([altered, ...rest].join('.'), key)).rejects.toThrow();
  }
});

test('what is no compact JWE has no header', () => {
  for (const text of ['', '.', 'a.b.c', '....', 'e30.e30.e30.e30', '!!.!!.!!.!!.!!', 'bm9qc29u.e30.e30.e30.e30'])
    expect(readHeader(text)).toBeUndefined();
});

test('another base64url spelling of the same bytes is no token', async () => {
  const token = await seal(header, {}, key);
  // The tag has 16 bytes: the last of its 22 characters has four bits that mean nothing.
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const last = alphabet.indexOf(token.at(-1) ?? '');
  const respelled = token.slice(0, -1) + alphabet[last ^ 1];
  expect(Buffer.from(respelled.split('.')[4] ?? '', 'base64url')).toEqual(
    Buffer.from(token.split('.')[4] ?? '', 'base64url'),
  );
  expect(readHeader(respelled)).toBeUndefined();
});

test('any text is read without an exception', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      readHeader(text);
      readHeader(`${text}.${text}.${text}.${text}.${text}`);
    }),
  );
});
